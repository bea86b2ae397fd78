"""Seals the log beside the requests of a server: what any process appended comes in force."""

from __future__ import annotations

from threading import Event, Thread
from time import monotonic

from tallystick.errors import TallystickError
from tallystick.pipeline import Pipeline
from tallystick.reporting.kinds import KINDS
from tallystick.reporting.log import Log
from tallystick.reporting.seal import Sealer

EDITIONS = 60
"""How many Editions' database files are kept: each report makes another, and any can be made again."""
_EVERY = 0.1
_ROWS_A_SECOND = 4_000
_AFTER_TROUBLE = 10.0


class Sealing:
    """Looks ten times a second. The more rows are to be sealed anew, the longer a report waits for others.

    What goes wrong is kept in `trouble` and tried again; nothing of the log is lost by it.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._ended = Event()
        self._since: dict[str, float] = {}
        self._thread = Thread(target=self._turns, name="reports are sealed", daemon=True)
        self.trouble = ""

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Seal no more; what is not sealed yet is at the next start."""
        self._ended.set()
        self._thread.join()

    def _turns(self) -> None:
        pause = _EVERY
        while not self._ended.wait(pause):
            try:
                with Log.of(self._pipeline.settings.home) as log:
                    self._seal_until_ended(Sealer(self._pipeline, log), log)
            except TallystickError as error:
                self.trouble, pause = error.what, _AFTER_TROUBLE

    def _seal_until_ended(self, sealer: Sealer, log: Log) -> None:
        seen = -1
        while not self._ended.wait(_EVERY):
            position = log.position()
            if position != seen or self._since:
                self._seal_what_waited(sealer)
            seen, self.trouble = position, ""

    def _seal_what_waited(self, sealer: Sealer) -> None:
        for kind in KINDS:
            rows = sealer.waiting(kind)
            if not rows:
                self._since.pop(kind, None)
            elif monotonic() - self._since.setdefault(kind, monotonic()) >= rows / _ROWS_A_SECOND:
                sealer.seal(kind)
                self._pipeline.warehouse.forget(EDITIONS)
                self._since.pop(kind, None)
