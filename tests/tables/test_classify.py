"""The taxonomy: readable rules, no pieces of words, the unclassified always shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tallystick.bench import Bench
from tallystick.catalog import Catalog
from tallystick.nouns.taxonomy import Rule, Taxonomy
from tallystick.tables.classify import UNCLASSIFIED, classifier
from tallystick.tables.graph import Graph
from tests.tables.conftest import Captured

AWARD = "CONT_AWD_70{}_7012_-NONE-_-NONE-"


def ruled(name: str = "one", **conditions: list[str]) -> Taxonomy:
    rule = Rule(name=name, category="it", because="so", dated=date(2026, 1, 1), **conditions)
    return Taxonomy(version="1", categories={"it": "Computers"}, rules=[rule])


@pytest.mark.parametrize("pattern", ["*VEST", "IN*VEST*", "*", "V*"])
def test_a_rule_cannot_look_for_a_piece_of_a_word(pattern: str) -> None:
    assert any(pattern in fault for fault in ruled(psc_name=[pattern]).faults())


def test_a_rule_without_a_condition_and_one_of_no_category_are_faults() -> None:
    bare = Rule(name="bare", category="nothing", because="so", dated=date(2026, 1, 1))
    faults = Taxonomy(version="1", categories={}, rules=[bare, bare]).faults()
    assert len([fault for fault in faults if "no condition" in fault]) == 2
    assert any("not listed" in fault for fault in faults)
    assert any("two rules" in fault for fault in faults)


def test_every_recipient_of_a_rule_is_in_the_register(catalog: Catalog) -> None:
    register = Graph(catalog).registers["recipient_aliases"]
    known = {row[0] for row in register.rows}
    asked = {recipient for rule in classifier(catalog).taxonomy.rules for recipient in rule.recipient}
    assert asked - known == set()


def test_investigations_are_no_vests_and_a_namesake_is_no_spyware(captured: Captured) -> None:
    lines = [
        f"ICE,70A,CLEARVIEW AI INC,1.00,2025-11-02,0,{AWARD.format('A')}",
        f"CBP,70B,CLEARVIEW OPTICS LLC,1.00,2025-11-02,0,{AWARD.format('B')}",
        f"ICE,70C,HARVEST INVESTIGATIONS INC,1.00,2025-11-02,0,{AWARD.format('C')}",
        f"ICE,70D,PARAGON SYSTEMS INC,1.00,2025-11-02,0,{AWARD.format('D')}",
    ]
    rows = (
        Bench(captured(lines)).engine.query("SELECT piid, category FROM contract_actions ORDER BY piid").to_pylist()
    )
    assert [row["category"] for row in rows] == [
        "surveillance/facial-recognition",
        UNCLASSIFIED,
        UNCLASSIFIED,
        UNCLASSIFIED,
    ]


@pytest.mark.real_data
def test_the_unclassified_share_of_three_years_of_ice_is_small_and_said(real_bench: Bench) -> None:
    rows = real_bench.engine.query(
        "SELECT category = 'unclassified' AS left_out, sum(federal_action_obligation_usd) AS usd, count(*) AS n, "
        "count(category_rule) AS ruled FROM contract_actions "
        "WHERE agency = 'ICE' AND fiscal_year IN (2024, 2025, 2026) GROUP BY 1 ORDER BY 1"
    ).to_pylist()
    told, left_out = rows
    assert left_out["ruled"] == 0
    assert told["ruled"] == told["n"]
    assert left_out["usd"] / (told["usd"] + left_out["usd"]) < Decimal("0.001")
    assert left_out["n"] / (told["n"] + left_out["n"]) < 0.01


@pytest.mark.real_data
def test_known_contracts_are_what_they_are_known_to_be(real_bench: Bench) -> None:
    rows = real_bench.engine.query(
        "SELECT DISTINCT piid, category FROM contract_actions WHERE piid IN ("
        "'70CMSD25P00000111', '70CTD022FR0000170', "
        "'70CTD024P00000012', '70CDCR25FR0000127', '70CMSW25FR0000151', '70CMSW25FR0000135')"
    ).to_pylist()
    assert {row["piid"]: row["category"] for row in rows} == {
        "70CMSD25P00000111": "surveillance/facial-recognition",
        "70CTD022FR0000170": "surveillance/case-management-and-analytics",
        "70CTD024P00000012": "surveillance/spyware",
        "70CDCR25FR0000127": "alternatives-to-detention",
        "70CMSW25FR0000151": "weapons",
        "70CMSW25FR0000135": "weapons",
    }
