"""Every kind of fault is found, in its place; a clean capture gives nothing that asks anyone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallystick.nouns.finding import Finding, Severity
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.checks import captures, faults
from tests.checks.faults import Fault

DAY, LATER = date(2025, 2, 1), date(2025, 8, 1)


def _named(fault: Fault) -> str:
    return fault.name


def _asking(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.says for finding in findings if finding.severity is not Severity.NOTE]


@pytest.mark.parametrize("fault", faults.IN_ONE_RELEASE, ids=_named)
def test_a_fault_in_the_first_release_is_found_in_its_place(fault: Fault, settings: Settings, tmp_path: Path) -> None:
    findings = captures.judged(Pipeline(settings), tmp_path, (fault.put(captures.made()), DAY))
    assert faults.is_found(fault, findings), [(f.severity, f.kind, f.scope, f.says) for f in findings]


@pytest.mark.parametrize("fault", faults.BESIDE_THE_LAST, ids=_named)
def test_a_fault_beside_the_release_before_is_found_in_its_place(
    fault: Fault, settings: Settings, tmp_path: Path
) -> None:
    clean = captures.made()
    findings = captures.judged(Pipeline(settings), tmp_path, (clean, DAY), (fault.put(clean), LATER))
    assert faults.is_found(fault, findings), [(f.severity, f.kind, f.scope, f.says) for f in findings]


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_clean_capture_asks_nobody(seed: int, settings: Settings, tmp_path: Path) -> None:
    first, later = captures.made(seed), captures.made(seed)
    later[0]["Transaction Description"] = "told otherwise"
    assert _asking(captures.judged(Pipeline(settings), tmp_path, (first, DAY), (later, LATER))) == []


def test_a_slip_of_the_decimal_point_is_found_where_binary_division_would_miss_it(
    settings: Settings, tmp_path: Path
) -> None:
    clean, later = captures.made(), captures.made()
    clean[300][captures.AMOUNT], later[300][captures.AMOUNT] = "77336.54", "77336540.00"
    findings = captures.judged(Pipeline(settings), tmp_path, (clean, DAY), (later, LATER))
    assert "1,000 times as much" in next(finding.says for finding in findings if finding.kind == "power_of_ten")


def test_a_fault_in_one_scope_leaves_the_other_in_force(settings: Settings, tmp_path: Path) -> None:
    pipeline = Pipeline(settings)
    captures.judged(pipeline, tmp_path, (captures.made(), DAY), (faults.thousandfold(captures.made()), LATER))
    ice, cbp = (c for c in pipeline.standing().coverage if c.table == "usaspending_captures_published")
    assert (ice.scope, ice.speaks_for, ice.since, ice.is_stale) == (captures.ICE, DAY, LATER, True)
    assert "implausible" in ice.held[0].because[0].kind
    assert (cbp.scope, cbp.speaks_for, cbp.is_stale) == (captures.CBP, LATER, False)


def test_a_whole_capture_takes_the_place_of_a_cut_off_one_without_being_held_against_it(
    settings: Settings, tmp_path: Path
) -> None:
    pipeline, clean = Pipeline(settings), captures.made()
    found = captures.judged(pipeline, tmp_path, (faults.truncated(300)(clean), DAY), (clean, LATER))
    assert _asking(found) == []
    ice = next(c for c in pipeline.standing().coverage if c.scope == captures.ICE)
    assert (ice.speaks_for, ice.rows, ice.says) == (LATER, 1237, "")


def test_what_is_reported_late_asks_but_does_not_stop_publishing(settings: Settings, tmp_path: Path) -> None:
    clean = captures.made()
    early = [row for i, row in enumerate(clean) if row["Agency"] == "CBP" or i % 3 or i < 3]
    found = captures.judged(Pipeline(settings), tmp_path, (early, DAY), (clean, LATER))
    assert {finding.kind for finding in found if finding.severity is Severity.WARNING} >= {"row_count_drift"}
    assert not [finding.says for finding in found if finding.severity is Severity.SEVERE]


def test_that_nothing_changed_is_said_only_where_no_cell_did(settings: Settings, tmp_path: Path) -> None:
    first, later = captures.made(), captures.made()
    later[0]["NAICS Description"] = "told otherwise"
    found = captures.judged(Pipeline(settings), tmp_path, (first, DAY), (later, LATER))
    told = {finding.scope: finding for finding in found if finding.kind in ("same_content", "same_amounts")}
    assert told[captures.CBP].says.startswith("nothing in 7014/FY2024 changed")
    assert "no amount in 7012/FY2024 changed" in told[captures.ICE].says
    assert "1 row(s) of the earlier say something else in naics_name" in told[captures.ICE].says


def test_a_few_amounts_corrected_stop_nothing(settings: Settings, tmp_path: Path) -> None:
    first, later = captures.made(), captures.made()
    for row in later[200:205]:
        row[captures.AMOUNT] = f"{float(row[captures.AMOUNT]) + 10:.2f}"
    found = captures.judged(Pipeline(settings), tmp_path, (first, DAY), (later, LATER))
    assert [f.severity for f in found if f.kind == "restatement"] == [Severity.NOTE]
