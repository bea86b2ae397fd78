"""The only file of the views that spells URLs: paths and parameters, each value quoted."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode


def url(path: str, asked: Mapping[str, tuple[str, ...]]) -> str:
    """`path` with its parameters."""
    told = urlencode([(name, one) for name, many in asked.items() for one in many], safe="=,*")
    return f"{path}?{told}" if told else path


def segment(text: str) -> str:
    """One part of a path."""
    return quote(text, safe="")
