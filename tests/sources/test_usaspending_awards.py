"""Award summaries and subawards: official downloads and re-saved ones, cumulative amounts, nobody's pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tallystick.archive.ledger import Publication
from tallystick.catalog import Catalog
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import WITHHELD
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings

FOLDER = "procurement/usaspending_award_csv"
PERSONAL = ("compensated_officer", "phone", "fax", "address_line", "street")


def add(settings: Settings, source: str, path: Path) -> tuple[Release, Publication, list[dict[str, Any]]]:
    pipeline = Pipeline(settings)
    release, made = pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))
    file = made.files[0]
    return release, made, pq.read_table(settings.home / "published" / file["table"] / file["file"]).to_pylist()


@pytest.mark.parametrize("source", ["usaspending_awards", "usaspending_subawards"])
def test_no_column_holds_a_persons_pay_telephone_or_street(catalog: Catalog, source: str) -> None:
    for publication in catalog.source(source).publishes.values():
        for own, column in publication.columns.items():
            named = " ".join([own, *column.names(own)])
            assert not [word for word in PERSONAL if word in named]


def test_a_nameless_row_number_of_a_re_saved_file_is_left_out(
    settings: Settings, catalog: Catalog, tmp_path: Path
) -> None:
    sample = catalog.source("usaspending_awards").folder / "sample" / "us-local-gov-ice-contracts.csv"
    first, *rows = sample.read_text().splitlines()
    saved = tmp_path / sample.name
    saved.write_text("\n".join([f'"",{first}', *(f"{place},{row}" for place, row in enumerate(rows))]) + "\n")
    _, made, held = add(settings, "usaspending_awards", saved)
    assert not [finding for finding in made.findings if finding.severity is Severity.SEVERE]
    assert len(held) == len(rows)


def test_a_nameless_column_that_nobody_named_stops_the_release(
    settings: Settings, catalog: Catalog, tmp_path: Path
) -> None:
    sample = catalog.source("usaspending_awards").folder / "sample" / "us-local-gov-ice-contracts.csv"
    saved = tmp_path / sample.name
    saved.write_text("\n".join(f"{line},7" for line in sample.read_text().splitlines()).replace(",7", ",", 1) + "\n")
    _, made, _ = add(settings, "usaspending_awards", saved)
    (finding,) = [finding for finding in made.findings if finding.kind == "unknown_column"]
    assert "(column 280)" in finding.says


@pytest.mark.real_data
def test_the_official_download_keeps_its_codes_its_day_and_its_blank_ceilings(
    real_data: Path, settings: Settings
) -> None:
    path = real_data / FOLDER / "Contracts_PrimeAwardSummaries_2025-03-21_H19M57S23_1.csv"
    release, made, rows = add(settings, "usaspending_awards", path)
    assert release.provenance.published == date(2025, 3, 21)
    assert [found.kind for found in made.findings] == ["withheld_cell"]
    assert len(rows) == 1369
    assert {row["agency_code"] for row in rows} == {"070"}
    assert sum(row["ceiling_usd"] is None for row in rows) == 1369 - 535
    assert max(row["potential_end_date"] for row in rows if row["potential_end_date"]).year < 2040
    assert min(row["first_action_date"] for row in rows).year >= 2002


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "rows_stated", "as_of"),
    [
        ("active_gun_range_contracts.csv", 24, date(2025, 3, 17)),
        ("us-local-gov-ice-contracts.csv", 720, date(2023, 4, 20)),
        ("us-reg-state-gov-ice-contracts.csv", 331, date(2023, 4, 27)),
    ],
)
def test_a_re_saved_download_is_dated_by_the_latest_change_in_it(
    real_data: Path, settings: Settings, name: str, rows_stated: int, as_of: date
) -> None:
    release, made, rows = add(settings, "usaspending_awards", real_data / FOLDER / name)
    assert release.provenance.as_of == as_of == max(row["last_modified_date"] for row in rows)
    assert len(rows) == rows_stated
    assert WITHHELD not in {row["recipient_name"] for row in rows}, "governments and ranges are no persons"
    assert {row["agency_code"] for row in rows} == {"070"}
    assert not [finding for finding in made.findings if finding.severity is Severity.SEVERE]


@pytest.mark.real_data
def test_an_assistance_file_given_as_contracts_is_a_finding_and_never_rows(
    real_data: Path, settings: Settings
) -> None:
    path = real_data / FOLDER / "Assistance_PrimeAwardSummaries_2025-03-28_H03M23S01_1.csv"
    _, made, _ = add(settings, "usaspending_awards", path)
    kinds = {finding.kind for finding in made.findings if finding.severity is Severity.SEVERE}
    assert {"unknown_column", "missing_column"} <= kinds
    assert not Pipeline(settings).edition().of("usaspending_awards_published")


@pytest.mark.real_data
def test_subawards_keep_the_amount_of_the_prime_award_apart(real_data: Path, settings: Settings) -> None:
    path = real_data / FOLDER / "Contracts_Subawards_2025-03-28_H03M23S17_1.csv"
    _, made, rows = add(settings, "usaspending_subawards", path)
    assert [found.kind for found in made.findings] == ["withheld_cell"]
    assert len(rows) == len({row["subaward_report_id"] for row in rows}) == 482
    repeated = [row["prime_obligated_usd"] for row in rows]
    assert len(set(repeated)) == 159 < len(repeated)


@pytest.mark.real_data
def test_the_award_page_answers_with_its_ceiling(real_data: Path, settings: Settings) -> None:
    path = real_data / "procurement/other/award_detail_CONT_AWD_70CDCR26FR0000042_trimmed.json"
    release, made, (award,) = add(settings, "usaspending_award_details", path)
    assert made.findings == ()
    assert release.provenance.as_of == date(2026, 6, 26)
    assert award["ceiling_usd"] == Decimal("41167972.72")
    assert award["potential_end_date"] == date(2026, 12, 19)
    assert award["recipient_name"] == "THE GEO GROUP, INC."
