"""Tests of how wide a text is reckoned."""

from __future__ import annotations

import json
import re

import pytest
import vl_convert

from tallystick.views.charts.letters import wide
from tallystick.views.charts.paint import FONT


def measured(text: str) -> float:
    """The width that the drawing library measures: how far a text pushes away what stands beside it."""
    axis = {
        "title": None,
        "labelLimit": 0,
        "labelPadding": 0,
        "ticks": False,
        "labelFont": FONT,
        "labelFontSize": 100,
    }
    spec = {
        "width": 10,
        "padding": 0,
        "data": {"values": [{"name": text}]},
        "mark": "point",
        "encoding": {"y": {"field": "name", "type": "nominal", "axis": axis}},
    }
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[])
    found = re.search(r'stroke-miterlimit="10" transform="translate\((\d+)', svg)
    assert found is not None
    return float(found[1])


@pytest.mark.parametrize(
    "text", ["THE GEO GROUP, INC.", "Año fiscal 2026", "minimum of 9 (70%)", "Kwik & Sons #1: W/M?"]
)
def test_a_text_is_as_wide_as_the_drawing_library_measures_it(text: str) -> None:
    assert wide(text, 100) == pytest.approx(measured(text), rel=0.03)


def test_a_letter_with_an_accent_is_as_wide_as_without() -> None:
    assert wide("ñÁü", 13) == wide("nAu", 13)
