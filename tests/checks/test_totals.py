"""Amounts beside what bounds them."""

from __future__ import annotations

from pathlib import Path

from tallystick.checks.totals import above_its_bound
from tallystick.nouns.finding import Severity
from tallystick.nouns.source import Column, Expect, Publication
from tests.checks.test_pairs import subject

TOLD = Publication(
    grain="one action",
    columns={"psc_code": Column(), "psc_name": Column()},
    expect=Expect(at_most={"psc_code": "psc_name"}),
)
RIGHT = [("10.00", "25.00"), ("19.50", "90.00")] * 60


def test_a_value_and_its_ceiling_that_changed_places_are_severe(tmp_path: Path) -> None:
    (found,) = above_its_bound(subject(tmp_path, "a", [(ceiling, value) for value, ceiling in RIGHT], TOLD))
    assert (found.severity, found.count, found.scope) == (Severity.SEVERE, 120, "7012/FY2024")
    assert "as if the columns had changed places" in found.says


def test_a_few_values_above_their_ceiling_are_a_warning(tmp_path: Path) -> None:
    (found,) = above_its_bound(subject(tmp_path, "a", [*RIGHT, ("30.00", "20.00"), ("31.00", "20.00")], TOLD))
    assert (found.severity, found.count) == (Severity.WARNING, 2)


def test_values_at_their_ceilings_are_not_told(tmp_path: Path) -> None:
    assert list(above_its_bound(subject(tmp_path, "a", [*RIGHT, *[("25.00", "25.00")] * 90], TOLD))) == []
