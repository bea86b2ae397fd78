"""What is in force in a process that keeps running: the bench of now, exchanged when releases land."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import RLock

from tallystick.bench import Bench
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings


class Current:
    """The bench in force. One thread asks at a time: a bench holds one connection to its Edition."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = RLock()
        self._bench = Bench(Pipeline(settings))

    @contextmanager
    def bench(self, known_on: date | None = None) -> Iterator[Bench]:
        """The bench, over what was known on a day, for as long as the caller works with it."""
        with self._lock:
            yield self._bench.at(known_on) if known_on else self._bench

    def refresh(self) -> bool:
        """Look at the ledger anew; whether another Edition is in force now."""
        other = Bench(Pipeline(self._settings))
        if other.edition.id == self._bench.edition.id:
            return False
        with self._lock:
            self._bench = other
        return True
