"""Descriptions are looked up in the lists of codes that the archive holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.checks import captures
from tests.checks.faults import swapped

PSC, NAICS = "Product/Service Description", "NAICS Description"
LISTS = (
    ("psc_codes", "psc_names_observed.csv", "SERVICE", "{:04}"),
    ("naics_codes", "naics_names_observed.csv", "INDUSTRY", "{:06}"),
)


def _judged(rows: list[captures.Row], settings: Settings, folder: Path, codes: int = 500) -> Sequence[Finding]:
    """The Findings about a capture beside made lists of so many codes."""
    pipeline = Pipeline(settings)
    for source, name, word, shape in LISTS:
        lines = [f"{shape.format(number)},{word} {number}" for number in range(codes)]
        path = folder / name
        path.write_text("\n".join(["code,name", *lines]) + "\n", encoding="utf-8")
        pipeline.add(pipeline.catalog.source(source), path, Provenance(source, name))
    found = captures.judged(pipeline, folder, (rows, date(2025, 2, 1)))
    return [one for one in found if one.kind.startswith("unlisted") or one.kind == "name_of_another_list"]


def test_descriptions_of_the_right_list_are_not_told(settings: Settings, tmp_path: Path) -> None:
    assert _judged(captures.made(), settings, tmp_path) == []


def test_descriptions_exchanged_in_a_first_release_are_severe(settings: Settings, tmp_path: Path) -> None:
    found = _judged(swapped(PSC, NAICS)(captures.made()), settings, tmp_path)
    assert {(one.kind, one.scope, one.severity) for one in found} == {
        ("name_of_another_list", scope, Severity.SEVERE) for scope in (captures.ICE, captures.CBP)
    }


@pytest.mark.parametrize(
    ("share", "severity"), [(0.01, Severity.NOTE), (0.65, Severity.WARNING), (1, Severity.SEVERE)]
)
def test_names_never_seen_are_graver_the_more_rows_they_stand_in(
    share: float, severity: Severity, settings: Settings, tmp_path: Path
) -> None:
    rows = captures.made()
    strange = [{**row, PSC: "NEVER SEEN"} if number < share * 1237 else row
               for number, row in enumerate(captures.of(rows, "ICE"))]  # fmt: skip
    found = _judged([*strange, *captures.of(rows, "CBP")], settings, tmp_path)
    assert [(one.kind, one.scope, one.severity) for one in found] == [("unlisted_name", captures.ICE, severity)]


def test_a_sample_of_a_list_of_codes_says_nothing_of_what_it_lacks(settings: Settings, tmp_path: Path) -> None:
    assert _judged(swapped(PSC, NAICS)(captures.made()), settings, tmp_path, codes=20) == []
