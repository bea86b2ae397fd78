"""Figures of different things are never worked into one."""

from __future__ import annotations

import pytest

from tallystick.claims.apart import set_against
from tallystick.nouns.claim import Check

LETTER = Check(name="cap", metric="caps", where={"instrument": "letter"})
MEMORANDUM = Check(name="asked", metric="volumes", where={"instrument": "memorandum"})
SAME = Check(name="given", metric="volumes", where={"instrument": "memorandum"})
MONEY = Check(name="money", metric="obligations", where={"agency": "ICE"})


def apart(metric: str) -> list[str]:
    return [] if metric == "obligations" else ["instrument"]


@pytest.mark.parametrize(
    ("arithmetic", "says"),
    [
        ("asked / 4 / cap", "'asked' is of memorandum and 'cap' is of letter"),
        ("monthly / cap", "'monthly' is of memorandum"),
        ("given / asked", ""),
        ("asked / 4", ""),
        ("money / cap", ""),
    ],
)
def test_figures_of_two_instruments_are_not_divided(arithmetic: str, says: str) -> None:
    monthly = Check(name="monthly", arithmetic="asked / 4")
    checks = [LETTER, MEMORANDUM, SAME, MONEY, monthly]
    dimension, found = set_against(Check(name="share", arithmetic=arithmetic), checks, apart)
    assert says in found
    assert bool(says) == bool(found)
    assert dimension == ("instrument" if says else "")


def test_a_figure_of_every_instrument_is_kept_apart_from_that_of_one() -> None:
    every = Check(name="every", metric="volumes")
    assert "any" in set_against(Check(name="share", arithmetic="every / cap"), [LETTER, every], apart)[1]


def test_a_check_that_asks_a_metric_is_no_sum() -> None:
    assert set_against(LETTER, [LETTER, MEMORANDUM], apart) == ("", "")
