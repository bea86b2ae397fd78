"""Vega-Lite to SVG, by vl-convert."""

from __future__ import annotations

import json
from threading import Lock

import vl_convert

from tallystick.views.charts.grammar import Spec

_ONE_AT_A_TIME = Lock()


def svg(spec: Spec) -> str:
    """The specification as SVG. It may fetch nothing, and the same one gives the same bytes on every machine."""
    with _ONE_AT_A_TIME:
        return str(vl_convert.vegalite_to_svg(json.dumps(spec, allow_nan=False), allowed_base_urls=[]))
