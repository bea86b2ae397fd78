"""Cells and sentences as readers see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.views.cells import cell, plain, spaced
from tallystick.views.words import Words

WORDS = Words()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing in this Edition has measure=arrests", "nothing in this Edition has measure arrests"),
        ("nothing has aor=BUF; near: aor=Buffalo", "nothing has area BUF; near: area Buffalo"),
        ("less than once in 10^42", "less than once in a 1 with 42 zeros"),
        ("the interval of `median_days_in_stage`", "the interval of “median days in stage”"),
        ("7012/FY2023 is incomplete: 7014/FY2022", "ICE's fiscal year 2023 is incomplete: CBP's fiscal year 2022"),
        ("at https://example.org/?a_b", "at https://example.org/?a_b"),
    ],
)
def test_a_sentence_is_said_without_what_only_programs_read(text: str, said: str) -> None:
    assert plain(text, WORDS) == said


@pytest.mark.parametrize(
    "code", ["FY26_detentionStats_04092026.xlsx", "7012/FY2022", "base", "A_b", "x_", "_x", "a__b"]
)
def test_what_is_no_words_joined_by_underscores_stays_as_it_is(code: str) -> None:
    assert spaced(code) == code == cell(code, "", WORDS)


@given(st.lists(st.text("abc", min_size=1), min_size=2, max_size=4))
def test_words_joined_by_underscores_are_said_apart(words: list[str]) -> None:
    assert cell("_".join(words), "", WORDS) == " ".join(words)
