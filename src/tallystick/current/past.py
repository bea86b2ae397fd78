"""The benches of past days. One that was never asked for takes seconds to make, so it is made beside the requests."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import date
from threading import Lock

from tallystick.bench import Bench
from tallystick.current.seats import Room
from tallystick.errors import BusyError

_KEPT = 12
_WAITING = 6
_SEATS = 2


class Past:
    """The benches of the past days last asked about, each made once, one after the other.

    `another` gives a bench of now to make them from.
    """

    def __init__(self, another: Callable[[], Bench]) -> None:
        self._another = another
        self._worker = ThreadPoolExecutor(1, "past")
        self._made: OrderedDict[date, Future[Room]] = OrderedDict()
        self._lock = Lock()

    @property
    def waiting(self) -> int:
        """How many are being made or wait to be."""
        with self._lock:
            return self._unmade()

    def room(self, day: date, patience: float) -> Room:
        """The benches of a day. Raises `BusyError` while they are being made; else what went wrong."""
        future = self._asked(day)
        try:
            return future.result(timeout=patience)
        except NotYet as error:
            raise BusyError(
                f"what was known on {day} is being put together",
                next_step="ask again in a few seconds",
                retry_after=3,
            ) from error
        finally:
            if future.done() and future.exception():
                self._forget(day, future)

    def close(self) -> None:
        """Make no more; the benches go with the last request that works with them."""
        self._worker.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._drop(len(self._made))

    def _asked(self, day: date) -> Future[Room]:
        with self._lock:
            if day in self._made:
                self._made.move_to_end(day)
                return self._made[day]
            if self._unmade() >= _WAITING:
                raise BusyError(
                    "too many past days are being put together", next_step="ask again in a moment", retry_after=10
                )
            future = self._made[day] = self._worker.submit(self._make, day)
            self._drop(len(self._made) - _KEPT)
            return future

    def _make(self, day: date) -> Room:
        return Room(self._another().at(day), _SEATS)

    def _unmade(self) -> int:
        return sum(not future.done() for future in self._made.values())

    def _drop(self, count: int) -> None:
        """Close the benches of the days asked about longest ago, so many of them."""
        done = [day for day, future in self._made.items() if future.done()]
        for day in done[: max(count, 0)]:
            future = self._made.pop(day)
            if not future.cancelled() and not future.exception():
                future.result().close()

    def _forget(self, day: date, future: Future[Room]) -> None:
        with self._lock:
            if self._made.get(day) is future:
                del self._made[day]
