"""Made lists of agreements, added one by one: what is found does not depend on the order in which they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from scripts.spreadsheet import Made, Value, write

from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

SOURCE = "agreements_287g_participating"
HEAD = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA", "ADDENDUM")
FIRST = date(2025, 3, 1)
DAYS = (date(2025, 7, 1), date(2025, 7, 7), date(2025, 7, 8))


def _list(folder: Path, day: date, rows: int, far_off: int | None = None) -> Path:
    """A list of `rows` agreements as of `day`; the row `far_off` was signed in the year 5025."""
    table: list[Sequence[Value]] = [HEAD]
    for n in range(rows):
        signed: Value = "5025-07-07" if n == far_off else FIRST + timedelta(n % 90)
        table.append(
            ("OHIO", f"Office {n} of the Sheriff", "County", "Ross County", "Task Force Model", signed, "", "")
        )
    return write(folder / f"participatingAgencies{day:%m%d%Y}am.xlsx", [Made("Sheet1", {(0, 0): table})])


def _found(home: Path, files: Sequence[Path]) -> tuple[Finding, ...]:
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(),), threads=1))
    source = pipeline.catalog.source(SOURCE)
    for file in files:
        pipeline.add(source, file, Provenance(SOURCE, file.name))
    return pipeline.standing().findings


def test_a_list_with_an_impossible_year_says_so_with_its_row(tmp_path: Path) -> None:
    findings = _found(tmp_path / "home", [_list(tmp_path, DAYS[0], 120, far_off=6)])
    (told,) = (finding for finding in findings if finding.kind == "impossible_date")
    assert (told.severity, told.count) == (Severity.WARNING, 1)
    assert told.evidence[0]["row"] == 8
    assert told.evidence[0]["signed_date"] == "5025-07-07"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_findings_are_the_same_in_whatever_order_the_lists_were_added(order: tuple[int, ...], tmp_path: Path) -> None:
    files = [_list(tmp_path, day, 120 + n, far_off=None if n == 0 else 6) for n, day in enumerate(DAYS)]
    told = _found(tmp_path / "home", [files[n] for n in order])
    severities = [finding.severity for finding in told if finding.kind == "impossible_date"]
    assert severities == [Severity.WARNING, Severity.NOTE]
    once = _found(tmp_path / "again", files)
    assert sorted(map(_said, told)) == sorted(map(_said, once))


def _said(finding: Finding) -> tuple[str, ...]:
    return (finding.release, finding.kind, finding.severity, finding.scope or "", finding.says)
