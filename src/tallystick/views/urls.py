"""The only file of the views that spells URLs: paths and parameters, each value quoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tallystick.errors import UsageError


@dataclass(frozen=True)
class Address:
    """A URL taken apart: scheme and host, path, parameters."""

    site: str
    path: str
    asked: Mapping[str, tuple[str, ...]] = field(hash=False)


def url(path: str, asked: Mapping[str, tuple[str, ...]]) -> str:
    """`path` with its parameters."""
    told = urlencode([(name, one) for name, many in asked.items() for one in many], safe="=,*")
    return f"{path}?{told}" if told else path


def address(written: str) -> Address:
    """A URL taken apart. Raises `UsageError` for what is none."""
    try:
        parts = urlsplit(written)
        told = parse_qsl(parts.query)
    except ValueError as error:
        raise UsageError(f"'{written[:80]}' is not an address") from error
    asked: dict[str, tuple[str, ...]] = {}
    for name, value in told:
        asked[name] = (*asked.get(name, ()), value)
    return Address(f"{parts.scheme}://{parts.netloc}", unquote(parts.path), asked)


def fields(body: bytes) -> dict[str, str]:
    """What a form sends, the last of each name; what is no UTF-8 is left as signs that say so."""
    return dict(parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, errors="replace"))


def segment(text: str) -> str:
    """One part of a path."""
    return quote(text, safe="")


def unquoted(written: str) -> str:
    """A path as it was before it was quoted."""
    return unquote(written)
