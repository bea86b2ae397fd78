"""The contents of a long page."""

from __future__ import annotations

import re

from tallystick.views.html.contents import anchors, contents
from tallystick.views.html.render import prose
from tallystick.views.shown import Shown
from tallystick.views.words import Words
from tests.views.html.conftest import Reader

PARTS: list[str | Shown] = [
    "About.",
    Shown("Where things stand"),
    Shown("What came in"),
    "## From whom\n\nSums.",
    Shown("By name"),
]


def test_headings_of_prose_are_told_and_before_them_those_of_views() -> None:
    told = [(one.title, one.anchor) for one in contents(PARTS, Words())]
    assert told == [
        ("Where things stand", "view-1"),
        ("What came in", "view-2"),
        ("From whom", "on-from-whom"),
    ]


def test_a_heading_has_the_anchor_of_its_english_in_every_language() -> None:
    assert '<h2 id="on-from-whom">De quién</h2>' in prose("## De quién\n\nSumas.", anchors("## From whom\n\nSums."))


def test_contents_are_in_the_language_of_the_page() -> None:
    spanish = Words("es", {"## From whom\n\nSums.": "## De quién\n\nSumas."})
    assert ("De quién", "on-from-whom") in [(one.title, one.anchor) for one in contents(PARTS, spanish)]


def test_each_view_of_a_page_is_where_its_contents_say(small_reader: Reader) -> None:
    page = small_reader.reads("/recommendations")
    told = set(re.findall(r'href="#([^"]+)"', page))
    assert {f"view-{place}" for place in range(1, 4)} <= told
    assert told <= set(re.findall(r' id="([^"]+)"', page))
