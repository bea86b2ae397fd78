"""Inventories of AI uses with generated faults: each is told, with its place, and none is read past."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick import Member, ReleaseError
from tallystick.catalog import load_module
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

SOURCE, NAME = "ai_use_cases_2025", "ice_2025_rows.csv"
SAMPLE = bundled_records() / "sources/us" / SOURCE / "sample" / NAME
Lines = list[list[str]]


def made(uses: int = 40) -> Lines:
    """A selection of made-up uses, each with every question answered."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        header, _, full = csv.reader(file)
    place = header.index("id"), header.index("use_case_name")
    lines = [header]
    for n in range(1, uses + 1):
        line = list(full)
        line[place[0]], line[place[1]] = f"DHS-{n}", f"Counting of gulls on quay {n}"
        lines.append(line)
    return lines


@pytest.fixture
def found(settings: Settings, tmp_path: Path) -> Callable[..., dict[str, Finding]]:
    def read(lines: Lines, encoding: str = "utf-8") -> dict[str, Finding]:
        path = tmp_path / NAME
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(lines)
        pipeline = Pipeline(replace(settings, home=tmp_path / "home"))
        pipeline.add(pipeline.catalog.source(SOURCE), path, Provenance(SOURCE, NAME))
        return {finding.kind: finding for finding in pipeline.standing().findings}

    return read


def column(lines: Lines, name: str) -> int:
    return lines[0].index(name)


def with_cell(lines: Lines, row: int, name: str, cell: str) -> Lines:
    changed = [list(line) for line in lines]
    changed[row][column(lines, name)] = cell
    return changed


def severe(findings: dict[str, Finding]) -> set[str]:
    return {kind for kind, finding in findings.items() if finding.severity is Severity.SEVERE}


def test_a_good_inventory_has_no_severe_finding(found: Callable[..., dict[str, Finding]]) -> None:
    findings = found(made())
    assert severe(findings) == set()
    assert {"moved_cell", "shifted_row"} & findings.keys() == set()


@pytest.mark.parametrize("name", ["hi_ongoing_monitoring", "has_pii", "development_stage", "pia_url"])
def test_a_missing_column_stops_it(found: Callable[..., dict[str, Finding]], name: str) -> None:
    lines = made()
    gone = column(lines, name)
    finding = found([[*line[:gone], *line[gone + 1 :]] for line in lines])["missing_column"]
    assert finding.severity is Severity.SEVERE


def test_a_changed_header_stops_it_by_its_name(found: Callable[..., dict[str, Finding]]) -> None:
    lines = made()
    lines[0][column(lines, "has_pii")] = "Does it hold personal data?"
    findings = found(lines)
    assert {"missing_column", "unknown_column"} <= severe(findings)
    assert "Does it hold personal data?" in findings["unknown_column"].says


def test_a_question_that_nobody_answers_any_more_stops_it(found: Callable[..., dict[str, Finding]]) -> None:
    lines = made()
    for row in range(1, len(lines)):
        lines = with_cell(lines, row, "has_pii", "")
    assert "personal_data" in found(lines)["empty_column"].says


def test_one_blank_answer_is_no_finding(found: Callable[..., dict[str, Finding]]) -> None:
    assert severe(found(with_cell(made(), 3, "has_pii", ""))) == set()


def test_an_identifier_given_twice_is_told(found: Callable[..., dict[str, Finding]]) -> None:
    assert found(with_cell(made(), 2, "id", "DHS-1"))["ambiguous_key"].count == 1


def test_a_use_told_twice_is_told(found: Callable[..., dict[str, Finding]]) -> None:
    lines = made()
    assert found([*lines, lines[5]])["duplicate_rows"].count == 1


@pytest.mark.parametrize("row", [1, 20, 40])
def test_a_row_whose_answers_slipped_by_one_is_told_with_its_number(
    found: Callable[..., dict[str, Finding]], row: int
) -> None:
    lines = made()
    first, last = column(lines, "hi_ongoing_monitoring"), column(lines, "hi_appeal_process")
    cells = ["Yes - Monitoring Established", "Training Established", "Appeal Process Established"]
    lines[row][first : last + 1] = ["CAIO Review", cells[0], cells[1], cells[0]]
    findings = found(lines)
    told = [one for kind in ("shifted_row", "moved_cell") if kind in findings for one in findings[kind].evidence]
    assert {one["row"] for one in told} == {row}
    assert severe(findings) == set()


@pytest.mark.parametrize("change", [lambda line: line[:-1], lambda line: [*line, "more"]])
def test_a_row_with_a_cell_too_few_or_too_many_is_refused_with_its_line(
    found: Callable[..., dict[str, Finding]], change: Callable[[Sequence[str]], list[str]]
) -> None:
    lines = made()
    lines[7] = change(lines[7])
    with pytest.raises(ReleaseError, match="line 8"):
        found(lines)


def test_another_encoding_is_refused_with_its_line(found: Callable[..., dict[str, Finding]]) -> None:
    lines = with_cell(made(), 4, "benefits", "the gulls’ count")
    with pytest.raises(ReleaseError, match="line 5"):
        found(lines, encoding="cp1252")


def test_a_list_of_answers_that_is_cut_off_is_refused(found: Callable[..., dict[str, Finding]]) -> None:
    with pytest.raises(ReleaseError, match="row 6, hi_public_consultation"):
        found(with_cell(made(), 6, "hi_public_consultation", "['Usability Testing"))


def test_answers_of_a_list_stand_with_bars_between() -> None:
    read = load_module(f"sources/{SOURCE}/read.py", SAMPLE.parents[1] / "read.py").read
    (rows,) = read(Member(NAME, SAMPLE)).values()
    assert [row["hi_public_consultation"] for row in rows] == ["", "Usability Testing | Other"]
