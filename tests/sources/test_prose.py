"""What is withheld of running text: people and how they are reached, and nothing that is called after them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.sources.prose import without_people


def masked(text: str) -> str:
    with DuckDB() as engine:
        return str(engine.run(f"SELECT {without_people(quoted(text))}").fetchall()[0][0])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Write to jane.roe@harbour.example, please.", "Write to (withheld), please."),
        ("Call (202) 555-0100 first.", "Call (withheld) first."),
        ("It was built by Jane Q. McRoe in May.", "It was built by (withheld) in May."),
        ("Dr. Xiomara Doe reads the scans.", "Dr. (withheld) reads the scans."),
        ("Vananh Doe2, Jane Roe2, Xi Moe3 and others", "(withheld) and others"),
    ],
)
def test_people_in_a_sentence_are_withheld(text: str, says: str) -> None:
    assert masked(text) == says


@pytest.mark.parametrize(
    "text",
    [
        "This allows officers to attend to other work, as one of them said.",
        "The vendor may review the reports by email or phone.",
        "George Mason University and the James Webb telescope",
        "Amber Alert; Virginia Beach; San Francisco Bay",
        "70CTD022FR0000002, 2014-14031000011",
        "Mobile Fortify; Palantir; Booz Allen Hamilton",
    ],
)
def test_ordinary_words_and_what_is_called_after_people_stay(text: str) -> None:
    assert masked(text) == text


@settings(max_examples=40)
@given(st.text(alphabet="abc DEF.,@'0123456789-\n", max_size=40))
def test_text_without_a_capitalised_given_name_loses_nothing_but_addresses_and_numbers(text: str) -> None:
    if "@" not in text and sum(map(str.isdigit, text)) < 7:
        assert masked(text) == text
