"""How much one token may report: a bucket that fills by itself, from which each post takes."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Bucket:
    """Holds at most `size`, fills by `each_second`. One thread at a time uses it."""

    def __init__(self, each_second: float, size: float, now: Callable[[], float] = monotonic) -> None:
        self._each_second = each_second
        self._size = size
        self._now = now
        self._held = size
        self._at = now()

    def wait(self, wanted: float) -> float:
        """Take so much: 0, or how many seconds to wait first, and then nothing is taken.

        Who wants more than it ever holds has it when it is full, and waits for longer after.
        """
        now = self._now()
        self._held = min(self._size, self._held + (now - self._at) * self._each_second)
        self._at = now
        lacking = min(wanted, self._size) - self._held
        if lacking > 0:
            return lacking / self._each_second
        self._held -= wanted
        return 0.0
