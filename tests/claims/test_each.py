"""A sentence about every month holds where it holds in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.claims.compare import parse
from tallystick.claims.each import nearest
from tallystick.claims.judge import reading
from tallystick.nouns.claim import Alternative, Check, Claim
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Verdict
from tallystick.nouns.metric import Answer, Question

BELOW = Check(name="each month", metric="arrests", each="month", states="< 3000")


@dataclass(frozen=True)
class Months:
    """A bench that answers every question with the same months."""

    values: Sequence[float | None]
    known_on: date | None = None
    day: date = date(2026, 4, 9)

    @property
    def edition(self) -> Edition:
        return Edition(self.known_on, "code", ())

    def at(self, known_on: date) -> Self:
        return replace(self, known_on=known_on)

    def days(self, metric: str) -> Sequence[date]:
        return [date(2026, 4, 9)] if metric == "arrests" else []

    def apart(self, metric: str) -> Sequence[str]:
        return [] if metric else [metric]

    def ask(self, question: Question) -> Answer:
        rows: list[dict[str, Any]] = [
            {"month": date(2026, n, 1), "value": value} for n, value in enumerate(self.values, 1)
        ]
        if not question.by:
            rows = [{"value": self.values[0]}]
        return Answer(question, "per_day", "", "e", tuple(rows), counted=len(self.values))


def judged(*values: float | None, also: Sequence[Alternative] = ()) -> Any:
    claim = Claim(said="so", by="x", on=date(2026, 1, 1), citation="none", checks=[BELOW], also=list(also))
    return reading(claim, Months(values))


def test_it_holds_where_every_month_agrees_and_shows_the_nearest_to_the_bound() -> None:
    (figure,) = judged(1181, 1220.5, 955).stated.figures
    assert (figure.verdict, figure.value, figure.margin) == (Verdict.HOLDS, Decimal("1220.5"), Decimal("1779.5"))
    assert "in month 2026-02-01; 3 of 3 agree" in figure.because


def test_it_fails_where_one_month_is_out_even_if_another_is_unknown() -> None:
    (figure,) = judged(None, 3100, 3050, 5).stated.figures
    assert (figure.verdict, figure.value) == (Verdict.FAILS, Decimal(3100))
    assert "1 of 4 agree, 1 unknown" in figure.because


def test_it_is_unknown_where_none_is_out_and_some_are_not_known() -> None:
    for values in ([1, None], [None], []):
        (figure,) = judged(*values).stated.figures
        assert (figure.verdict, figure.value) == (Verdict.UNKNOWN, None)


def test_another_definition_may_leave_the_months_out() -> None:
    stated, other = judged(1181, 4000, also=[Alternative(name="the first", each="")]).outcomes
    assert (stated.verdict, other.verdict) == (Verdict.FAILS, Verdict.HOLDS)
    assert other.figures[0].question.by == ()


def test_another_definition_may_leave_the_period_out_or_keep_it() -> None:
    check = Check(metric="arrests", start=date(2025, 6, 1), end=date(2025, 9, 30))
    kept = Alternative(name="kept", start=date(2025, 1, 1)).put_to(check)
    assert (kept.start, kept.end) == (date(2025, 1, 1), date(2025, 9, 30))
    bare = msgspec.convert({"name": "bare", "from": None, "to": None}, Alternative).put_to(check)
    assert (bare.start, bare.end) == (None, None)


def test_a_check_of_each_without_a_comparison_is_refused() -> None:
    with pytest.raises(ValueError, match="has an 'is'"):
        Check(metric="arrests", each="month")


@given(st.lists(st.integers(-50, 50), min_size=1))
def test_the_figure_that_decides_agrees_only_if_all_do(values: list[int]) -> None:
    interval = parse("between 0 and 10")
    rows = tuple({"month": n, "value": value} for n, value in enumerate(values))
    found = nearest(Answer(Question("m"), "count", "", "e", rows), "month", interval)
    assert found.value is not None
    assert interval.holds(found.value) == all(0 <= value <= 10 for value in values)
