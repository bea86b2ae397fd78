"""Figures by themselves, beside earlier ones."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.views.kinds.figures import a_year_before, how_far
from tallystick.views.words import Words
from tests.views.conftest import TOTAL
from tests.views.kinds.conftest import Shows, shows_over

HELD = {"title": "Held", "metric": "held"}
OBLIGATED = {"title": "Obligated", "metric": "obligations"}


def test_a_figure_is_what_the_bench_answers(shows: Shows) -> None:
    made = shows("figures", of=[OBLIGATED])
    assert [row["value"] for row in made.rows] == [TOTAL]


def test_one_that_nothing_answers_stands_as_unknown_beside_one_that_something_does(shows: Shows) -> None:
    made = shows("figures", of=[OBLIGATED, {"title": "Held", "metric": "held"}])
    assert [row["value"] for row in made.rows] == [TOTAL, None]


def test_where_nothing_answers_any_the_sources_of_all_are_named(nothing_held: Bench) -> None:
    made = shows_over(nothing_held)("figures", of=[OBLIGATED, {"title": "Held", "metric": "held"}])
    assert made.template == "nothing"
    assert {"usaspending_captures", "daily_population"} <= {source.id for source in made.about}


def test_what_was_known_before_is_asked_of_the_day_before_the_last_change(shows: Shows) -> None:
    made = shows("figures", beside="what was known before", of=[OBLIGATED])
    (laid,) = made.about
    assert laid.before.question.as_known_on == date(2026, 8, 19)
    assert laid.told_before.startswith("As known on 2026-08-19")
    assert made.rows[0]["before"] is None, "nothing was held on that day"
    assert laid.change == ""


def test_a_year_before_is_asked_of_the_same_days(shows: Shows) -> None:
    made = shows("figures", beside="a year before", of=[OBLIGATED | {"over": "this fiscal year"}])
    (laid,) = made.about
    asked = laid.before.question
    assert (asked.start, asked.end) == (date(2023, 10, 1), date(2024, 6, 2))


def test_each_caveat_names_the_figures_that_it_is_about(shows: Shows, small_bench: Bench) -> None:
    again = OBLIGATED | {"title": "The same again"}
    made = shows("figures", of=[OBLIGATED, again, HELD])
    about = {name: set(small_bench.ask(Question(name)).caveats) for name in ("obligations", "held")}
    for caveat in about["obligations"] - about["held"]:
        assert f"Obligated; The same again: {caveat}" in made.caveats
    for caveat in about["held"] - about["obligations"]:
        assert f"Held: {caveat}" in made.caveats
    for caveat in about["obligations"] & about["held"]:
        assert f"All of these: {caveat}" in made.caveats
    assert about["obligations"] - about["held"]


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (date(2025, 4, 9), ""),
        (date(2025, 4, 2), ""),
        (date(2025, 1, 16), "(448 days earlier, not a year: the newest one held that is at least a year older)"),
        (None, ""),
    ],
)
def test_a_snapshot_that_is_not_of_a_year_before_says_how_far_before_it_is(then: date | None, said: str) -> None:
    assert how_far(then, date(2026, 4, 9), Words()) == said


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        (Question("x", {}, (), date(2024, 2, 29), date(2024, 3, 31)), date(2023, 2, 28), date(2023, 3, 31)),
        (Question("x"), None, date(2025, 4, 9)),
        (Question("x", {}, (), None, date(2025, 4, 9)), None, date(2024, 4, 9)),
    ],
)
def test_the_year_before_has_no_29_february_of_its_own(question: Question, start: date, end: date) -> None:
    asked = a_year_before(question, date(2026, 4, 9))
    assert (asked.start, asked.end) == (start, end)


@pytest.mark.real_data
def test_a_stock_says_the_day_of_the_snapshot_that_answers_then_and_now(real_bench: Bench) -> None:
    made = shows_over(real_bench)("figures", beside="a year before", of=[{"title": "Held", "metric": "detained"}])
    (laid,) = made.about
    told = real_bench.ask(Question("detained", by=("as_of",))).rows
    by_day = {row["as_of"]: row["value"] for row in told}
    before = date.fromisoformat(laid.told_before.removeprefix("On ")[:10])
    days = (max(by_day) - before).days
    assert (f"({days} days earlier, not a year" in laid.told_before) == (abs(days - 365) > 8)
    assert by_day[before] == laid.before.value
    assert laid.of.startswith(f"On {max(by_day)}, fiscal year ")
    assert before <= a_year_before(Question("detained"), max(by_day)).end  # type: ignore[operator]
