"""Vega-Lite to SVG, by vl-convert: in this process, or in others beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import TypeVar

import vl_convert

from tallystick.views.charts import drawer
from tallystick.views.charts.grammar import Spec

_ONE_AT_A_TIME = Lock()
_COMMAND = (sys.executable, "-I", str(Path(drawer.__file__)))
T = TypeVar("T")
Drawer = subprocess.Popen[bytes]


def svg(spec: Spec) -> str:
    """The specification as SVG. It may fetch nothing, and the same one gives the same bytes on every machine."""
    told = json.dumps(spec, allow_nan=False)
    drawn = drawers().svg(told)
    if drawn is not None:
        return drawn
    with _ONE_AT_A_TIME:
        return str(vl_convert.vegalite_to_svg(told, allowed_base_urls=[]))


def all_of(makers: Sequence[Callable[[], T]]) -> list[T]:
    """What each of some makers makes, at the same time where others draw."""
    if not drawers().are_there or len(makers) < 2:
        return [make() for make in makers]
    with ThreadPoolExecutor(len(makers)) as threads:
        return list(threads.map(lambda make: make(), makers))


class Drawers:
    """Processes that draw for this one: the library lets no other thread of its process work while it draws.

    Each is started when it is first needed. One that is gone is replaced, and what it had to draw is drawn here.
    """

    def __init__(self) -> None:
        self._idle: SimpleQueue[Drawer | None] = SimpleQueue()
        self._count = 0

    @property
    def are_there(self) -> bool:
        return self._count > 0

    @contextmanager
    def beside(self, count: int) -> Iterator[None]:
        """Meanwhile so many draw; then those that are idle end, the others when they have drawn."""
        for _ in range(count):
            self._idle.put(None)
        self._count += count
        try:
            yield
        finally:
            self._count -= count
            while not self._idle.empty():
                _end(self._idle.get())

    def svg(self, told: str) -> str | None:
        """The drawing of a specification; None where nobody draws, or nothing came of it."""
        if not self.are_there:
            return None
        one = self._idle.get()
        try:
            one = one or subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            drawn: str | None = json.loads(_asked(one, told))
        except (OSError, ValueError):
            drawn = None
            _end(one)
            one = None
        if self.are_there:
            self._idle.put(one)
        else:
            _end(one)
        return drawn


@cache
def drawers() -> Drawers:
    """Those of this process: none, until somebody has them draw `beside` it."""
    return Drawers()


def _asked(one: Drawer, told: str) -> bytes:
    """The line that a drawer answers; '' of one that is gone."""
    assert one.stdin is not None, "it is a pipe"
    assert one.stdout is not None, "it is a pipe"
    one.stdin.write(told.encode() + b"\n")
    one.stdin.flush()
    return one.stdout.readline()


def _end(one: Drawer | None) -> None:
    if one is not None:
        one.kill()
        one.communicate()
