"""Benches at work, so that a statement that takes too long can be ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from tallystick.bench import Bench


class Work:
    """Which benches are at work."""

    def __init__(self) -> None:
        self._at: dict[int, Bench] = {}
        self._lock = Lock()

    @contextmanager
    def during(self, bench: Bench) -> Iterator[Bench]:
        """The bench is at work while the block runs."""
        with self._lock:
            self._at[id(bench)] = bench
        try:
            yield bench
        finally:
            with self._lock:
                del self._at[id(bench)]

    def give_up(self, after: float) -> None:
        """End every statement that an engine has worked on for longer than `after` seconds."""
        with self._lock:
            for bench in self._at.values():
                bench.give_up(after)
