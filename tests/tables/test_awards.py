"""Awards: sums, the latest modification, and what is unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tallystick.bench import Bench
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


@pytest.mark.real_data
def test_awards_add_up_to_the_actions(real_captures: Bench) -> None:
    (sums,) = real_captures.engine.query(
        "SELECT (SELECT sum(obligated_usd) FROM awards) AS awards, "
        "(SELECT sum(actions)::BIGINT FROM awards) AS counted, "
        "(SELECT sum(federal_action_obligation_usd) FROM contract_actions) AS actions, "
        "(SELECT count(*) FROM contract_actions) AS held"
    ).to_pylist()
    assert sums["awards"] == sums["actions"]
    assert sums["counted"] == sums["held"]


@pytest.mark.real_data
def test_the_case_management_order_reached_its_two_sums(real_captures: Bench) -> None:
    rows = real_captures.engine.query(
        "SELECT action_date, sum(federal_action_obligation_usd) AS usd FROM contract_actions "
        f"WHERE piid = '{PALANTIR}' GROUP BY action_date ORDER BY action_date"
    ).to_pylist()
    total, reached = Decimal(), {}
    for row in rows:
        total += row["usd"]
        reached[row["action_date"]] = total
    in_time = {usd for day, usd in reached.items() if date(2025, 9, 26) <= day < date(2026, 3, 4)}
    assert in_time == {Decimal("139314020.61")}
    (award,) = real_captures.engine.query(f"SELECT * FROM awards WHERE piid = '{PALANTIR}'").to_pylist()
    assert award["obligated_usd"] == Decimal("150703824.61")
    assert award["ceiling_usd"] is None
