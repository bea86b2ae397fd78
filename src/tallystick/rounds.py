"""Goes its rounds of the publishers: each source in its turn, what is new archived, judged and put in force.

When each was last asked lies in the home folder, so that whoever was killed goes on where he stopped.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from tallystick.archive.durable import on_disk
from tallystick.clock import Clock
from tallystick.errors import TallystickError, UsageError
from tallystick.nouns.source import Cadence, Source
from tallystick.pipeline import Pipeline

EVERY: Mapping[Cadence, timedelta] = {
    Cadence.DAILY: timedelta(hours=6),
    Cadence.WEEKLY: timedelta(days=1),
    Cadence.EVERY_TWO_WEEKS: timedelta(days=1),
    Cadence.TWICE_A_MONTH: timedelta(days=1),
    Cadence.MONTHLY: timedelta(days=1),
    Cadence.QUARTERLY: timedelta(days=7),
    Cadence.YEARLY: timedelta(days=7),
    Cadence.EVERY_FIVE_YEARS: timedelta(days=30),
    Cadence.IRREGULAR: timedelta(days=7),
    Cadence.ONCE: timedelta(days=30),
}
"""How often a source is asked, by what its publisher promises: a few times before the next release is due."""
FIRST_WAIT = timedelta(minutes=10)
"""After a failure a source is asked again in this time, then in twice as much, and so on up to its usual turn."""


@dataclass(frozen=True)
class Turn:
    """When a source was last asked, and how often it failed since it last did not."""

    asked: datetime
    failures: int = 0


@dataclass(frozen=True)
class Told:
    """What came of asking one source, or of putting what came in force: `failed` says why it did not work."""

    name: str
    new: tuple[str, ...] = ()
    unchanged: int = 0
    failed: TallystickError | None = None
    edition: str = ""


Tell = Callable[[Told], None]


class Rounds:
    """The rounds over one home folder. `every` takes the place of what the sources' cadences say."""

    def __init__(
        self, pipeline: Pipeline, tell: Tell, every: timedelta | None = None, clock: Clock | None = None
    ) -> None:
        self._pipeline = pipeline
        self._tell = tell
        self._every = every
        self._clock = clock or Clock()
        self._home = pipeline.settings.home

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One at a time over a home; a killed one leaves nothing locked. Raises `UsageError` when another goes."""
        with on_disk(self._home):
            self._home.mkdir(parents=True, exist_ok=True)
            lock = (self._home / "watch.lock").open("w")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UsageError(
                    "another process watches the publishers for this home",
                    where=str(self._home),
                    next_step="leave it to that one, or end it first",
                ) from error
            yield

    def sources(self, names: Collection[str] = ()) -> tuple[Source, ...]:
        """The sources that are asked: those named, else all that say where their releases are to be had.

        Raises `UnknownName`, and `UsageError` for a named one that does not say it.
        """
        catalog = self._pipeline.catalog
        if not names:
            return tuple(source for _, source in sorted(catalog.sources.items()) if source.refresh)
        chosen = tuple(catalog.source(name) for name in names)
        for source in chosen:
            if not source.refresh:
                raise UsageError(
                    f"'{source.id}' does not say where its releases are to be had",
                    next_step=f"download a file, then run 'tallystick add {source.id} FILE'",
                )
        return chosen

    def once(self, sources: Collection[Source]) -> bool:
        """Ask each source whose turn it is, and put what came in force; whether nothing failed."""
        due = [source for source in sources if self._due(source) <= self._clock.now()]
        told = [self._asked(source) for source in due]
        if any(one.new for one in told):
            told.append(self._built())
        return not any(one.failed for one in told)

    def go(self, sources: Collection[Source]) -> None:
        """Go on for ever, sleeping until it is somebody's turn."""
        while True:
            self.once(sources)
            wait = min(self._due(source) for source in sources) - self._clock.now()
            self._clock.sleep(max(wait.total_seconds(), 1.0))

    def _due(self, source: Source) -> datetime:
        turn = self._turns().get(source.id)
        if turn is None:
            return self._clock.now()
        usual = EVERY[source.cadence] if self._every is None else self._every
        wait = min(FIRST_WAIT * 2 ** min(turn.failures - 1, 20), usual) if turn.failures else usual
        return turn.asked + wait

    def _asked(self, source: Source) -> Told:
        """What came of asking one; its failure is its own."""
        told = Told(source.id)
        try:
            had = self._pipeline.refresh(source.id, timing=self._clock)
            failed = had.refused[0].why if had.refused else None
            told = replace(
                told, new=tuple(release.name for release in had.new), unchanged=len(had.unchanged), failed=failed
            )
        except TallystickError as error:
            told = replace(told, failed=error)
        self._remember(source, failed=told.failed is not None)
        self._tell(told)
        return told

    def _built(self) -> Told:
        try:
            told = Told("edition", edition=self._pipeline.build().id)
        except TallystickError as error:
            told = Told("edition", failed=error)
        self._tell(told)
        return told

    def _turns(self) -> dict[str, Turn]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, Turn])
        except (FileNotFoundError, msgspec.DecodeError):
            return {}  # nobody was asked yet, or nobody knows: then all are asked

    def _remember(self, source: Source, *, failed: bool) -> None:
        turns = self._turns()
        before = turns.get(source.id)
        failures = (before.failures if before else 0) + 1 if failed else 0
        turns[source.id] = Turn(self._clock.now(), failures)
        temporary = self._file.with_suffix(".writing")
        with on_disk(self._file):
            temporary.write_bytes(msgspec.json.encode(turns))
            temporary.replace(self._file)

    @property
    def _file(self) -> Path:
        return self._home / "watch.json"
