"""Technologies' money: by contract and modification, each action once, and what was known after each action."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest

from tallystick.bench import Bench
from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.metrics.examples import make_up
from tallystick.nouns.metric import Question
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph
from tallystick.tables.statements import compiled

GRAPH = Graph(Catalog((bundled_records(),)))
TOLD = {"told_date": "2026-01-01", "because": "made up", "citation": "https://example.org/"}
ENTRIES = [
    {"technology": "whole", "title": "Whole", "capability": "case-management", **TOLD},
    {"technology": "part", "title": "Part", "capability": "other", "part_of": "whole", **TOLD},
]
CONTRACTS = [
    {"technology": "whole", "piid": "70A", "parent_piid": "GS1", **TOLD},
    {"technology": "part", "piid": "70A", "modification": "P00002", **TOLD},
]


def action(key: str, day: str, usd: str, modification: str, parent: str | None = "GS1") -> dict[str, Any]:
    return {
        "action_key": key,
        "piid": "70A",
        "parent_piid": parent,
        "modification_number": modification,
        "action_date": day,
        "federal_action_obligation_usd": usd,
        "agency": "ICE",
    }


ACTIONS = [
    action("A0", "2025-01-01", "10.00", "0"),
    action("A1", "2025-02-01", "5.00", "P00002"),
    action("A2", "2025-02-01", "-1.00", "P00003"),
    action("X0", "2025-03-01", "99.00", "0", parent="GS2"),
]


@contextmanager
def made() -> Iterator[DuckDB]:
    held = {"technologies": ENTRIES, "technologies_contracts": CONTRACTS, "contract_actions": ACTIONS}
    with DuckDB(threads=1) as engine:
        for name, rows in held.items():
            make_up(engine, name, rows, GRAPH.unbound(name).schema())
        for name in ("technology_actions", "technology_values"):
            derivation = GRAPH.derivations[name]
            engine.create(name, compiled(derivation.function(*map(GRAPH.unbound, derivation.inputs))))
        yield engine


def test_a_modification_that_is_named_is_the_only_one_of_its_technology() -> None:
    with made() as engine:
        rows = engine.query("SELECT technology, action_key FROM technology_actions ORDER BY ALL").to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("part", "A1"),
        ("whole", "A0"),
        ("whole", "A1"),
        ("whole", "A2"),
    ]


def test_what_had_been_obligated_is_added_up_action_by_action() -> None:
    with made() as engine:
        rows = engine.query(
            "SELECT action_key, obligated_to_date_usd AS usd FROM technology_values WHERE technology = 'whole' "
            "ORDER BY action_key"
        ).to_pylist()
    assert {row["action_key"]: row["usd"] for row in rows} == {
        "A0": Decimal("10.00"),
        "A1": Decimal("15.00"),
        "A2": Decimal("14.00"),
    }


@pytest.mark.real_data
def test_every_contract_of_the_register_is_held(real_bench: Bench) -> None:
    rows = real_bench.engine.query(
        "SELECT technology, piid, modification FROM technologies_contracts c WHERE NOT EXISTS (SELECT 1 FROM "
        "technology_actions a WHERE a.technology = c.technology AND a.piid = c.piid AND "
        "coalesce(c.modification, a.modification_number) = a.modification_number)"
    ).to_pylist()
    assert rows == []


@pytest.mark.real_data
def test_no_action_is_counted_twice_in_a_total(real_bench: Bench) -> None:
    (row,) = real_bench.engine.query(
        "SELECT sum(federal_action_obligation_usd) AS usd FROM contract_actions "
        "WHERE action_key IN (SELECT action_key FROM technology_actions)"
    ).to_pylist()
    assert real_bench.ask(Question("technology_obligations")).value == row["usd"]
    (keys,) = real_bench.engine.query(
        "SELECT count(*) AS rows, count(DISTINCT (technology, action_key)) AS keys FROM technology_actions"
    ).to_pylist()
    assert keys["rows"] == keys["keys"]


@pytest.mark.real_data
def test_awards_of_technologies_add_up_to_their_actions(real_bench: Bench) -> None:
    (row,) = real_bench.engine.query(
        "SELECT (SELECT sum(obligated_usd) FROM technology_awards) AS awards, "
        "(SELECT sum(federal_action_obligation_usd) FROM technology_actions) AS actions, "
        "(SELECT count(*) FROM technology_awards) AS rows, "
        "(SELECT count(DISTINCT (technology, award_key)) FROM technology_awards) AS keys"
    ).to_pylist()
    assert (row["awards"], row["rows"]) == (row["actions"], row["keys"])


@pytest.mark.real_data
def test_every_seller_is_a_recipient_and_every_use_of_ai_is_in_its_inventory(real_bench: Bench) -> None:
    sellers = real_bench.engine.query(
        "SELECT technology, vendor FROM technologies WHERE vendor IS NOT NULL "
        "AND vendor NOT IN (SELECT recipient FROM recipients)"
    ).to_pylist()
    uses = real_bench.engine.query(
        "SELECT technology, inventory_year, use_case_id FROM technologies_inventory i WHERE NOT EXISTS "
        "(SELECT 1 FROM ai_use_cases u WHERE CAST(u.inventory_year AS VARCHAR) = i.inventory_year "
        "AND (u.use_case_id = i.use_case_id OR u.title = i.use_case_title))"
    ).to_pylist()
    assert (sellers, uses) == ([], [])


def test_a_technology_shows_what_the_linked_rows_of_inventories_report_and_no_others() -> None:
    links = [
        {"technology": "app", "inventory_year": "2025", "use_case_id": "U1", **TOLD},
        {"technology": "app", "inventory_year": "2024", "use_case_title": "The app", **TOLD},
    ]
    told = {"department": "DHS", "stage": "deployed", "title": "The app", "assessment_given": "false"}
    uses = [
        {"use_case_key": "a", "inventory_year": "2025", "use_case_id": "U1", "testing": "in_progress", **told},
        {"use_case_key": "b", "inventory_year": "2024", "training": "unknown", "training_raw": "begun", **told},
        {"use_case_key": "c", "inventory_year": "2025", "use_case_id": "U2", "testing": "complete", **told},
        {"use_case_key": "d", "inventory_year": "2025", "use_case_id": "U1", **told, "department": "VA"},
    ]
    with DuckDB(threads=1) as engine:
        for name, rows in (("technologies_inventory", links), ("ai_use_cases", uses)):
            make_up(engine, name, rows, GRAPH.unbound(name).schema())
        derivation = GRAPH.derivations["technology_uses"]
        expression = derivation.function(*(GRAPH.unbound(of) for of in derivation.inputs))
        made_rows = engine.query(compiled(expression)).to_pylist()
    found = {row["use_case_key"]: row["safeguards"] for row in made_rows}
    assert found == {"a": "testing: in progress", "b": 'training: "begun"'}


def derived(name: str, held: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The rows of a table over made-up rows of those that it is made from; one that is not given is empty."""
    derivation = GRAPH.derivations[name]
    with DuckDB(threads=1) as engine:
        for of in derivation.inputs:
            make_up(engine, of, held.get(of, []), GRAPH.unbound(of).schema())
        expression = derivation.function(*map(GRAPH.unbound, derivation.inputs))
        rows: list[dict[str, Any]] = engine.query(compiled(expression)).to_pylist()
    return rows


def test_the_solicitation_that_an_award_states_is_its_technologys_with_the_notices_of_it() -> None:
    award = {"award_or_idv": "AWARD", "piid": "70A", "parent_piid": "GS1", "solicitation_identifier": "70-q 1"}
    rows = derived(
        "technology_solicitations",
        {
            "technologies": ENTRIES,
            "technologies_contracts": CONTRACTS,
            "contract_actions": [
                action("X0", "2025-03-01", "9.00", "0") | {"piid": "70B", "solicitation_identifier": "R9"}
            ],
            "usaspending_awards_published": [
                award | {"award_key": "K1"},
                award | {"award_key": "K2", "award_or_idv": "IDV"},
                award | {"award_key": "K3", "solicitation_identifier": ""},
            ],
            "solicitations": [{"notice_id": "N1", "title": "Cases", "solicitation_identifier": "70Q1"}],
        },
    )
    told = {(row["technology"], row["award_key"], row["solicitation_identifier"], row["notice_id"]) for row in rows}
    assert told == {("whole", "K1", "70Q1", "N1"), ("part", "K1", "70Q1", "N1")}


def test_each_account_that_funded_an_award_is_a_row_with_the_account_it_belongs_to() -> None:
    listed = "070-2022/2022-0540-000;070-X-5382-000"
    award = {"award_or_idv": "AWARD", "award_key": "K1", "piid": "70A", "parent_piid": "GS1"}
    rows = derived(
        "technology_accounts",
        {
            "technologies": ENTRIES[:1],
            "technologies_contracts": CONTRACTS[:1],
            "usaspending_awards_published": [award | {"treasury_accounts_funding_this_award": listed}],
            "usaspending_subawards_published": [],
        },
    )
    assert sorted((row["treasury_account"], row["account"]) for row in rows) == [
        ("070-2022/2022-0540-000", "070-0540"),
        ("070-X-5382-000", "070-5382"),
    ]


def test_an_account_that_a_subcontract_states_of_the_award_above_is_told_once() -> None:
    listed = {"treasury_accounts_funding_this_award": "070-2024/2024-0540-000"}
    award = {"award_key": "CONT_AWD_K1", "piid": "70A", "parent_piid": "GS1"} | listed
    rows = derived(
        "technology_accounts",
        {
            "technologies": ENTRIES[:1],
            "technologies_contracts": CONTRACTS[:1],
            "usaspending_awards_published": [award | {"award_or_idv": "AWARD"}],
            "usaspending_subawards_published": [award, award, award | {"award_key": "CONT_IDV_K2"}],
        },
    )
    assert [(row["award_key"], row["account"]) for row in rows] == [("CONT_AWD_K1", "070-0540")]


def test_what_happened_to_one_contract_lasts_until_the_next_event_of_that_contract() -> None:
    def event(day: str, status: str, piid: str | None = None) -> dict[str, Any]:
        days = {"event_period_first_date": day, "event_period_last_date": day}
        return {"technology": "whole", "event_period": day, "status": status, "piid": piid, **days, **TOLD}

    events = [
        event("2025-01-01", "bought"),
        event("2025-02-01", "stopped", "70A"),
        event("2025-03-01", "expanded"),
        event("2025-04-01", "resumed", "70A"),
    ]
    rows = derived("technology_states", {"technologies": ENTRIES[:1], "technologies_events": events})
    assert {row["status"]: str(row["until_date"]) for row in rows} == {
        "bought": "2025-02-28",
        "stopped": "2025-03-31",
        "expanded": "None",
        "resumed": "None",
    }


def test_value_and_ceiling_over_time_are_those_of_actions_that_state_them() -> None:
    with made() as engine:
        engine.run("UPDATE technology_values SET ceiling_usd = 50, award_key = 'K' WHERE action_key = 'A2'")
        worth = GRAPH.derivations["technology_worth"]
        engine.create("technology_worth", compiled(worth.function(GRAPH.unbound("technology_values"))))
        rows = engine.query("SELECT * FROM technology_worth WHERE technology = 'whole'").to_pylist()
    (stated,) = rows
    assert (stated["modification_number"], stated["ceiling_usd"], stated["current_value_usd"]) == (
        "P00003", Decimal("50.00"), None,
    )  # fmt: skip
    assert stated["obligated_to_date_usd"] == Decimal("14.00")
    assert stated["citation"].endswith("/K")
