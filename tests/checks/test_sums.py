"""Parts that must add up to a total, wherever they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.checks.totals import sums
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance
from tallystick.nouns.source import Column, Expect, Publication, Sum
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.checks.test_pairs import subject

TOLD = Publication(
    grain="one sum",
    columns={"psc_code": Column(), "psc_name": Column()},
    expect=Expect(
        sums=[
            Sum(
                says="parts are the total",
                amount="usd",
                by=["agency"],
                parts={"part": "x"},
                total={"part": None},
                within=1,
            )
        ]
    ),
)
ROWS = (
    "SELECT '{0}' AS release_id, * FROM (VALUES ('ICE', 'x', 60.00), ('ICE', 'x', {1}), ('ICE', NULL, 100.00), "
    "('CBP', 'x', 1)) t(agency, part, usd)"
)


@pytest.mark.parametrize(("last", "apart"), [("40.00", 0), ("41.00", 0), ("45.00", 1)])
def test_parts_further_from_their_total_than_declared_are_found(last: str, apart: int, tmp_path: Path) -> None:
    judged = subject(tmp_path, "a", [("a", "b")], TOLD)
    rows = ROWS.format(judged.release.id, last)
    found = list(sums(judged, rows))
    assert len(found) == apart
    assert all("$5.00 apart" in finding.says for finding in found)


@pytest.mark.real_data
def test_the_file_of_one_law_does_not_add_up_to_its_part_of_the_file_of_all(
    real_data: Path, settings: Settings
) -> None:
    pipeline = Pipeline(settings)
    source = pipeline.catalog.source("budget_obligations")
    for path in sorted((real_data / "budget").glob("ice_cbp_2025_*.csv")):
        pipeline.add(source, path, Provenance(source.id, path.name))
    found = [finding for finding in pipeline.standing().findings if finding.kind == "parts_and_total"]
    assert [finding.severity for finding in found] == [Severity.WARNING, Severity.WARNING]
    assert "-$200,053,637.84 apart" in found[1].says
