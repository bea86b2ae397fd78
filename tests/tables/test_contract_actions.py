"""Contract actions: keys, repeats, and what was known when."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tests.tables.conftest import Captured

CAPTURES = "procurement/usaspending_transactions_api"
AWARD = "CONT_AWD_70A_7012_70D_7001"


def rows(bench: Bench, sql: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = bench.engine.query(sql).to_pylist()
    return found


def test_the_official_transaction_key_is_put_together_again(captured: Captured) -> None:
    lines = [
        f"ICE,70A,ONE LLC,5.00,2025-10-02,P00001,{AWARD}",
        "CBP,70B,TWO LLC,6.00,2025-10-03,0,CONT_AWD_70B_7014_-NONE-_-NONE-",
    ]
    keys = rows(Bench(captured(lines)), "SELECT action_key, parent_piid FROM contract_actions ORDER BY piid")
    assert keys == [
        {"action_key": "7012_7001_70A_P00001_70D_0", "parent_piid": "70D"},
        {"action_key": "7014_-NONE-_70B_0_-NONE-_0", "parent_piid": None},
    ]


def test_the_month_of_an_action_is_the_date_of_its_first_day(captured: Captured) -> None:
    bench = Bench(captured([f"ICE,70A,ONE LLC,5.00,2025-10-02,P00001,{AWARD}"]))
    assert rows(bench, "SELECT month FROM contract_actions") == [{"month": date(2025, 10, 1)}]


def test_a_key_without_its_parent_says_so(captured: Captured) -> None:
    bench = Bench(captured(["ICE,70A,ONE LLC,5.00,2025-10-02,P00001,"]))
    found = rows(bench, "SELECT action_key, award_key FROM contract_actions")
    assert found == [{"action_key": "without-parent_7012_70A_P00001", "award_key": None}]


def test_a_repeated_row_of_nothing_is_one_action_and_a_repeat_with_money_keeps_the_sum(captured: Captured) -> None:
    empty = f"ICE,70A,ONE LLC,0.00,2025-10-02,P00001,{AWARD}"
    paid = f"ICE,70A,ONE LLC,7.00,2025-10-02,P00002,{AWARD}"
    large = "ICE,70B,TWO LLC,9000.00,2025-10-03,0,CONT_AWD_70B_7012_-NONE-_-NONE-"
    bench = Bench(captured([empty, empty, paid, paid, large]))
    listed = rows(bench, "SELECT action_key FROM contract_actions WHERE piid = '70A' ORDER BY action_key")
    keys = [row["action_key"] for row in listed]
    assert keys == ["7012_7001_70A_P00001_70D_0", "7012_7001_70A_P00002_70D_0", "repeat1_7012_7001_70A_P00002_70D_0"]
    (total,) = rows(
        bench, "SELECT sum(federal_action_obligation_usd) AS usd FROM contract_actions WHERE piid = '70A'"
    )
    assert total["usd"] == Decimal("14.00")


@pytest.mark.real_data
def test_every_action_has_a_key_of_its_own_and_every_dollar_of_the_files_is_there(
    real_bench: Bench, real_data: Path
) -> None:
    said: dict[str, Decimal] = {}
    for year in range(2022, 2027):
        with (real_data / CAPTURES / f"CBP_ICE_FY{year}_Contract_Obligations.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                scope = f"{ {'ICE': '7012', 'CBP': '7014'}[row['Agency']] }/FY{year}"
                said[scope] = said.get(scope, Decimal()) + Decimal(row["Federal Action Obligation"])
    found = rows(
        real_bench,
        "SELECT scope, sum(federal_action_obligation_usd) AS usd, count(*) - count(DISTINCT action_key) AS twice "
        "FROM contract_actions GROUP BY scope",
    )
    assert {row["scope"]: row["usd"] for row in found} == said
    assert {row["twice"] for row in found} == {0}


@pytest.mark.real_data
def test_the_only_repeat_with_money_stands_for_a_neighbour_of_the_same_amount(
    real_bench: Bench, real_data: Path
) -> None:
    found = rows(
        real_bench,
        "SELECT piid, federal_action_obligation_usd AS usd FROM contract_actions WHERE action_key LIKE 'repeat%'",
    )
    assert found == [{"piid": "70B03C25F00000004", "usd": Decimal("2972195.00")}]
    earlier = real_data / CAPTURES / "earlier_captures/CBP_ICE_FY2025_asof_20260213_7f66b0a.csv.gz"
    with gzip.open(earlier, "rt", encoding="utf-8") as file:
        seen = Counter(
            row["Modification"]
            for row in csv.DictReader(file)
            if row["Award ID"] == "70B03C25F00000004" and row["Federal Action Obligation"] == "2972195.0"
        )
    assert seen == {"0": 1, "P00001": 1, "P00002": 1, "P00003": 1}


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("known_on", "usd"),
    [(date(2026, 2, 20), "3988773028.84"), (None, "3988661487.38")],
)
def test_a_year_has_one_total_as_known_on_each_day(real_bench: Bench, known_on: date | None, usd: str) -> None:
    bench = real_bench if known_on is None else real_bench.at(known_on)
    (total,) = rows(
        bench, "SELECT sum(federal_action_obligation_usd) AS usd FROM contract_actions WHERE scope = '7012/FY2025'"
    )
    assert total["usd"] == Decimal(usd)


@pytest.mark.real_data
def test_each_capture_of_the_running_year_was_in_force_in_its_time(real_bench: Bench) -> None:
    latest = []
    for day in (date(2026, 2, 20), date(2026, 3, 15), date(2026, 8, 10), date(2026, 8, 20)):
        (found,) = rows(
            real_bench.at(day),
            "SELECT max(action_date) AS latest, count(*) AS n FROM contract_actions WHERE scope = '7012/FY2026'",
        )
        latest.append((found["latest"], found["n"]))
    assert latest == sorted(set(latest))
    assert len(latest) == 4
