"""Charts are said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.nouns.metric import Question
from tallystick.views.cells import cell
from tallystick.views.kinds.summary import BLANK, asked_in_words, change_in_words, summary
from tallystick.views.shown import Chart, Mark
from tallystick.views.words import Words

ENGLISH = Words()
OVER_TIME = Chart(Mark.LINE, "month", "value", "count")
BY_PLACE = Chart(Mark.BARS, "state", "value", "USD")


def months(*values: Any) -> list[dict[str, Any]]:
    return [{"month": date(2025, number, 1), "value": value} for number, value in enumerate(values, start=1)]


def test_a_series_over_time_is_said_by_its_ends_and_its_extremes() -> None:
    said = summary(OVER_TIME, months(10, 5, 30, 20), ENGLISH)
    assert said == ("Highest: 30 (2025-03). Lowest: 5 (2025-02). Last: 20 (2025-04); first: 10 (2025-01); up 100.0%.")


def test_a_month_that_is_not_over_is_named_and_is_no_fall() -> None:
    running = replace(OVER_TIME, not_whole=("2025-04-01",))
    assert summary(running, months(10, 5, 30, 1), ENGLISH) == (
        "Highest of those that are whole: 30 (2025-03). Lowest of those that are whole: 5 (2025-02). "
        "Last: 30 (2025-03); first: 10 (2025-01); 3.0 times as much. "
        "Not whole, and not compared: 2025-04."
    )


def test_places_have_no_first_and_no_last() -> None:
    rows = [{"state": "TX", "value": Decimal("2.50")}, {"state": "NY", "value": Decimal("-1.00")}]
    assert summary(BY_PLACE, rows, ENGLISH) == "Highest: $2.50 (TX). Lowest: -$1.00 (NY)."


def test_what_is_unknown_is_counted_and_never_ranked() -> None:
    assert summary(OVER_TIME, months(None, 4, None), ENGLISH) == "2025-02: 4. 2 of 3 are unknown."
    assert summary(OVER_TIME, months(None, None), ENGLISH) == "Every figure is unknown."


def test_what_is_blank_is_neither_ranked_nor_unknown() -> None:
    rows: list[dict[str, Any]] = [{"state": "TX", "value": Decimal(3)}, {"state": "NY", "value": BLANK}]
    assert summary(BY_PLACE, rows, ENGLISH) == "TX: $3.00."


def test_figures_that_are_all_the_same_have_no_highest() -> None:
    assert summary(OVER_TIME, months(7, 7), ENGLISH).startswith("Every figure is 7.")


def test_each_series_is_said_by_itself_and_of_many_how_many_more_there_are() -> None:
    chart = Chart(Mark.LINE, "month", "value", "count", "model")
    rows = [{"month": date(2025, 1, 1), "value": number, "model": f"m{number}"} for number in range(8)]
    said = summary(chart, rows, ENGLISH)
    assert "m0: 2025-01: 0." in said
    assert "m6" not in said
    assert said.endswith("2 more are in the table.")


@pytest.mark.parametrize(
    ("before", "now", "unit", "said"),
    [
        (100, 112, "count", "up 12.0%"),
        (100, 50, "count", "down 50.0%"),
        (10, 42, "count", "4.2 times as much"),
        (0.25, 0.30, "share", "up 5.0 points"),
        (0, 5, "count", "up 5"),
        (Decimal("-2.00"), Decimal("-5.00"), "USD", "$3.00 more was taken back"),
        (Decimal("-5.00"), Decimal("-2.00"), "USD", "$3.00 less was taken back"),
        (Decimal("-5.00"), Decimal("2.00"), "USD", "up $7.00"),
        (0.2645, 0.2919, "share", "up 2.7 points"),
        (0.2644, 0.2924, "share", "up 2.8 points"),
        (3, 3, "count", "no change"),
        (None, 3, "count", "unknown"),
    ],
)
def test_a_change_is_said_as_a_reader_would(before: Any, now: Any, unit: str, said: str) -> None:
    assert change_in_words(before, now, unit, ENGLISH) == said


@given(st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_a_change_goes_up_exactly_when_the_figure_does(before: int, now: int) -> None:
    said = change_in_words(before, now, "count", ENGLISH)
    assert (now > before) == said.startswith(("up", "3", "4", "5", "6", "7", "8", "9", "1", "2"))
    assert (now == before) == (said == "no change")


def test_a_question_is_said_by_its_filters_and_its_period() -> None:
    question = Question("obligations", {"agency": ["ICE", "CBP"]}, (), date(2025, 1, 20), date(2025, 10, 20))
    assert asked_in_words(question, ENGLISH) == "Agency ICE or CBP, 2025-01-20 to 2025-10-20."
    assert asked_in_words(Question("obligations"), ENGLISH) == ""


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2025, 10, 1), date(2026, 8, 20), "2025-10-01 to 2026-08-20 (fiscal year 2026)."),
        (date(2025, 10, 1), date(2026, 10, 1), "2025-10-01 to 2026-10-01."),
        (date(2025, 10, 2), date(2026, 8, 20), "2025-10-02 to 2026-08-20."),
    ],
)
def test_a_period_within_a_fiscal_year_from_its_first_day_on_says_which(start: date, end: date, said: str) -> None:
    assert asked_in_words(Question("obligations", {}, (), start, end), ENGLISH) == said


@given(st.floats(0, 1), st.floats(0, 1))
def test_points_are_the_difference_of_the_shares_as_they_are_shown(before: float, now: float) -> None:
    said = change_in_words(before, now, "share", ENGLISH)
    shown = [Decimal(cell(one, "share", ENGLISH).removesuffix("%")) for one in (before, now)]
    assert said == "no change" or f" {abs(shown[1] - shown[0])} points" in said
