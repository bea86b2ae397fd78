"""A number told as a target is found in the register of targets, and a number that is none is not."""

from __future__ import annotations

import pytest

from tallystick.articles.aims import aim_in
from tallystick.articles.find import quantities
from tallystick.articles.known import Known
from tests.articles.questions import known_of_records


@pytest.fixture(scope="module")
def known() -> Known:
    return known_of_records()[0]


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("Aides pressed for a quota of 3,000 arrests a day.", "arrests-3000-a-day"),
        ("The goal is 1 million deportations a year.", "removals-1-million-a-year"),
        ("Congress funded 41,500 beds in detention.", "detention-beds-41500"),
        ("ICE made 3,000 arrests a day.", None),
        ("The goal is 3,000 meals a day.", None),
        ("The goal is 3,001 arrests a day.", None),
        ("The goal is 3,000 arrests a week.", None),
        ("The target of 1 million inspections a year was not met.", None),
    ],
)
def test_a_target_is_the_one_of_its_number_rate_and_thing(known: Known, sentence: str, target: str | None) -> None:
    (number,) = [one for one in quantities(sentence) if one.value is not None]
    found = aim_in(number, sentence, known.aims)
    assert (found.name if found else None) == target


def test_an_entry_says_who_said_it_and_what_is_contested(known: Known) -> None:
    told = {one.name: one.says for one in known.aims}
    assert "contested: " in told["arrests-3000-a-day"]
    assert "an official figure" in told["detention-beds-41500"]
