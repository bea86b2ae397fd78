"""Awards: sums, the latest modification, and what is unknown."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tests.tables.conftest import Captured

PALANTIR = "70CTD022FR0000170"
AWARD = "CONT_AWD_70A_7012_70D_7001"


def test_what_the_latest_modification_says_stands(captured: Captured) -> None:
    lines = [
        f"ICE,70A,NEW NAME LLC,1.00,2025-11-02,P00010,{AWARD}",
        f"ICE,70A,OLD NAME LLC,2.00,2025-11-02,P00009,{AWARD}",
        f"ICE,70A,FIRST NAME LLC,4.00,2025-10-02,0,{AWARD}",
    ]
    (award,) = Bench(captured(lines)).engine.query("SELECT * FROM awards").to_pylist()
    assert award["recipient_name"] == "NEW NAME LLC"
    assert award["obligated_usd"] == Decimal("7.00")
    assert award["actions"] == 3
    assert (award["first_action_date"], award["latest_action_date"]) == (date(2025, 10, 2), date(2025, 11, 2))


def test_a_ceiling_that_no_source_states_is_unknown_and_not_zero(captured: Captured) -> None:
    (award,) = (
        Bench(captured([f"ICE,70A,ONE LLC,1.00,2025-11-02,0,{AWARD}"]))
        .engine.query("SELECT * FROM awards")
        .to_pylist()
    )
    assert award["ceiling_usd"] is None
    assert award["values_from"] is None


def test_a_file_may_not_state_the_key_that_is_made_up_for_a_contract_without_one(captured: Captured) -> None:
    lines = ["ICE,70A,ONE LLC,1.00,2025-11-02,0,without-parent_7012_70A", "ICE,70A,ONE LLC,2.00,2025-11-03,P1,"]
    standing = captured(lines).standing()
    (told,) = [found for found in standing.findings if found.kind == "unknown_category"]
    assert "award_key: 'without-parent_7012_70A'" in told.says
    assert not standing.edition.of("usaspending_captures_published")


@pytest.mark.real_data
def test_awards_add_up_to_the_actions(real_bench: Bench) -> None:
    (sums,) = real_bench.engine.query(
        "SELECT (SELECT sum(obligated_usd) FROM awards) AS awards, "
        "(SELECT sum(actions)::BIGINT FROM awards) AS counted, "
        "(SELECT sum(federal_action_obligation_usd) FROM contract_actions) AS actions, "
        "(SELECT count(*) FROM contract_actions) AS held"
    ).to_pylist()
    assert sums["awards"] == sums["actions"]
    assert sums["counted"] == sums["held"]


@pytest.mark.real_data
def test_the_case_management_order_reached_its_two_sums(real_bench: Bench) -> None:
    rows = real_bench.engine.query(
        "SELECT action_date, sum(federal_action_obligation_usd) AS usd FROM contract_actions "
        f"WHERE piid = '{PALANTIR}' GROUP BY action_date ORDER BY action_date"
    ).to_pylist()
    total, reached = Decimal(), {}
    for row in rows:
        total += row["usd"]
        reached[row["action_date"]] = total
    in_time = {usd for day, usd in reached.items() if date(2025, 9, 26) <= day < date(2026, 3, 4)}
    assert in_time == {Decimal("139314020.61")}
    (award,) = real_bench.engine.query(f"SELECT * FROM awards WHERE piid = '{PALANTIR}'").to_pylist()
    assert award["obligated_usd"] == Decimal("150703824.61")
    assert award["ceiling_usd"] is None


@pytest.fixture(scope="module")
def with_award_files(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench over the last capture, the award files and one award page."""
    home = tmp_path_factory.mktemp("awards") / "home"
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(),), threads=2, memory_limit="2GB"))
    for source, folder, pattern in [
        ("usaspending_captures", "usaspending_transactions_api", "CBP_ICE_FY2026*.csv"),
        ("usaspending_awards", "usaspending_award_csv", "Contracts_PrimeAwardSummaries*.csv"),
        ("usaspending_awards", "usaspending_award_csv", "us-*.csv"),
        ("usaspending_award_details", "other", "award_detail*.json"),
    ]:
        for path in sorted((real_data / "procurement" / folder).glob(pattern)):
            pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))
    return Bench(pipeline)


@pytest.mark.real_data
def test_an_award_page_gives_the_ceiling_and_the_sum_stays_that_of_the_actions(with_award_files: Bench) -> None:
    (award,) = with_award_files.engine.query("SELECT * FROM awards WHERE piid = '70CDCR26FR0000042'").to_pylist()
    assert award["ceiling_usd"] == award["stated_obligated_usd"] == Decimal("41167972.72")
    assert award["obligated_usd"] == Decimal("76850838.39")
    assert award["values_from"] == "award page of 2026-06-26"
    assert (award["recipient"], award["recipient_uei"]) == ("geo-group", "JMLKZZ1NL2Z6")


@pytest.mark.real_data
def test_an_award_that_only_a_file_knows_has_no_actions_and_an_unknown_sum(with_award_files: Bench) -> None:
    (told,) = with_award_files.engine.query(
        "SELECT count(*) AS n, count(obligated_usd) AS summed, count(stated_obligated_usd) AS stated, "
        "count(DISTINCT award_key) AS keys FROM awards WHERE actions = 0"
    ).to_pylist()
    assert told["n"] == told["stated"] == told["keys"] > 1000
    assert told["summed"] == 0


@pytest.mark.real_data
def test_a_ceiling_is_the_file_s_own_and_a_blank_one_stays_unknown(with_award_files: Bench, real_data: Path) -> None:
    name = "procurement/usaspending_award_csv/Contracts_PrimeAwardSummaries_2025-03-21_H19M57S23_1.csv"
    with (real_data / name).open(encoding="utf-8") as file:
        said = {
            row["contract_award_unique_key"]: row["potential_total_value_of_award"] for row in csv.DictReader(file)
        }
    rows = with_award_files.engine.query(
        "SELECT award_key, ceiling_usd FROM awards WHERE values_from LIKE 'award file%'"
    ).to_pylist()
    compared = [(row["ceiling_usd"], said[row["award_key"]]) for row in rows if row["award_key"] in said]
    assert len(compared) > 1000
    assert all(ceiling == (Decimal(text).quantize(Decimal("0.01")) if text else None) for ceiling, text in compared)


@pytest.mark.real_data
def test_an_independent_list_of_award_totals_is_met_on_the_day_it_speaks_for(
    real_bench: Bench, real_data: Path
) -> None:
    """The list says no date; its totals are those of late May 2026. Actions before FY2022 are not held here."""
    with (real_data / "procurement/other/ice_awards_from_kb.csv").open(encoding="utf-8") as file:
        listed = {
            row["award_id_piid"].strip(): Decimal(row["award_amount"])
            for row in csv.DictReader(file)
            if row["start"].startswith("2") and row["start"] >= "2021-10-01"  # one has no start
        }
    rows = real_bench.engine.query(
        "SELECT piid, sum(federal_action_obligation_usd) FILTER (action_date <= DATE '2026-05-24') AS usd "
        "FROM contract_actions WHERE agency = 'ICE' GROUP BY piid"
    ).to_pylist()
    held = {row["piid"]: row["usd"] for row in rows}
    assert len(listed) == 2142
    assert listed.keys() <= held.keys()
    assert sum(held[piid] == usd for piid, usd in listed.items()) == 2111
