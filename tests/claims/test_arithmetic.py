"""Sums over numbers and named figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.claims.arithmetic import worked_out
from tallystick.errors import RecordError, UnknownName

MONEY = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


def test_numbers_are_the_digits_as_written() -> None:
    assert worked_out("75e9 / 4", {}) == Decimal("18750000000")
    assert worked_out("0.1 + 0.2", {}) == Decimal("0.3")
    assert worked_out("-(2 - 3) * 1_000", {}) == Decimal(1000)


@given(MONEY, MONEY)
def test_names_stand_for_figures(one: Decimal, other: Decimal) -> None:
    figures: dict[str, Decimal | None] = {"one": one, "other": other}
    assert worked_out("one - other", figures) == one - other


def test_what_rests_on_an_unknown_figure_is_unknown() -> None:
    assert worked_out("one / 4", {"one": None}) is None


def test_a_division_by_zero_is_unknown() -> None:
    assert worked_out("1 / one", {"one": Decimal(0)}) is None
    assert worked_out("one / one", {"one": Decimal(0)}) is None


def test_a_name_that_no_figure_has_is_refused_with_near_ones() -> None:
    with pytest.raises(UnknownName, match="appropriate"):
        worked_out("appropriate / 4", {"appropriated": Decimal(1)})


@pytest.mark.parametrize(
    "text", ["__import__('os')", "1 if 2 else 3", "one.real", "2 ** 9", "'a' + 'b'", "True", "1 +"]
)
def test_anything_but_a_sum_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        worked_out(text, {"one": Decimal(1)})
