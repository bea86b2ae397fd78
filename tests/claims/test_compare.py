"""The words of `is:` are intervals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.claims.compare import Interval, number, parse
from tallystick.errors import RecordError

MONEY = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
DIGITS = st.integers(min_value=1, max_value=9999)
POWERS = st.integers(min_value=0, max_value=9)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("70e6", "70000000", "1000000"),
        ("9.7e6", "9700000", "100000"),
        ("70,000,000", "70000000", "1"),
        ("$18.8B", "18800000000", "100000000"),
        ("$1.5K", "1500", "100"),
        ("5%", "0.05", "0.01"),
        ("-2", "-2", "1"),
        ("71515761.68", "71515761.68", "0.01"),
    ],
)
def test_a_number_has_the_precision_it_is_written_at(text: str, value: str, unit: str) -> None:
    read = number(text)
    assert (read.value, read.unit) == (Decimal(value), Decimal(unit))


@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [
        ("> 70e6", ["70000000.01"], ["70000000", "69999999.99"]),
        ("over $70M", ["70000000.01"], ["70000000"]),
        ("more than 70e6", ["71515761.68"], ["70000000"]),
        (">= 70e6", ["70000000"], ["69999999.99"]),
        ("at least 70e6", ["70000000"], ["69999999.99"]),
        ("< 5", ["4.99"], ["5"]),
        ("<= 5", ["5"], ["5.01"]),
        ("up to 5", ["5", "-100"], ["5.01"]),
        ("= 71515761.68", ["71515761.68"], ["71515761.69"]),
        ("≈ 9.7e6", ["9650000", "9715842.85", "9750000"], ["9649999.99", "9751871.47"]),
        ("rounds to 18.8e9", ["18750000000", "18849999999.99"], ["18749999999.99", "18850000000"]),
        ("about 10e6", ["9500000", "9999966.10", "10500000"], ["9499999.99"]),
        ("nearly 2", ["1.953125", "1.8"], ["2", "2.01", "1.79"]),
        ("nearly 30", ["28"], ["30", "26"]),
        ("between 60e6 and 80e6", ["60000000", "80000000"], ["59999999.99", "80000000.01"]),
    ],
)
def test_what_the_words_mean(words: str, inside: list[str], outside: list[str]) -> None:
    interval = parse(words)
    assert all(interval.holds(Decimal(figure)) for figure in inside)
    assert not any(interval.holds(Decimal(figure)) for figure in outside)


@pytest.mark.parametrize("words", ["70e6", "~ 70e6", "> seventy", "between 3 and 2", "between 3", "> 7,0x", ""])
def test_what_is_no_comparison_is_refused_with_what_there_is(words: str) -> None:
    with pytest.raises(RecordError) as refused:
        parse(words)
    assert refused.value.next_step


@given(MONEY, MONEY)
def test_over_and_up_to_divide_every_figure(figure: Decimal, bound: Decimal) -> None:
    assert parse(f"> {bound}").holds(figure) != parse(f"<= {bound}").holds(figure)
    assert parse(f"< {bound}").holds(figure) != parse(f">= {bound}").holds(figure)


@given(MONEY, MONEY)
def test_the_same_is_neither_over_nor_under(figure: Decimal, bound: Decimal) -> None:
    told = [parse(f"{word} {bound}").holds(figure) for word in ("=", "<", ">")]
    assert sum(told) == 1


@given(MONEY, DIGITS, POWERS)
def test_rounding_is_rounding_half_away_from_zero(figure: Decimal, digits: int, power: int) -> None:
    unit = Decimal(10) ** power
    for sign in ("", "-"):
        wanted = Decimal(f"{sign}{digits}")
        rounded = (figure / unit).quantize(Decimal(1), ROUND_HALF_UP)
        assert parse(f"rounds to {sign}{digits}e{power}").holds(figure) == (rounded == wanted)


@given(MONEY, DIGITS, POWERS)
def test_what_rounds_to_a_number_is_approximately_it(figure: Decimal, digits: int, power: int) -> None:
    written = f"{digits}e{power}"
    assert not parse(f"rounds to {written}").holds(figure) or parse(f"≈ {written}").holds(figure)


@given(MONEY, MONEY, MONEY)
def test_between_is_at_least_and_at_most(figure: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = min(one, other), max(one, other)
    both = parse(f">= {low}").holds(figure) and parse(f"<= {high}").holds(figure)
    assert parse(f"between {low} and {high}").holds(figure) == both


@given(MONEY)
def test_nearly_a_number_is_under_it_seen_from_zero(bound: Decimal) -> None:
    nearly = parse(f"nearly {bound}")
    assert not nearly.holds(bound)
    assert bound == 0 or nearly.holds(bound * Decimal("0.95"))


@given(MONEY, MONEY)
def test_a_figure_further_than_its_margin_would_turn_the_verdict(figure: Decimal, bound: Decimal) -> None:
    interval = parse(f"> {bound}")
    margin = interval.margin(figure)
    assert margin == abs(figure - bound)
    step = margin + Decimal("0.01")
    moved = figure - step if interval.holds(figure) else figure + step
    assert interval.holds(moved) != interval.holds(figure)


def test_an_interval_without_bounds_has_no_margin() -> None:
    assert Interval().margin(Decimal(1)) is None
