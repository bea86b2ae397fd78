"""The pages of metrics, targets, areas and places."""

from __future__ import annotations

from html import unescape

import pytest

from tallystick.errors import UnknownName, UsageError
from tests.views.html.conftest import Reader


def test_metrics_have_a_page_with_the_way_to_each_of_their_breakdowns(small_reader: Reader) -> None:
    for metric in list(small_reader.bench.metrics.by_name.values())[::9]:
        page = unescape(small_reader.reads(f"/definitions/{metric.name}"))
        assert f'href="/explore?metric={metric.name}"' in page
        for name in metric.by:
            assert f'href="/explore?metric={metric.name}&by={name}"' in page


def test_a_metric_shows_its_examples_and_says_that_they_are_made_up(small_reader: Reader) -> None:
    page = small_reader.reads("/definitions/obligations")
    assert "It gives" in page
    assert "these are no figures of anybody" in page


def test_every_target_has_a_page_that_says_what_would_settle_it(small_reader: Reader) -> None:
    for target in small_reader.bench.targets():
        page = unescape(small_reader.reads(f"/targets/{target.name}"))
        assert target.facts["what"] in page
        assert target.facts["settled_by"][1:] in page
        if not target.standings:
            assert "whether it was reached is unknown" in page


def test_an_area_of_which_little_is_held_says_what_is_unknown_and_why(small_reader: Reader) -> None:
    page = unescape(small_reader.reads("/area/Seattle", {"quarter": ("2025Q3",)}))
    sheet = small_reader.bench.sheet("area", ["Seattle"], "2025Q3")
    unknown = [one for _, figures in sheet.parts for one in figures if one.because]
    assert unknown
    assert page.count(">unknown</span>") >= len(unknown)
    for one in unknown:
        assert one.because in page
    assert 'href="/area/Seattle?quarter=2025Q2"' in page


def test_a_place_is_shown_whatever_is_held_of_it(small_reader: Reader) -> None:
    assert "Florida" in small_reader.reads("/place/FL")
    with pytest.raises(UnknownName) as refused:
        small_reader.gets("/place/FL/Collier")
    assert "at all yet" in refused.value.next_step


def test_names_and_quarters_that_are_none_are_refused(small_reader: Reader) -> None:
    with pytest.raises(UnknownName, match="obligation"):
        small_reader.gets("/definitions/obligation")
    with pytest.raises(UnknownName):
        small_reader.gets("/targets/arrests-3000")
    with pytest.raises(UnknownName):
        small_reader.gets("/area/Seatle")
    with pytest.raises(UnknownName):
        small_reader.gets("/place/Floridia")
    with pytest.raises(UsageError):
        small_reader.gets("/area/Seattle", {"quarter": ("2025Q5",)})
