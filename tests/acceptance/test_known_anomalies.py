"""Every known error of the official releases is caught, of the right kind and place; ordinary ones are let be."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.acceptance.anomalies import FOUND, KNOWN, Known

pytestmark = pytest.mark.real_data
Judged = tuple[tuple[Finding, ...], Mapping[str, str]]


@pytest.fixture(scope="module")
def judged(real_bench: Bench) -> Judged:
    """Every Finding about the releases, and the releases' names."""
    return real_bench.findings(), {release.id: release.name for release in real_bench.pipeline.ledger.releases()}


@pytest.mark.parametrize("known", [*KNOWN, *FOUND], ids=lambda known: f"{known.id}-{known.file}-{known.place}")
def test_a_known_error_is_caught_in_its_place(known: Known, judged: Judged) -> None:
    findings, names = judged
    near = [finding.says for finding in findings if known.file in names.get(finding.release, "")]
    assert known.is_caught(findings, names), near


def test_columns_that_figures_are_told_by_are_stopped_where_they_changed_places(judged: Judged) -> None:
    (shifted,) = (known for known in KNOWN if known.id == "D13")
    findings, names = judged
    assert {f.severity for f in findings if shifted.caught_by(f, names)} == {Severity.SEVERE}


def test_no_known_error_is_left_out(real_data: Path) -> None:
    listed = real_data.parent / "acceptance" / "KNOWN_ANOMALIES.tsv"
    with listed.open(encoding="utf-8") as file:
        ids = {row["id"] for row in csv.DictReader(file, delimiter="\t")}
    assert ids == {known.id for known in KNOWN}


def test_no_ordinary_release_is_stopped_and_four_in_five_ask_nobody(judged: Judged) -> None:
    findings, names = judged
    known = {name for name in names.values() for told in (*KNOWN, *FOUND) if told.names(name)}
    series = {
        release for release, name in names.items() if re.search("detention-?stats|Agencies|Entities", name, re.I)
    }
    ordinary = {release for release in series if names[release] not in known}
    workbooks = {release for release in ordinary if "detention" in names[release].casefold()}
    asking = Counter(f.release for f in findings if f.severity is not Severity.NOTE)
    assert [f.says for f in findings if f.severity is Severity.SEVERE and f.release in ordinary] == []
    assert sum(release in asking for release in ordinary) <= len(ordinary) * 0.1
    assert sum(release in asking for release in workbooks) <= len(workbooks) * 0.2
    assert sum(asking[release] > 1 for release in workbooks) <= len(workbooks) * 0.1


WRONGLY_NAMED = {
    "agreements_287g/participating/participatingAgencies08022025pm.xlsx": date(2025, 8, 2),
    "agreements_287g/participating/participatingAgencies01052025pm.xlsx": date(2025, 1, 5),
    "agreements_287g/participating/participatingAgencies01092025pm.xlsx": date(2025, 1, 9),
    "detention_statistics/xlsx/20230121175133-FY23_detentionStats01192022.xlsx": date(2022, 1, 19),
    "detention_statistics/xlsx/20210723183806-FY21_detentionStats07222020.xlsx": date(2020, 7, 22),
}


@pytest.mark.parametrize("path", WRONGLY_NAMED)
def test_a_release_under_a_wrong_day_is_stopped_before_anybody_notes_the_right_one(
    path: str, real_data: Path, settings: Settings
) -> None:
    pipeline = Pipeline(settings)
    source = pipeline.catalog.source(
        "ice_detention_statistics" if "xlsx/" in path else "agreements_287g_participating"
    )
    file = real_data / path
    pipeline.add(source, file, Provenance(source.id, file.name, as_of=WRONGLY_NAMED[path]))
    stopped = [f for f in pipeline.standing().findings if f.severity is Severity.SEVERE]
    assert {(finding.kind, finding.scope) for finding in stopped} == {("name_contradicts", None)}
