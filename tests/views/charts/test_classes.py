"""Classes of a map: round bounds, words, and every figure in exactly one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.views.charts.classes import classes, short
from tallystick.views.words import Words


@pytest.mark.parametrize(
    ("figures", "unit", "said"),
    [
        ([0, 1, 2, 3], "count", ["0", "1", "2", "3"]),
        ([7], "count", ["7"]),
        ([5, 400, 9000], "count", ["5 to 399", "400 to 8,999", "9,000"]),
        ([-3, 12], "count", ["less than zero", "10 to 12"]),
        ([1500.5, 2e6, 3e9], "USD", ["$1.5K to under $2M", "$2M to under $3B", "$3B and more"]),
        ([0.25, 0.5], "share", ["0.25 to under 0.5", "0.5 and more"]),
        (
            [0, 0.028, 18.4, 25, 300],
            "number",
            ["0", "above 0, under 15", "15 to under 25", "25 to under 300", "300 and more"],
        ),
        ([], "count", []),
    ],
)
def test_classes_are_said_in_round_numbers(figures: list[float], unit: str, said: list[str]) -> None:
    assert [one.words for one in classes([float(one) for one in figures], unit, Words())] == said


@given(
    st.lists(st.one_of(st.integers(-(10**12), 10**12).map(float), st.floats(-1e15, 1e15)), max_size=60),
    st.sampled_from(["count", "USD", "share"]),
)
def test_every_figure_is_in_one_class_and_no_two_classes_look_alike(figures: list[float], unit: str) -> None:
    found = classes(figures, unit, Words())
    for figure in figures:
        assert sum(one.holds(figure) for one in found) == 1
    assert len({one.paint for one in found}) == len(found) <= 7


def test_billions_and_thousands_are_said_in_the_readers_language() -> None:
    assert short(2.5e9, "USD", Words("es", {"B": " mil M"})) == "$2.5 mil M"
    assert short(-1200, "USD", Words()) == "−$1.2K"
