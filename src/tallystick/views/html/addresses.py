"""The page that lists the addresses of the API."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from tallystick.views.api.part import endpoints
from tallystick.views.html.render import document
from tallystick.views.visit import Document, Visit


def addresses(visit: Visit, _: Mapping[str, str]) -> Document:
    """Every address with what it takes, by noun."""
    groups = [(tag, tuple(of)) for tag, of in groupby(endpoints(), key=lambda one: one.tag)]
    return document("addresses.html", visit, groups=groups)
