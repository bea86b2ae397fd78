"""Explore: every state is a link, every choice is offered, what is wrong is said beside the form as filled in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallystick.errors import UsageError
from tallystick.views.asked import Asked
from tallystick.views.html.exploring import exploring_of, tidied
from tests.views.conftest import ACTIONS, TOTAL
from tests.views.html.conftest import Reader

OBLIGATIONS: Asked = {"metric": ("obligations",), "where": ("agency=ICE",)}


def test_every_metric_is_offered_under_its_subject(small_reader: Reader) -> None:
    page = small_reader.reads("/explore")
    offered = set(re.findall(r'<option value="(\w+)"', page))
    assert set(small_reader.bench.metrics.by_name) <= offered
    assert '<optgroup label="Deaths in ICE&#39;s custody">' in page


def test_a_question_without_breakdown_shows_its_figure_and_the_way_to_why(small_reader: Reader) -> None:
    page = small_reader.reads("/explore", OBLIGATIONS)
    assert f"${TOTAL:,.2f}" in page
    assert '<a href="/why?metric=obligations&amp;where=agency=ICE"' in page


def test_a_breakdown_shows_chart_summary_and_rows_that_lead_to_their_why(small_reader: Reader) -> None:
    page = small_reader.reads("/explore", {**OBLIGATIONS, "by": ("piid",), "top": ("5",)})
    table = page[page.index("<table") : page.index("</table>")]
    assert table.count('href="/why?') == 5
    assert "<svg" in page
    assert f"5 of {ACTIONS} rows are shown" in page


def test_all_the_rows_asked_for_are_in_the_table(small_reader: Reader) -> None:
    page = small_reader.reads("/explore", {**OBLIGATIONS, "by": ("piid",), "top": (str(ACTIONS),)})
    assert page[page.index("<table") : page.index("</table>")].count('href="/why?') == ACTIONS


@pytest.mark.parametrize(("draw", "drawn"), [("table", False), ("line", True), ("areas", True), ("", True)])
def test_the_chart_is_drawn_as_asked(small_reader: Reader, draw: str, drawn: bool) -> None:
    asked = {**OBLIGATIONS, "by": ("fiscal_year",), **({"draw": (draw,)} if draw else {})}
    page = small_reader.reads("/explore", asked)
    assert ("<svg" in page[page.index('id="answer"') :]) == drawn


def test_a_dimension_and_its_value_become_a_filter_of_the_address(small_reader: Reader) -> None:
    asked = {**OBLIGATIONS, "dimension": ("naics",), "value": ("33*&x=1",), "from": ("",), "by": ("", "")}
    made = small_reader.gets("/explore", asked)
    assert made.status == 303
    assert made.headers["location"] == "/explore?metric=obligations&where=agency=ICE&where=naics=33*%26x=1"


def test_the_values_of_a_chosen_dimension_are_offered(small_reader: Reader) -> None:
    page = small_reader.reads("/explore", {**OBLIGATIONS, "dimension": ("naics",)})
    values = page[page.index('<datalist id="values">') : page.index("</datalist>")]
    assert '<option value="332994">' in values


def test_a_filter_is_removed_by_a_link(small_reader: Reader) -> None:
    page = small_reader.reads("/explore", {**OBLIGATIONS, "where": ("agency=ICE", "naics=332994")})
    assert '<a href="/explore?metric=obligations&amp;where=agency=ICE">remove' in page
    assert '<input type="hidden" name="where" value="naics=332994">' in page


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"metric": ("obligatons",)}, "did you mean obligations"),
        ({**OBLIGATIONS, "by": ("agensy",)}, "did you mean agency"),
        ({**OBLIGATIONS, "where": ("agency=ICEE",)}, "did you mean ICE?"),
        ({**OBLIGATIONS, "where": ("agency",)}, "NAME=VALUE"),
        ({**OBLIGATIONS, "from": ("yesterday",)}, "year-month-day"),
        ({**OBLIGATIONS, "top": ("0",)}, "from 1 to 1,000"),
        ({**OBLIGATIONS, "top": ("³",)}, "from 1 to 1,000"),
        ({**OBLIGATIONS, "draw": ("lines",)}, "did you mean line"),
        ({**OBLIGATIONS, "sort": ("size",)}, "there are: name, value"),
        ({**OBLIGATIONS, "by": ("agency", "month", "piid")}, "one or two"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_would_and_the_form_stays(
    small_reader: Reader, wrong: Mapping[str, tuple[str, ...]], hint: str
) -> None:
    made = small_reader.gets("/explore", wrong)
    page = unescape(made.body.decode())
    assert made.status == 400
    assert hint in page
    for values in wrong.values():
        assert all(f'value="{value}"' in page for value in values)


def test_an_answer_that_no_row_supports_is_unknown_and_said_to_be(small_reader: Reader) -> None:
    page = small_reader.reads("/explore", {**OBLIGATIONS, "from": ("1999-01-01",), "to": ("1999-12-31",)})
    assert "it is unknown, not zero" in page.lower()
    assert "$0.00" not in page


def test_everything_written_is_shown_as_text(small_reader: Reader) -> None:
    enemy = "\"><script>alert('x')</script>"
    for name in ("metric", "by", "where", "from", "draw", "sort", "top", "dimension"):
        page = small_reader.reads("/explore", {**OBLIGATIONS, name: (enemy,)})
        assert "<script>alert" not in page


def test_the_command_asks_the_same() -> None:
    asked = {**OBLIGATIONS, "where": ("agency=ICE", "recipient_name=A 'B' $C"), "by": ("month",), "top": ("5",)}
    words = shlex.split(exploring_of(asked).command(None))
    assert words[:5] == ["tallystick", "show", "obligations", "--where", "agency=ICE"]
    assert words[5:] == ["--where", "recipient_name=A 'B' $C", "--by", "month", "--top", "5"]


@given(st.dictionaries(st.sampled_from(["metric", "where", "by", "dimension", "value", "x"]), st.lists(st.text())))
@example({"dimension": [" ", " "], "value": ["ICE"]})
def test_a_tidied_address_is_tidy(asked: dict[str, list[str]]) -> None:
    once = tidied({name: tuple(values) for name, values in asked.items()})
    assert tidied(once) == once
    assert all(value.strip() for values in once.values() for value in values)


def test_the_state_that_a_page_shows_is_the_one_its_address_asks() -> None:
    asked = {**OBLIGATIONS, "by": ("month", "psc"), "draw": ("areas",), "sort": ("name",), "top": ("7",)}
    assert exploring_of(asked).asked == asked
    with pytest.raises(UsageError, match="not a day"):
        exploring_of({**asked, "day": ("x",)})


def test_data_is_the_answer_as_a_file_named_for_it(small_reader: Reader) -> None:
    made = small_reader.gets("/data", {**OBLIGATIONS, "by": ("piid",), "format": ("csv",)})
    edition = small_reader.bench.edition.id
    assert made.media_type.startswith("text/csv")
    assert made.headers["content-disposition"] == (
        f'attachment; filename="obligations_agency-ICE_by-piid_{edition}.csv"'
    )
    assert len(made.body.splitlines()) == ACTIONS + 1
