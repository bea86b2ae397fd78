"""Ctrl-C is never lost, wherever in the program it lands."""

from __future__ import annotations

import signal
from types import FrameType


class Interruption:
    """Remembers that the person asked to stop.

    Python discards an error raised in a finaliser or in a callback of a library, `KeyboardInterrupt` too; then
    the command would end as if nobody had asked.
    """

    def __init__(self) -> None:
        self.asked = False
        signal.signal(signal.SIGINT, self._ask)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked = True
        raise KeyboardInterrupt
