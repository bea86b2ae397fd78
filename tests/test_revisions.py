"""What changed between two releases, and between what was known on two days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

pytestmark = pytest.mark.real_data

FEBRUARY = "earlier_captures/CBP_ICE_FY2025_asof_20260213_7f66b0a.csv.gz"
AUGUST = "CBP_ICE_FY2025_Contract_Obligations.csv"


@pytest.fixture(scope="module")
def bench(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The two captures of fiscal year 2025."""
    home = tmp_path_factory.mktemp("home")
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(),), threads=1, memory_limit="2GB"))
    for file in (FEBRUARY, AUGUST):
        path = real_data / "procurement" / "usaspending_transactions_api" / file
        pipeline.add(
            pipeline.catalog.source("usaspending_captures"), path, Provenance("usaspending_captures", path.name)
        )
    return Bench(pipeline)


def test_the_fall_of_fiscal_year_2025_is_one_record_gone_and_one_amount_lowered(bench: Bench) -> None:
    february, august = [release.id for release in bench.pipeline.ledger.releases()]
    (found,) = bench.diff(february, august, where={"sub_agency": "7012"})
    (money,) = found.money
    assert (money.before, money.after) == (Decimal("3988773028.84"), Decimal("3988661487.38"))
    assert money.delta == Decimal("-111541.46") == money.added - money.removed + money.changed
    moved = [
        (
            row["piid"],
            row["modification_number"],
            row["change"],
            row["federal_action_obligation_usd_before"],
            row["federal_action_obligation_usd_after"],
        )
        for row in found.rows.to_pylist()
        if (row["federal_action_obligation_usd_before"] or 0) != (row["federal_action_obligation_usd_after"] or 0)
    ]
    assert moved == [
        ("70CMSW25C00000009", "P00001", "removed", Decimal("99000.00"), None),
        ("70CMSW22FR0000035", "P00002", "changed", Decimal("0.00"), Decimal("-12541.46")),
    ]
    assert [absent.column for absent in found.absent] == ["award_key"]


def test_two_days_differ_by_the_same_money_and_their_answers_too(bench: Bench) -> None:
    (found,) = bench.diff("2026-02-13", "2026-08-20", where={"agency": "ICE"})
    fiscal_year = Question("obligations", {"agency": "ICE"}, start=date(2024, 10, 1), end=date(2025, 9, 30))
    was, now = (bench.at(date(2026, month, day)).ask(fiscal_year).value for month, day in ((2, 13), (8, 20)))
    (money,) = found.money
    assert (money.column, money.delta) == ("federal_action_obligation_usd", now - was)
    assert found.changed + found.removed + found.added < 200, "a lacking award key made rows look changed"
    amounts = [
        (row["federal_action_obligation_usd_after"] or 0) - (row["federal_action_obligation_usd_before"] or 0)
        for row in found.rows.to_pylist()
    ]
    assert amounts[:2] == [Decimal("-99000.00"), Decimal("-12541.46")], "the money records lay buried"
    assert {"recipient", "category"} <= set(found.ours)
    assert found.derived == sum(row["changed_by"] == "derived" for row in found.rows.to_pylist())


def test_an_edition_can_be_named_by_its_id(bench: Bench) -> None:
    for day in (date(2026, 2, 13), date(2026, 8, 20)):
        bench.pipeline.build(day)
    was, now = (bench.pipeline.edition(date(2026, month, day)).id for month, day in ((2, 13), (8, 20)))
    by_id, by_day = bench.diff(was, now), bench.diff("2026-02-13", "2026-08-20")
    assert [(d.before, d.after, d.changed, d.money) for d in by_id] == [
        (d.before, d.after, d.changed, d.money) for d in by_day
    ]


def test_what_cannot_be_compared_is_refused_with_what_can(bench: Bench) -> None:
    release = next(bench.pipeline.ledger.releases()).id
    with pytest.raises(UsageError, match="no release or Edition is called 'nothing'"):
        bench.diff("nothing", "2026-08-20")
    with pytest.raises(UsageError, match="one is a release, the other an Edition"):
        bench.diff(release, "2026-08-20")
    with pytest.raises(UnknownName, match="no table of both"):
        bench.diff("2026-02-13", "2026-08-20", table="contract_action")


def test_a_day_before_every_release_differs_by_the_rows_that_were_added(bench: Bench) -> None:
    (found,) = bench.diff("2026-02-12", "2026-02-13")
    assert (found.table, found.removed, found.changed) == ("contract_actions", 0, 0)
    rows = found.rows.to_pylist()
    total = sum(row["federal_action_obligation_usd_after"] for row in rows)
    assert (len(rows), total) == (found.added, bench.at(date(2026, 2, 13)).ask(Question("obligations")).value)
