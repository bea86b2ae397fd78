"""A chart as a file: of a question, a claim or a view, with its provenance inside."""

from __future__ import annotations

from xml.etree import ElementTree as Tree

import pytest

from tallystick.errors import TallystickError
from tallystick.views.asked import Asked
from tests.views.html.conftest import Reader

MONTHLY: Asked = {"metric": ("obligations",), "where": ("agency=ICE",), "by": ("month",), "draw": ("bars",)}
SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"


def drawn(reader: Reader, asked: Asked, lang: str = "en") -> Tree.Element:
    made = reader.gets("/chart.svg", asked, lang)
    assert (made.status, made.media_type) == (200, "image/svg+xml")
    return Tree.fromstring(made.body)


def test_a_file_says_where_its_figures_come_from(small_reader: Reader) -> None:
    picture = drawn(small_reader, MONTHLY)
    told = {one.tag.removeprefix(DC): one.text or "" for one in picture.findall(f"{SVG}metadata/*")}
    edition = small_reader.bench.edition.id
    assert told["source"] == f"Edition {edition}"
    assert "metric=obligations" in told["identifier"]
    assert "by=month" in told["identifier"]
    assert told["description"].startswith("Money obligated")
    read = [one.text or "" for one in picture.iter(f"{SVG}text")]
    assert f"Tallystick, Edition {edition}" in read


def test_a_file_needs_no_stylesheet_and_is_the_same_twice(small_reader: Reader) -> None:
    first, second = (small_reader.gets("/chart.svg", MONTHLY).body for _ in range(2))
    assert first == second
    assert b"var(" not in first
    assert b"style" not in first


def test_a_file_speaks_the_readers_language(small_reader: Reader) -> None:
    picture = drawn(small_reader, MONTHLY, "es")
    assert picture.get("{http://www.w3.org/XML/1998/namespace}lang") == "es"
    assert "dólares estadounidenses" in [one.text for one in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    "asked",
    [
        {"metric": ("obligations",)},
        {**MONTHLY, "draw": ("table",)},
        {**MONTHLY, "draw": ("pie",)},
        {**MONTHLY, "draw": ("map",), "of": ("planet",)},
        {**MONTHLY, "check": ("2",)},
        {},
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_next(small_reader: Reader, asked: Asked) -> None:
    with pytest.raises(TallystickError) as refused:
        small_reader.gets("/chart.svg", asked)
    assert refused.value.next_step
