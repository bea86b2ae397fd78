"""The contents of a page: its headings, each with the anchor that a link leads to, the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

from tallystick.views.shown import Shown

_NO_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Heading:
    """A heading as it is written, and where it stands."""

    title: str
    anchor: str


def contents(parts: Sequence[str | Shown]) -> tuple[Heading, ...]:
    """The headings of a page's parts: those of its prose, and before the first of them those of its views."""
    return tuple(_headings(parts))


def anchors(text: str) -> list[str]:
    """The anchors of the headings of a block of prose, in its English."""
    return [_anchor(title) for title in _titles(text)]


def _headings(parts: Sequence[str | Shown]) -> Iterator[Heading]:
    views, in_prose = 0, False
    for part in parts:
        if isinstance(part, str):
            titles = _titles(part)
            in_prose = in_prose or bool(titles)
            yield from (Heading(title, _anchor(title)) for title in titles)
            continue
        views += 1
        if part.title and not in_prose:
            yield Heading(part.title, f"view-{views}")


def _titles(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(text)
    return [
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]


def _anchor(title: str) -> str:
    return f"on-{_NO_LETTERS.sub('-', title.lower()).strip('-')}"
