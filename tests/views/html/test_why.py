"""The page that walks a figure back."""

from __future__ import annotations

import re
import shlex

import pytest

from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.metric import Question
from tallystick.views.answer import figure
from tallystick.views.cli.why import why as why_command_line
from tests.views.conftest import ACTIONS, TOTAL
from tests.views.html.conftest import Reader

ICE = {"metric": ("obligations",), "where": ("agency=ICE",)}


def test_a_why_says_the_figure_that_the_bench_gives(small_reader: Reader) -> None:
    page = small_reader.reads("/why", ICE)
    assert figure(TOTAL, "USD") in page
    assert small_reader.bench.ask(Question("obligations", {"agency": "ICE"})).value == TOTAL


def test_a_why_says_how_many_rows_there_are_and_how_to_get_them_all(small_reader: Reader) -> None:
    page = small_reader.reads("/why", ICE)
    assert f"The first 20 of {ACTIONS} rows." in page
    commands = re.findall(r'<pre class="command"[^>]*><code>([^<]*)</code>', page)
    assert commands[1] == f"tallystick why obligations --where agency=ICE --limit {ACTIONS} --format csv"
    options = why_command_line.make_context("why", shlex.split(commands[1])[2:]).params
    assert options["limit"] == ACTIONS


def test_a_why_names_each_file_by_its_hash_and_its_rows_by_their_place(small_reader: Reader) -> None:
    page = small_reader.reads("/why", ICE)
    (release,) = small_reader.bench.releases_behind(Question("obligations", {"agency": "ICE"}))
    assert release.sha256 in page
    assert f'href="/releases/{release.id}"' in page
    assert page.count(f">{release.name}</a>") == 20 + 1


def test_a_breakdown_links_each_of_its_figures_to_the_why_of_it(small_reader: Reader) -> None:
    page = small_reader.reads("/why", {**ICE, "by": ("fiscal_year",)})
    assert "/why?metric=obligations&amp;where=agency=ICE&amp;where=fiscal_year=2025" in page


def test_each_year_beside_the_year_before_it_has_a_why_and_all_years_together_have_none(small_reader: Reader) -> None:
    page = small_reader.reads("/why", {"metric": ("obligations_a_year_before",), "by": ("fiscal_year",)})
    assert "/why?metric=obligations_a_year_before&amp;where=fiscal_year=2025" in page
    assert "behind all of them" not in page
    assert small_reader.reads("/why", {"metric": ("obligations_a_year_before",), "where": ("fiscal_year=2025",)})


def test_a_row_whose_group_is_blank_has_no_why_of_its_own(small_reader: Reader) -> None:
    page = small_reader.reads("/why", {**ICE, "by": ("office",)})
    assert figure(TOTAL, "USD") in page
    assert '<td class="number"><a ' not in page


def test_an_unknown_figure_says_why_it_is_unknown(small_reader: Reader) -> None:
    page = small_reader.reads("/why", {**ICE, "from": ("2030-01-01",)})
    assert "unknown, not zero" in page
    assert figure(0, "USD") not in page


def test_rows_about_persons_are_said_to_be_counted_and_are_not_shown(small_reader: Reader) -> None:
    page = small_reader.reads("/why", {"metric": ("arrests",)})
    assert "counted and never shown" in page
    assert "ero_arrests_published" in page


def test_a_name_that_nothing_has_is_refused_with_near_ones(small_reader: Reader) -> None:
    with pytest.raises(UnknownName, match="obligation"):
        small_reader.gets("/why", {"metric": ("obligation",)})
    with pytest.raises(UnknownName):
        small_reader.gets("/why", {"metric": ("obligations",), "where": ("agency=ICED",)})
    with pytest.raises(UsageError):
        small_reader.gets("/why")


def test_markup_in_a_parameter_is_text(small_reader: Reader) -> None:
    page = small_reader.reads("/why", {**ICE, "where": ("agency=ICE", "recipient=<script>*", "recipient=*")})
    assert "<script>*" not in page
    assert "&lt;script&gt;*" in page


def test_a_page_beyond_the_last_is_refused_with_how_many_there_are(small_reader: Reader) -> None:
    with pytest.raises(UsageError, match="page"):
        small_reader.gets("/why", {**ICE, "by": ("fiscal_year",), "page": ("2",)})
