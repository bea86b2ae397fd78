"""Official files beside captures: believed first, and never counted twice."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import bundled_records
from tests.tables.conftest import Captured

SOURCE = "usaspending_transactions"
FULL, PART = "FY2026_070_Contracts_Full_20260706_1.csv", "Contracts_PrimeTransactions_2026-07-08_H01M02S03_1.csv"
AWARD = "CONT_AWD_{}_7012_-NONE-_-NONE-"
KEYS = ("contract_transaction_unique_key", "contract_award_unique_key")
VEHICLE = {
    "contract_transaction_unique_key": "7012_7012_70V_0_70W_0",
    "contract_award_unique_key": "CONT_IDV_70V_7012",
    "award_id_piid": "70V",
    "parent_award_agency_id": "7012",
    "parent_award_id_piid": "70W",
    "award_or_idv_flag": "IDV",
    "award_type_code": "",
    "award_type": "",
    "idv_type_code": "B",
    "idv_type": "IDC",
}
CAPTURED = [
    "ICE,70A,ONE LLC,100.00,2025-10-02,0,CONT_AWD_70A_7012_-NONE-_-NONE-",
    "ICE,70B,TWO LLC,10.00,2025-10-03,0,CONT_AWD_70B_7012_-NONE-_-NONE-",
]


@pytest.fixture(scope="module")
def filled() -> dict[str, str]:
    """A row of the official layout with something in every column: the first cell of the source's sample."""
    (sample,) = (bundled_records() / "sources/us" / SOURCE / "sample").glob("FY2025*Full*.zip")
    with zipfile.ZipFile(sample) as packed, packed.open(packed.namelist()[0]) as member:
        rows = list(csv.DictReader(io.TextIOWrapper(member, encoding="utf-8")))
    return {name: next((row[name] for row in rows if row[name]), "") for name in rows[0]}


def add(
    pipeline: Pipeline, folder: Path, name: str, rows: Sequence[Mapping[str, str]], without: tuple[str, ...] = ()
) -> None:
    # an indefinite delivery vehicle beside them, so that no column is empty in the whole file
    listed = [*rows, {**rows[0], **VEHICLE}]
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        names = [column for column in listed[0] if column not in without]
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(listed)
    release, _ = pipeline.add(pipeline.catalog.source(SOURCE), path, Provenance(SOURCE, name))
    severe = [found.says for found in pipeline.standing().findings if found.severity is Severity.SEVERE]
    assert severe == [], release


def official(filled: Mapping[str, str], piid: str, usd: str, **more: str) -> dict[str, str]:
    key = f"7012_-NONE-_{piid}_0_-NONE-_0"
    said = {
        "contract_transaction_unique_key": key,
        "contract_award_unique_key": AWARD.format(piid),
        "award_id_piid": piid,
        "modification_number": "0",
        "transaction_number": "0",
        "federal_action_obligation": usd,
        "potential_total_value_of_award": "900.00",
        "action_date": "2025-10-02",
        "awarding_agency_code": "070",
        "awarding_sub_agency_code": "7012",
        "awarding_sub_agency_name": "U.S. Immigration and Customs Enforcement",
        "recipient_uei": "UEIOFTHEONE1",
        "recipient_name": "ONE LLC",
        "award_or_idv_flag": "AWARD",
        "award_type_code": "B",
        "award_type": "PURCHASE ORDER",
        "parent_award_agency_id": "",
        "parent_award_id_piid": "",
        "product_or_service_code": "S206",
        "product_or_service_code_description": "HOUSEKEEPING- GUARD",
        "sole_proprietorship": "f",
        "organizational_type": "CORPORATE NOT TAX EXEMPT",
        "idv_type_code": "",
        "idv_type": "",
    }
    return {**filled, **said, **more}


def totals(pipeline: Pipeline) -> dict[str, Decimal]:
    rows = Bench(pipeline).engine.query(
        "SELECT piid, sum(federal_action_obligation_usd) AS usd FROM contract_actions GROUP BY piid"
    )
    return {row["piid"]: row["usd"] for row in rows.to_pylist()}


def test_a_whole_official_year_stands_in_place_of_the_captured_one(
    captured: Captured, tmp_path: Path, filled: dict[str, str]
) -> None:
    pipeline = captured(CAPTURED)
    add(pipeline, tmp_path, FULL, [official(filled, "70A", "150.00")])
    assert totals(pipeline) == {"70A": Decimal("150.00")}
    (action,) = Bench(pipeline).engine.query("SELECT * FROM contract_actions").to_pylist()
    assert action["action_key"] == "7012_-NONE-_70A_0_-NONE-_0"
    assert (action["agency"], action["recipient"], action["category"]) == ("ICE", "uei:UEIOFTHEONE1", "detention")
    (award,) = Bench(pipeline).engine.query("SELECT * FROM awards").to_pylist()
    assert (award["ceiling_usd"], award["values_from"]) == (Decimal("900.00"), "action of 2025-10-02")


def test_a_part_of_a_year_amends_the_captured_one_and_counts_nothing_twice(
    captured: Captured, tmp_path: Path, filled: dict[str, str]
) -> None:
    pipeline = captured(CAPTURED)
    add(pipeline, tmp_path, PART, [official(filled, "70A", "150.00"), official(filled, "70C", "1.00")])
    assert totals(pipeline) == {"70A": Decimal("150.00"), "70B": Decimal("10.00"), "70C": Decimal("1.00")}


def test_a_captured_action_without_an_award_key_is_amended_and_not_counted_twice(
    captured: Captured, tmp_path: Path, filled: dict[str, str]
) -> None:
    pipeline = captured(["ICE,70A,ONE LLC,100.00,2025-10-02,0,", "ICE,70B,TWO LLC,10.00,2025-10-03,0,"])
    add(pipeline, tmp_path, PART, [official(filled, "70A", "150.00")])
    assert totals(pipeline) == {"70A": Decimal("150.00"), "70B": Decimal("10.00")}


def test_what_does_not_single_out_one_captured_action_amends_none(
    captured: Captured, tmp_path: Path, filled: dict[str, str]
) -> None:
    orders = ["ICE,0001,ONE LLC,100.00,2025-10-02,0,", "ICE,0001,TWO LLC,10.00,2025-10-03,0,"]
    pipeline = captured(orders)
    add(pipeline, tmp_path, PART, [official(filled, "0001", "150.00")])
    assert totals(pipeline) == {"0001": Decimal("260.00")}


def test_a_captured_action_with_an_award_key_is_amended_by_its_whole_key_alone(
    captured: Captured, tmp_path: Path, filled: dict[str, str]
) -> None:
    pipeline = captured(["ICE,0001,ONE LLC,100.00,2025-10-02,0,CONT_AWD_0001_7012_70X_7012"])
    add(pipeline, tmp_path, PART, [official(filled, "0001", "150.00")])
    assert totals(pipeline) == {"0001": Decimal("250.00")}


def test_a_captured_name_and_an_official_uei_on_one_award_are_one_recipient(
    captured: Captured, tmp_path: Path, filled: dict[str, str]
) -> None:
    pipeline = captured([*CAPTURED, "ICE,70D,ONE LLC,7.00,2025-10-04,0,CONT_AWD_70D_7012_-NONE-_-NONE-"])
    add(pipeline, tmp_path, PART, [official(filled, "70A", "150.00")])
    rows = Bench(pipeline).engine.query("SELECT piid, recipient FROM contract_actions").to_pylist()
    assert {row["piid"]: row["recipient"] for row in rows} == {
        "70A": "uei:UEIOFTHEONE1",
        "70B": "name:TWO LLC",
        "70D": "uei:UEIOFTHEONE1",
    }


def test_the_old_layout_s_missing_keys_are_put_together(
    captured: Captured, tmp_path: Path, filled: dict[str, str]
) -> None:
    pipeline = captured(CAPTURED)
    add(pipeline, tmp_path, FULL, [official(filled, "70A", "150.00")], without=KEYS)
    (action,) = Bench(pipeline).engine.query("SELECT action_key, award_key FROM contract_actions").to_pylist()
    assert action == {"action_key": "7012_-NONE-_70A_0_-NONE-_0", "award_key": AWARD.format("70A")}
