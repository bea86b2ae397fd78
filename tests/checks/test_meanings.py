"""Codes that exchanged their meanings, and words of a kind that nobody named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.checks.meanings import miscalled_code, word_never_seen
from tallystick.checks.subject import Subject
from tallystick.nouns.finding import Severity
from tallystick.nouns.source import Column, Expect, Pair, Publication
from tests.checks.test_pairs import subject

MEANS = {"A": ("FULL AND OPEN COMPETITION",), "C": ("NOT COMPETED",), "F": ("COMPETED UNDER SAP", "SAP")}
TOLD = Publication(
    grain="one action",
    columns={"psc_code": Column(), "psc_name": Column()},
    expect=Expect(
        pairs=[Pair(code="psc_code", name="psc_name", means=MEANS)],
        words={"psc_name": [w for m in MEANS.values() for w in m]},
    ),
)
RIGHT = [("A", "FULL AND OPEN COMPETITION"), ("C", "Not Competed"), ("F", "SAP"), ("F", "COMPETED UNDER SAP")] * 30


def _told(folder: Path, rows: list[tuple[str, str]]) -> Subject:
    return subject(folder, "a", rows, TOLD)


def test_two_codes_exchanged_in_every_row_are_severe(tmp_path: Path) -> None:
    other = {"A": "C", "C": "A", "F": "F"}
    (found,) = miscalled_code(_told(tmp_path, [(other[code], words) for code, words in RIGHT]))
    assert (found.severity, found.scope, found.count) == (Severity.SEVERE, "7012/FY2024", 60)
    assert "calls psc_code A 'Not Competed', which is what C means" in found.says


def test_a_single_code_beside_anothers_words_is_a_warning(tmp_path: Path) -> None:
    (found,) = miscalled_code(_told(tmp_path, [*RIGHT, ("A", "NOT COMPETED")]))
    assert (found.severity, found.count) == (Severity.WARNING, 1)


@pytest.mark.parametrize("more", [("A", "OPEN TO ALL"), ("Z", "NOT COMPETED"), ("A", "")])
def test_right_meanings_new_words_and_new_codes_are_not_told(more: tuple[str, str], tmp_path: Path) -> None:
    assert list(miscalled_code(_told(tmp_path, [*RIGHT, more]))) == []


@pytest.mark.parametrize(("rows", "severity"), [(1, Severity.WARNING), (5, Severity.SEVERE)])
def test_a_word_never_seen_is_graver_the_more_rows_it_stands_in(
    rows: int, severity: Severity, tmp_path: Path
) -> None:
    known = [(code, words.upper()) for code, words in RIGHT]
    (found,) = word_never_seen(_told(tmp_path, [*known, *[("A", "BY LOT")] * rows]))
    assert (found.kind, found.severity, found.count, found.scope) == ("unknown_category", severity, rows, None)
    assert list(word_never_seen(replace(_told(tmp_path, known), table="known"))) == []
