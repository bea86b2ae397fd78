"""Looks at the ledger beside the requests, and puts in force what other processes recorded."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from time import monotonic

from tallystick.current.current import Current
from tallystick.errors import TallystickError

EVERY = 0.2
LONGEST = 30.0
"""How long, in seconds, an engine may work on one statement."""
_AGAIN = 0.5
_LONGEST_PAUSE = 30.0


class Watcher:
    """Looks every `every` seconds. What goes wrong is kept in `trouble`, and what was in force stays.

    A statement that takes longer than `longest` seconds is given up. A release is read by who recorded it, and here
    only where that process died. What goes wrong in any of it ends nothing: the next turn comes all the same.
    """

    def __init__(self, current: Current, every: float = EVERY, longest: float = LONGEST) -> None:
        self._current = current
        self._longest = longest
        self._every = every
        self._ended = Event()
        self._worker = ThreadPoolExecutor(1, "watcher")
        self._thread = Thread(target=self._turns, name="watching", daemon=True)
        self._next_try = self._pause = 0.0
        self._troubles: dict[str, BaseException] = {}

    @property
    def trouble(self) -> str:
        """What goes wrong just now; '' when nothing does."""
        return "; ".join(_said(trouble) for trouble in tuple(self._troubles.values()))

    @property
    def is_alive(self) -> bool:
        """Whether it looks at all."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()
        self._worker.shutdown(cancel_futures=True)

    def _turns(self) -> None:
        while not self._ended.wait(self._every):
            self._attempt("look", self._current.look)
            self._attempt("give up", self._give_up)
            if monotonic() >= self._next_try:
                self._attempt("refresh", self._refresh)
                self._rest("refresh" in self._troubles)

    def _give_up(self) -> None:
        self._current.give_up(self._longest)

    def _refresh(self) -> None:
        """What is recorded comes in force once it was read; what nobody reads any more is read here."""
        if self._current.is_behind() and (self._current.is_read() or self._current.is_to_read()):
            self._current.refresh()

    def _rest(self, failed: bool) -> None:
        """After a failure wait for a moment, after each that follows for twice as long."""
        self._pause = min(2 * self._pause or _AGAIN, _LONGEST_PAUSE) if failed else 0.0
        self._next_try = monotonic() + self._pause

    def _attempt(self, name: str, work: Callable[[], object]) -> None:
        """Do it in a thread of its own, so that whatever goes wrong is told and the next turn comes all the same."""
        trouble = self._worker.submit(work).exception()
        if trouble is None:
            self._troubles.pop(name, None)
        else:
            self._troubles[name] = trouble


def _said(trouble: BaseException) -> str:
    """What is wrong, without where: whoever asks a server need not know how its disk is laid out."""
    return trouble.what if isinstance(trouble, TallystickError) else f"a defect of ours: {type(trouble).__name__}"
