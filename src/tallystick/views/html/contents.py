"""The contents of a page: its headings, each with the anchor that a link leads to, the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

from tallystick.views.shown import Shown
from tallystick.views.words import Words

_NO_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Heading:
    """A heading as it is written, and where it stands."""

    title: str
    anchor: str


def contents(parts: Sequence[str | Shown], words: Words) -> tuple[Heading, ...]:
    """The headings of a page's parts as a reader reads them: those of its prose, and before these those of views."""
    return tuple(_headings(parts, words))


def anchors(text: str) -> list[str]:
    """The anchors of the headings of a block of prose, in its English."""
    return [_anchor(title) for title in _titles(text)]


def _headings(parts: Sequence[str | Shown], words: Words) -> Iterator[Heading]:
    views, in_prose = 0, False
    for part in parts:
        if isinstance(part, str):
            found = anchors(part)
            in_prose = in_prose or bool(found)
            yield from map(Heading, _titles(words(part)), found)
            continue
        views += 1
        if part.title and not in_prose:
            yield Heading(words(part.title), f"view-{views}")


def _titles(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(text)
    return [
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]


def _anchor(title: str) -> str:
    return f"on-{_NO_LETTERS.sub('-', title.lower()).strip('-')}"
