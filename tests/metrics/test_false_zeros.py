"""A zero that rests on a part of what it is of is unknown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tallystick.metrics.false_zeros import without_false_zeros
from tallystick.nouns.metric import Question

PARTS = ("2022", "2026")


def of_years(*values: Any) -> list[dict[str, Any]]:
    return [{"fiscal_year": 2022 + place, "value": value} for place, value in enumerate(values)]


def test_zeros_of_years_that_are_not_whole_are_unknown_and_others_stay() -> None:
    question = Question("de_obligations", by=("fiscal_year",))
    rows = of_years(Decimal("0.00"), Decimal(0), Decimal("-5.00"), None, Decimal("-1.00"))
    made, says = without_false_zeros(question, rows, PARTS, is_cut_off=True)
    assert [row["value"] for row in made] == [None, Decimal(0), Decimal("-5.00"), None, Decimal("-1.00")]
    assert "unknown" in says


def test_a_single_zero_is_unknown_where_the_capture_was_cut_off() -> None:
    question = Question("de_obligations")
    assert without_false_zeros(question, [{"value": 0}], (), is_cut_off=True)[0] == [{"value": None}]
    assert without_false_zeros(question, [{"value": 0}], (), is_cut_off=False) == ([{"value": 0}], "")


@pytest.mark.parametrize("by", [("recipient",), ("agency", "recipient")])
def test_a_breakdown_that_is_not_over_time_keeps_its_zeros(by: tuple[str, ...]) -> None:
    rows = [{"agency": "ICE", "recipient": "x", "value": 0.0}]
    assert without_false_zeros(Question("obligations", by=by), rows, PARTS, is_cut_off=True) == (rows, "")
