"""What a capture lacks without saying so: amounts, an agency, a page at either end, its own year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.checks.captures import AMOUNT, ICE, Mix, Row, judged, made, of, write

DAY = date(2025, 2, 1)


def _found(settings: Settings, folder: Path, rows: list[Row], kind: str, year: int = 2024) -> list[Finding]:
    return [f for f in judged(Pipeline(settings), folder, (rows, DAY), year=year) if f.kind == kind]


def test_a_blank_amount_makes_its_scope_incomplete(settings: Settings, tmp_path: Path) -> None:
    rows = [{**row, AMOUNT: ""} if place == 7 else row for place, row in enumerate(made())]
    (told,) = _found(settings, tmp_path, rows, "blank_amount")
    assert (told.scope, told.severity, told.count) == (ICE, Severity.INCOMPLETE, 1)
    assert told.evidence[0]["source_row"] == 8


def test_an_agency_that_the_files_name_promises_and_no_row_is_of_is_called_out_once(
    settings: Settings, tmp_path: Path
) -> None:
    found = judged(Pipeline(settings), tmp_path, (of(made(), "CBP"), DAY))
    told = [(f.kind, f.scope, f.severity) for f in found if f.kind in ("missing_part", "promised_scope")]
    assert told == [("promised_scope", ICE, Severity.INCOMPLETE)]


def test_an_agency_missing_from_a_capture_whose_name_promises_nothing_is_asked_about(
    settings: Settings, tmp_path: Path
) -> None:
    pipeline = Pipeline(settings)
    path = write(of(made(), "CBP"), tmp_path / "saved.csv")
    source = pipeline.catalog.source("usaspending_captures")
    pipeline.add(source, path, Provenance(source.id, path.name, as_of=DAY))
    (told,) = [finding for finding in pipeline.standing().findings if finding.kind == "missing_part"]
    assert (told.scope, told.severity) == (ICE, Severity.WARNING)


def test_rows_of_another_year_than_the_files_name_says_are_kept_out(settings: Settings, tmp_path: Path) -> None:
    (told,) = _found(settings, tmp_path, made(), "not_what_the_name_says", year=2023)
    assert told.severity is Severity.SEVERE


def test_a_capture_sorted_upwards_that_lacks_the_large_amounts_is_called_out(
    settings: Settings, tmp_path: Path
) -> None:
    rows = [*of(made(), "ICE")[:-701:-1], *of(made(), "CBP")]
    (told,) = _found(settings, tmp_path, rows, "truncated_capture")
    assert (told.scope, told.severity) == (ICE, Severity.INCOMPLETE)


@pytest.mark.parametrize("seed", range(4))
def test_a_whole_capture_of_full_pages_is_not_called_out(settings: Settings, tmp_path: Path, seed: int) -> None:
    mixes = [Mix("ICE", 1200, 0.4, 0.09), Mix("CBP", 1700, 0.17, 0.15)]
    assert not _found(settings, tmp_path, made(seed, mixes), "truncated_capture")


@pytest.mark.parametrize("cut", [100, 200, 300])
def test_a_capture_that_stops_a_page_or_more_before_its_end_is_called_out(
    settings: Settings, tmp_path: Path, cut: int
) -> None:
    whole = made(2, [Mix("ICE", 1200, 0.4, 0.09), Mix("CBP", 5000, 0.17, 0.15)])
    rows = [*of(whole, "ICE"), *of(whole, "CBP")[:-cut]]
    (told,) = _found(settings, tmp_path, rows, "truncated_capture")
    assert (told.scope, told.severity) == ("7014/FY2024", Severity.INCOMPLETE)
