"""Comparisons are said in the unit of their figure."""

from __future__ import annotations

import pytest

from tallystick.views.comparison import comparison_in_words


@pytest.mark.parametrize(
    ("states", "unit", "said"),
    [
        ("about 9e6", "USD", "about $9 million"),
        ("about 9e6", "count", "about 9,000,000"),
        ("≈ 9.7e6", "USD", "≈ $9.7 million"),
        ("rounds to 18.80e9", "USD", "rounds to $18.80 billion"),
        ("> 500e3", "USD", "more than $500,000"),
        (">=1", "count", "at least 1"),
        ("< -3e6", "USD", "less than -$3 million"),
        ("= 3750000.00", "USD", "exactly $3,750,000.00"),
        ("over $70M", "", "over $70 million"),
        ("between 60e6 and 80e6", "USD", "between $60 million and $80 million"),
        ("> 50%", "share", "more than 50%"),
        ("nearly 2", "", "nearly 2"),
    ],
)
def test_a_comparison_is_said_in_words_and_in_its_unit(states: str, unit: str, said: str) -> None:
    assert comparison_in_words(states, unit) == said
