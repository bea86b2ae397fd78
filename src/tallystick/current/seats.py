"""Benches for several threads: a bench has one connection to its Edition, and one thread at a time asks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from tallystick.bench import Bench
from tallystick.errors import BusyError

_HURRIED = 2


class Seats:
    """So many benches over one Edition. Whoever asks has one to himself; they share what was worked out once."""

    def __init__(self, first: Bench, count: int) -> None:
        # never given away: what it shares is worked out here, before any thread
        self._pattern = first.again()
        self._free = [first]
        self._room = BoundedSemaphore(count)
        self._lock = Lock()
        self._is_closed = False

    def another(self, hurried: bool = False) -> Bench:
        """One more bench over the same Edition, for whoever keeps it; a `hurried` one works nothing out."""
        return self._pattern.again(hurried)

    @contextmanager
    def one(self, patience: float) -> Iterator[Bench]:
        """A bench for as long as the caller works with it. Raises `BusyError` when none is free in `patience` s."""
        if not self._room.acquire(timeout=patience):
            raise BusyError("every bench is at work", next_step="ask again in a moment", retry_after=2)
        try:
            bench = self._take()
            try:
                yield bench
            finally:
                self._give_back(bench)
        finally:
            self._room.release()

    def close(self) -> None:
        """Close the benches, those at work once they are given back."""
        with self._lock:
            self._is_closed = True
            free, self._free = self._free, []
        for bench in free:
            bench.close()

    def _take(self) -> Bench:
        with self._lock:
            if self._free:
                return self._free.pop()
            return self._pattern.again()

    def _give_back(self, bench: Bench) -> None:
        with self._lock:
            if not self._is_closed:
                self._free.append(bench)
                return
        bench.close()


class Room:
    """The seats of one Edition: those at which answers are worked out, and others at which nobody ever waits."""

    def __init__(self, first: Bench, count: int) -> None:
        self._working = Seats(first, count)
        self._hurried = Seats(self._working.another(hurried=True), _HURRIED)

    def seats(self, hurried: bool = False) -> Seats:
        """Those at which answers are worked out, or those at which only what was answered is given."""
        return self._hurried if hurried else self._working

    def close(self) -> None:
        """Close the benches, those at work once they are given back."""
        self._working.close()
        self._hurried.close()
