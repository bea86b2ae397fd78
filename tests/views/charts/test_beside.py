"""Drawn by other processes, a chart is the same; whatever becomes of them, it is drawn."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from threading import Event

import pytest

from tallystick.views.charts import drawer
from tallystick.views.charts.draw import begin, drawing
from tallystick.views.charts.kept import Kept, drawings
from tallystick.views.charts.vega import Drawers, drawers, svg
from tallystick.views.words import Words
from tests.views.charts.shown import by_month

SPEC = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
SOME = by_month(Decimal("1.25"), None, Decimal(3))


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    drawings.cache_clear()
    yield
    drawings.cache_clear()


def test_a_chart_drawn_beside_is_the_same() -> None:
    here = drawing(SOME)
    drawings.cache_clear()
    with drawers().beside(2):
        assert drawing(SOME) == here


def test_a_chart_that_was_begun_is_the_same_and_is_made_once() -> None:
    here = drawing(SOME)
    drawings.cache_clear()
    with drawers().beside(1):
        begin(SOME, Words())
        begin(SOME, Words())
        assert drawing(SOME) == here


def test_what_is_begun_and_fails_fails_where_it_is_asked_for() -> None:
    kept, tried = Kept(1_000), Event()

    def make() -> str:
        if tried.is_set():
            raise ValueError("asked for")
        tried.set()
        raise ValueError("begun")

    kept.begin("it", make)
    with pytest.raises(ValueError, match="asked for"):
        kept.kept("it", make)


def test_a_drawer_that_is_gone_is_replaced() -> None:
    here, beside = svg(SPEC), Drawers()
    with beside.beside(1):
        told = json.dumps(SPEC)
        assert beside.svg(told) == here
        (one,) = [beside._idle.get()]
        assert one is not None
        one.kill()
        one.wait()
        beside._idle.put(one)
        assert beside.svg(told) is None
        assert beside.svg(told) == here
    assert beside.svg(told) is None


def test_what_no_drawer_can_draw_is_refused_as_before() -> None:
    with drawers().beside(1), pytest.raises(ValueError, match="filled"):
        svg({"mark": {"type": "no such mark"}})


def test_a_drawer_ends_when_its_server_is_gone() -> None:
    ran = subprocess.run([sys.executable, "-I", drawer.__file__], input=b"", capture_output=True, check=True)
    assert ran.stdout == b""
