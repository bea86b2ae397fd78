"""A frame for pages of others, and how programs learn of it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

from tallystick.errors import TallystickError
from tallystick.views.asked import Asked
from tallystick.views.urls import address
from tests.views.conftest import TOTAL
from tests.views.html.conftest import Reader

OBLIGATIONS: Asked = {"metric": ("obligations",), "where": ("agency=ICE",)}


def told(reader: Reader, status: int = 200, **asked: str) -> Any:
    made = reader.gets("/oembed", {name: (value,) for name, value in asked.items()})
    media = "application/json" if status == 200 else "application/problem+json"
    assert (made.status, made.media_type) == (status, media)
    return json.loads(made.body)


def test_a_frame_carries_figure_definition_edition_and_the_way_back(small_reader: Reader) -> None:
    page = small_reader.reads("/embed", OBLIGATIONS)
    assert f"${TOTAL:,.2f}" in page
    assert "Money obligated: the sum of federal action obligations" in page
    assert small_reader.bench.edition.id in page
    assert 'href="/explore?metric=obligations&amp;where=agency=ICE"' in page
    assert "<script" not in page
    assert "<nav" not in page


def test_a_chart_in_a_frame_has_its_table(small_reader: Reader) -> None:
    page = small_reader.reads("/embed", {**OBLIGATIONS, "by": ("month",)})
    assert page.index("<svg") < page.index("<details>") < page.index("<table")


def test_a_frame_of_a_page_shows_its_view_and_of_a_claim_its_verdict(starter_reader: Reader) -> None:
    assert "<h1>" in starter_reader.reads("/embed", {"page": ("money",), "view": ("1",)})
    name = starter_reader.bench.claim_names[0]
    page = starter_reader.reads("/embed", {"claim": (name,)})
    assert f'href="/claims/{name}"' in page
    assert 'class="badge' in page


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"claim": ("nothing",)}, {"page": ("nothing",)}, {"page": ("money",), "view": ("99",)},
        {"page": ("money",), "view": ("²",)}, {"metric": ("obligatons",)},
    ],
)  # fmt: skip
def test_a_frame_of_nothing_is_refused(small_reader: Reader, asked: Asked) -> None:
    with pytest.raises(TallystickError) as caught:
        small_reader.gets("/embed", asked)
    assert caught.value.next_step


def test_the_frame_that_oembed_gives_shows_what_its_address_shows(small_reader: Reader) -> None:
    found = told(small_reader, url="/explore?metric=obligations&where=agency=ICE&by=month&lang=es&by=")
    assert {name: found[name] for name in ("version", "type", "provider_name", "width", "height")} == {
        "version": "1.0", "type": "rich", "provider_name": "Tallystick", "width": 640, "height": 480,
    }  # fmt: skip
    source = unescape(re.findall(r'src="([^"]+)"', found["html"])[0])
    assert address(source).asked == {**OBLIGATIONS, "by": ("month",), "lang": ("es",)}
    assert small_reader.gets("/embed", address(source).asked).status == 200


def test_a_frame_is_no_larger_than_asked(small_reader: Reader) -> None:
    found = told(small_reader, url="/money", maxwidth="300", maxheight="9999")
    assert (found["width"], found["height"]) == (300, 480)
    assert 'width="300" height="480"' in found["html"]


@pytest.mark.parametrize(
    "wrong",
    [
        "", "https://example.org/explore?metric=obligations", "/explore", "/explore?metric=obligatons", "/why",
        "/explore?metric=obligations&by=agensy", "/claims/nothing", "http://[", "//example.org/money",
        "/explore?by=x",
    ],
)  # fmt: skip
def test_an_address_that_shows_nothing_here_is_not_found(small_reader: Reader, wrong: str) -> None:
    assert told(small_reader, 404, url=wrong)["detail"]


def test_only_json_is_given_and_sizes_are_numbers(small_reader: Reader) -> None:
    assert told(small_reader, 501, url="/money", format="xml")["next"]
    assert told(small_reader, 400, url="/money", maxwidth="wide")["where"] == "maxwidth"


def test_a_page_tells_programs_how_to_embed_it_and_one_with_nothing_to_show_does_not(small_reader: Reader) -> None:
    page = small_reader.reads("/explore", OBLIGATIONS)
    (how,) = re.findall(r'type="application/json\+oembed" title="Embed" href="([^"]+)"', page)
    asked = address(unescape(how)).asked
    assert told(small_reader, url=asked["url"][0])["title"].startswith("Money obligated")
    assert "json+oembed" not in small_reader.reads("/explore")
    assert "json+oembed" not in small_reader.reads("/explore", {**OBLIGATIONS, "by": ("nothing",)})


def test_the_frame_that_explore_offers_is_escaped_twice(small_reader: Reader) -> None:
    page = small_reader.reads("/explore", {**OBLIGATIONS, "where": ('recipient_name=A"&<B*',)})
    code = page[page.index("<textarea") : page.index("</textarea>")]
    assert "<B" not in code.partition(">")[2]
    inside = unescape(code.partition(">")[2])
    assert inside.count('"') == 10


def test_the_figures_of_a_page_are_told_as_on_the_page(starter_reader: Reader) -> None:
    embedded, page = (starter_reader.reads(*asked) for asked in (("/embed", {"page": ("money",)}), ("/money",)))
    figures = re.findall(r'<p class="figure">.*?</p>', embedded)
    assert figures
    assert "$" in figures[0]
    assert [re.sub("<[^>]*>", "", one) for one in figures] == [
        re.sub("<[^>]*>", "", one) for one in re.findall(r'<p class="figure">.*?</p>', page)
    ]
