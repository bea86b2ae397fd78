"""Several processes that serve at one socket: whichever is free takes the next connection.

Each has the Edition in force, its own answers kept and its own look at the ledger, and needs none of the others. One
that dies is begun anew; all end when the process that began them does, however it does.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from time import monotonic, sleep

from tallystick.errors import TallystickError

_AT_ONCE = 5.0
_LONGEST_PAUSE = 30.0
_DEFECT, _INTERRUPTED = 70, 130

Serve = Callable[[bool], None]
"""Serves until it is told to end; told whether it is the one that says so to the user."""


class Several:
    """So many processes that `serve`."""

    def __init__(self, count: int, serve: Serve) -> None:
        self._count, self._serve = count, serve
        self._running: dict[int, float] = {}
        self._listening, self._lives = os.pipe()
        """Nothing is written to it: it ends for all when this process does."""

    def run(self) -> None:
        """Begin them, and begin each that dies anew, until interrupted.

        Raises `SystemExit` with the code of one that refused: the others would for the same reason.
        """
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            for place in range(self._count):
                self._begin(tells=place == 0)
            pause = 0.0
            while True:
                process, status = os.wait()
                lived = monotonic() - self._running.pop(process)
                if os.WIFEXITED(status) and os.WEXITSTATUS(status) not in (_DEFECT, _INTERRUPTED):
                    sys.exit(os.WEXITSTATUS(status))
                pause = min(2 * pause or 0.5, _LONGEST_PAUSE) if lived < _AT_ONCE else 0.0
                sleep(pause)
                self._begin(tells=False)
        finally:
            self._end()

    def _begin(self, *, tells: bool) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process:
            self._running[process] = monotonic()
            return
        code = _DEFECT
        try:
            code = self._child(tells)
        finally:
            with suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)  # what the process that began it still has to do is not done twice

    def _child(self, tells: bool) -> int:
        """Serve; the exit code."""
        os.close(self._lives)
        Thread(target=self._end_with_it, daemon=True).start()
        try:
            self._serve(tells)
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 0
        except KeyboardInterrupt:
            return _INTERRUPTED
        except TallystickError as error:
            sys.stderr.write(f"tallystick: {error}\n")
            return error.exit_code
        return 0

    def _end_with_it(self) -> None:
        os.read(self._listening, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _end(self) -> None:
        for process in self._running:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        for process in self._running:
            with suppress(ChildProcessError):
                os.waitpid(process, 0)
