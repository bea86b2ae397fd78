"""Notices of SAM.gov: one table from the CSV, the API's answers and a re-saved subset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tallystick.catalog import Catalog
from tallystick.errors import ReleaseError
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings


def read(settings: Settings, path: Path) -> tuple[list[dict[str, Any]], set[str]]:
    """The published rows of one file, and the kinds of its Findings."""
    pipeline = Pipeline(settings)
    source = pipeline.catalog.source("sam_opportunities")
    _, made = pipeline.add(source, path, Provenance(source.id, path.name))
    file = made.files[0]
    rows = pq.read_table(settings.home / "published" / file["table"] / file["file"]).to_pylist()
    return rows, {finding.kind for finding in made.findings}


@pytest.fixture
def sample(catalog: Catalog) -> Path:
    return catalog.source("sam_opportunities").folder / "sample"


def test_times_with_a_zone_are_kept_as_the_instant_in_utc(settings: Settings, sample: Path) -> None:
    (row,), _ = read(settings, sample / "ContractOpportunitiesFullCSV.csv")
    assert row["posted_at"].isoformat() == "2026-02-20T21:57:56.079000"
    assert row["response_deadline"].isoformat() == "2026-03-02T21:00:00"


def test_a_code_that_a_spreadsheet_damaged_is_repaired_and_said_so(settings: Settings, sample: Path) -> None:
    (row,), kinds = read(settings, sample / "sam_opportunities_2026-03-02.csv")
    assert (row["agency_code"], row["naics_code"]) == ("090", "335901")
    assert "repaired_cell" in kinds


def test_the_api_and_the_csv_give_rows_of_one_shape(settings: Settings, sample: Path) -> None:
    wanted, awarded = read(settings, sample / "sam_opportunities_2026-03-01.json")[0]
    assert (wanted["agency_code"], wanted["sub_agency_code"], wanted["office_code"]) == ("090", "9012", "90WICK")
    assert wanted["response_deadline"].isoformat() == "2026-03-21T04:30:00"
    assert (str(awarded["award_usd"]), awarded["award_piid"]) == ("150000.50", "90LAMP26P00000003")
    assert awarded["posted_at"].isoformat() == "2026-02-28T23:45:22"


def test_nobody_who_may_be_asked_is_kept(settings: Settings, sample: Path) -> None:
    for file in sample.iterdir():
        rows, _ = read(settings, file)
        assert "INVENTED" not in repr(rows)
        assert "nobody@" not in repr(rows)


def test_an_error_page_is_refused_and_not_read_as_no_notices(settings: Settings, tmp_path: Path) -> None:
    page = tmp_path / "sam_opportunities_2026-03-03.json"
    page.write_text(
        json.dumps({"error": {"code": "OVER_RATE_LIMIT", "message": "you have exceeded your rate limit"}})
    )
    with pytest.raises(ReleaseError, match="no list 'opportunitiesData'"):
        read(settings, page)


def test_the_sites_extract_is_read_in_the_encoding_that_it_is_written_in(
    settings: Settings, sample: Path, tmp_path: Path
) -> None:
    extract = tmp_path / "ContractOpportunitiesFullCSV.csv"
    text = (sample / extract.name).read_text(encoding="utf-8").replace("Oil for the", "Oil – “best” – for the")
    extract.write_bytes(text.encode("cp1252"))
    (row,), _ = read(settings, extract)
    assert row["title"] == "Oil – “best” – for the south tower"


@pytest.mark.real_data
def test_the_real_subset_reads_whole_with_its_damage_noted(real_data: Path, settings: Settings) -> None:
    rows, kinds = read(settings, real_data / "procurement/other/sam_opportunities_2026-03-22.csv")
    assert len(rows) == 526
    assert kinds == {"repaired_cell"}
    assert {len(row["agency_code"]) for row in rows if row["agency_code"]} == {3}
    assert all("." not in (row["naics_code"] or "") for row in rows)


@pytest.mark.parametrize("counted", [250, "250"])
def test_a_page_that_counts_more_notices_than_it_holds_is_incomplete(
    counted: object, settings: Settings, sample: Path, tmp_path: Path
) -> None:
    pipeline = Pipeline(settings)
    answer = json.loads((sample / "sam_opportunities_2026-03-01.json").read_text(encoding="utf-8"))
    path = tmp_path / "sam_opportunities_2026-03-05.json"
    path.write_text(json.dumps(answer | {"totalRecords": counted}), encoding="utf-8")
    source = pipeline.catalog.source("sam_opportunities")
    _, made = pipeline.add(source, path, Provenance(source.id, path.name))
    (found,) = [finding for finding in made.findings if finding.kind == "truncated_capture"]
    assert (found.severity, found.scope) == (Severity.INCOMPLETE, None)
    assert "counts 250 under totalRecords and holds 2 under opportunitiesData" in found.says
    held = [c for c in pipeline.standing().coverage if c.table == "sam_opportunities_published"]
    assert held
    assert all(found in coverage.incomplete for coverage in held)


def test_an_answer_that_holds_all_it_counts_is_whole(settings: Settings, sample: Path) -> None:
    assert "truncated_capture" not in read(settings, sample / "sam_opportunities_2026-03-01.json")[1]


def test_a_kind_of_notice_never_seen_is_told(settings: Settings, sample: Path, tmp_path: Path) -> None:
    pipeline = Pipeline(settings)
    answer = (sample / "sam_opportunities_2026-03-01.json").read_text(encoding="utf-8")
    path = tmp_path / "sam_opportunities_2026-03-05.json"
    path.write_text(answer.replace('"type": "Solicitation"', '"type": "Reverse Raffle"'), encoding="utf-8")
    source = pipeline.catalog.source("sam_opportunities")
    pipeline.add(source, path, Provenance(source.id, path.name))
    (found,) = [finding for finding in pipeline.standing().findings if finding.kind == "unknown_category"]
    assert "1 value(s) never seen in type" in found.says
    assert "'Reverse Raffle'" in found.says
