"""Current: the bench in force in a process that keeps running."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from tallystick import clock
from tallystick.archive.ledger import Position
from tallystick.bench import Bench
from tallystick.current.past import Past
from tallystick.current.seats import Room
from tallystick.current.state import News, State
from tallystick.current.work import Work
from tallystick.nouns.days import refuse_to_come
from tallystick.nouns.release import Release
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings

SEATS = 4
PATIENCE = 5.0
"""How long, in seconds, who asks waits for a bench that is free."""
_PATIENCE_FOR_PAST = 1.0

Hear = Callable[[News], None]


@dataclass(frozen=True)
class _Force:
    """What is in force together: its state, the benches of now and those of past days, and since when."""

    state: State
    room: Room
    past: Past
    since: datetime


class Current:
    """The bench in force. Several threads ask at once; another Edition takes its place without any of them waiting.

    Nothing happens by itself: a `Watcher` looks.
    """

    def __init__(self, settings: Settings, seats: int = SEATS) -> None:
        self._pipeline = Pipeline(settings)
        self._ledger = self._pipeline.again().ledger
        self._records = Bench(self._pipeline.again())
        self._count = seats
        self._lock = Lock()
        self._heard: list[Hear] = []
        self._work = Work()
        self._told = self._ledger.position()
        self._force = self._made(self._told)

    @property
    def state(self) -> State:
        """What every answer is a function of just now."""
        return self._force.state

    @property
    def since(self) -> datetime:
        """Since when it is in force here."""
        return self._force.since

    @property
    def position(self) -> Position:
        """How far the ledger had come when it was last looked at."""
        return self._told

    @property
    def waiting(self) -> int:
        """How many past days are being put together or wait to be."""
        return self._force.past.waiting

    @contextmanager
    def bench(
        self, known_on: date | None = None, patience: float = PATIENCE, hurried: bool = False
    ) -> Iterator[Bench]:
        """The bench, over what was known on a day, for as long as the caller works with it, and for him alone.

        Raises `BusyError` when none is free in `patience` seconds, or when the day is being put together; and a
        statement that `give_up` ends raises it too. A `hurried` bench gives only what was answered before, and raises
        `NotYetError` for all else. Raises `UsageError` for a day that is still to come.
        """
        if known_on:
            refuse_to_come(known_on, clock.now().date())
        force = self._force
        room = force.past.room(known_on, _PATIENCE_FOR_PAST) if known_on else force.room
        with room.seats(hurried).one(patience) as bench, self._work.during(bench):
            yield bench

    def give_up(self, after: float) -> None:
        """End every statement that has been worked on for longer than `after` seconds."""
        self._work.give_up(after)

    def hear(self, hear: Hear) -> None:
        """Have `hear` called, in the thread that looks, for each piece of news."""
        self._heard.append(hear)

    def look(self) -> None:
        """Tell of each release that any process recorded since the last look. Raises `ArchiveError`."""
        with self._lock:
            position = self._ledger.position()
            landed = self._ledger.releases_after(self._told.releases) if position != self._told else ()
            self._told = position
        for release in landed:
            self._tell(News(position, self.state.edition, release))

    def landed_after(self, count: int) -> tuple[Release, ...]:
        """The releases recorded after the first `count`, of those that were told of."""
        with self._lock:
            return self._ledger.releases_after(count)[: max(self._told.releases - count, 0)]

    def is_behind(self) -> bool:
        """Whether the ledger, or the calendar, has gone on since the Edition in force was chosen."""
        state = self._force.state
        return self._told != state.position or clock.now().date() != state.day

    def is_to_read(self) -> bool:
        """Whether some release was not read, and nobody is at it: who recorded it died over it."""
        with self._lock:
            return self._ledger.unread() > 0 and not self._pipeline.taking.is_at_work()

    def is_read(self) -> bool:
        """Whether every release was read: who recorded one is about to, mostly."""
        with self._lock:
            return self._ledger.unread() == 0

    def refresh(self) -> bool:
        """Put what the ledger holds now in force; whether that is another Edition. Raises `TallystickError`."""
        self.look()
        if not self.is_behind():
            return False
        made, before = self._made(self._told), self._force
        self._force = made
        try:
            if made.state.tag != before.state.tag:
                self._tell(News(made.state.position, made.state.edition))
        finally:  # whatever becomes of what is over, the news of what is in force was told
            before.room.close()
            before.past.close()
        return made.state.edition != before.state.edition

    def close(self) -> None:
        """Give back every connection once it is free."""
        self._force.room.close()
        self._force.past.close()
        self._ledger.close()

    def _made(self, position: Position) -> _Force:
        """The Edition of now; releases that nobody read yet are read here."""
        today = clock.now().date()
        room = Room(self._records.anew(), self._count)
        with room.seats().one(0) as bench:
            bench.choose_shown_cells()  # before it is in force: who asks meanwhile is answered by the Edition before
            state = State(bench.edition.id, position, today)
        return _Force(state, room, Past(room.seats().another), clock.now())

    def _tell(self, news: News) -> None:
        for hear in tuple(self._heard):
            hear(news)
