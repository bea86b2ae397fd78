"""Crosschecks of technologies: over generated cases each fires exactly where what it says is so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest

from tallystick.catalog import Catalog
from tallystick.crosschecks import crosschecks, expression
from tallystick.engines.duckdb import DuckDB
from tallystick.metrics.examples import make_up
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph
from tallystick.tables.statements import compiled

CATALOG = Catalog((bundled_records(),))
GRAPH = Graph(CATALOG)
CHECKS = crosschecks(CATALOG)
Rows = list[dict[str, Any]]
SAFEGUARDS = ("testing", "assessment", "review", "monitoring")


def found(check: str, tables: Mapping[str, Rows]) -> Rows:
    """What `check` finds over tables of made-up rows; one that is not given is empty.

    Each has a sentence, and would have one if no row of a table stated some column, or there were none.
    """
    sql = compiled(expression(CHECKS[check], GRAPH.unbound))
    with DuckDB(threads=1) as engine:
        for name in CHECKS[check].inputs:
            make_up(engine, name, tables.get(name, []), GRAPH.unbound(name).schema())
        rows: Rows = engine.query(sql).to_pylist()
        assert all(row["says"] for row in rows)
        for less in with_less(tables):
            engine.run("BEGIN")
            engine.run(less)
            assert all(row["says"] for row in engine.query(sql).to_pylist()), less
            engine.run("ROLLBACK")
    return rows


def about(check: str, tables: Mapping[str, Rows]) -> list[str]:
    """What the Findings of `check` are about."""
    rows = found(check, tables)
    return sorted(row["about"].removeprefix("technologies/").removeprefix("ai_use_cases/") for row in rows)


def found_by(check: str, tables: Mapping[str, Rows]) -> Rows:
    """The rows that `check` finds over tables of made-up rows; one that is not given is empty."""
    with DuckDB(threads=1) as engine:
        for name in CHECKS[check].inputs:
            make_up(engine, name, tables.get(name, []), GRAPH.unbound(name).schema())
        found: Rows = engine.query(compiled(expression(CHECKS[check], GRAPH.unbound))).to_pylist()
    return found


def with_less(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Statements of which each takes something away: all rows of a table, or what they say in one column."""
    for name, rows in tables.items():
        yield f"DELETE FROM {name}"
        yield from (f"UPDATE {name} SET {column} = NULL" for column in sorted({key for row in rows for key in row}))


def named(cases: Iterable[tuple[Any, ...]], is_so: Callable[..., bool]) -> list[str]:
    return sorted(str(number) for number, case in enumerate(cases) if is_so(*case))


def use(number: int, **cells: Any) -> dict[str, Any]:
    told = {"department": "DHS", "agency": "ICE", "inventory_year": "2025", "as_of": "2026-01-28"}
    return {"use_case_key": str(number), "use_case_id": f"U{number}", "title": f"Use {number}", **told, **cells}


def test_money_above_an_announced_ceiling_is_found_and_money_up_to_it_is_not() -> None:
    cases = list(product(("ceiling", "contract value", "obligated"), ("99.99", "100.00", "100.01"), (True, False)))
    tables: dict[str, Rows] = {
        "technologies_figures": [
            {"technology": str(n), "figure": figure, "amount_usd": "100.00", "piid": f"7{n}", "said_period": "2025"}
            for n, (figure, _, _) in enumerate(cases)
        ],
        "technologies_contracts": [
            {"technology": str(n), "piid": f"7{n}"} for n, (_, _, listed) in enumerate(cases) if listed
        ],
        "contract_actions": [
            {"piid": f"7{n}", "federal_action_obligation_usd": usd, "action_date": "2025-01-01"}
            for n, (_, usd, _) in enumerate(cases)
        ],
    }
    expected = named(cases, lambda figure, usd, listed: figure == "ceiling" and usd == "100.01" and listed)
    assert about("money_above_the_announced_ceiling", tables) == expected


def test_money_above_a_stated_ceiling_is_found_in_the_actions_or_in_the_award_file() -> None:
    cases = list(product(("99.00", "101.00"), (None, "99.00", "101.00"), ("100.00", "0.00", None), ("true", "false")))
    rows = [
        {
            "technology": str(n),
            "piid": f"7{n}",
            "award_obligated_usd": held,
            "stated_obligated_usd": stated,
            "ceiling_usd": ceiling,
            "is_whole": whole,
            "values_from": "award file of 2025-03-21",
        }
        for n, (held, stated, ceiling, whole) in enumerate(cases)
    ]
    expected = named(cases, lambda *case: "101.00" in case[:2] and case[2] == "100.00" and case[3] == "true")
    assert about("money_above_the_stated_ceiling", {"technology_awards": rows}) == expected


def test_money_is_found_from_the_day_after_a_stop_to_the_day_before_it_is_lifted() -> None:
    days = ("2025-07-31", "2025-08-01", "2025-08-02", "2025-08-27", "2025-08-28")
    cases = list(product(days, ("5.00", "0.00", "-5.00"), ("stopped", "deployed"), ("2025-08-27", None)))
    tables: dict[str, Rows] = {
        "technology_states": [
            {"technology": str(n), "status": status, "known_date": "2025-08-01", "until_date": until}
            for n, (_, _, status, until) in enumerate(cases)
        ],
        "technology_actions": [
            {"technology": str(n), "action_date": day, "federal_action_obligation_usd": usd, "piid": "7A"}
            for n, (day, usd, _, _) in enumerate(cases)
        ],
    }
    expected = named(
        cases,
        lambda day, usd, status, until: (
            usd == "5.00" and status == "stopped" and "2025-08-01" < day <= (until or "9")
        ),
    )
    assert about("money_after_a_stop_work_order", tables) == expected


def test_a_stop_of_one_contract_asks_about_no_money_of_another() -> None:
    stop = {"technology": "app", "status": "stopped", "known_date": "2025-08-01"}
    paid = {"technology": "app", "action_date": "2025-08-02", "federal_action_obligation_usd": "5.00"}
    actions: Rows = [{**paid, "piid": piid} for piid in ("7A", "7B")]
    for stopped, named_so in (("7A", ["7A"]), (None, ["7A", "7B"])):
        tables: dict[str, Rows] = {
            "technology_states": [{**stop, "piid": stopped}],
            "technology_actions": actions,
        }
        rows = found("money_after_a_stop_work_order", tables)
        assert sorted(row["piid"] for row in rows) == named_so


def test_money_after_advice_to_stop_is_found_unless_an_assessment_by_name_came_between() -> None:
    cases = list(
        product(
            ("stop", "control"),
            ("2023-09-28", "2023-09-29"),
            ("5.00", "0.00"),
            (None, "2023-09-27", "2023-09-29", "2024-01-01"),
            ("by name", "by kind"),
        )
    )
    tables: dict[str, Rows] = {
        "technologies_advice": [
            {
                "technology": str(n),
                "asks": asks,
                "report": "OIG-1",
                "confidence": "official",
                "advice_period_last_date": "2023-09-28",
            }
            for n, (asks, *_) in enumerate(cases)
        ],
        "technology_actions": [
            {
                "technology": str(n),
                "action_key": f"A{n}",
                "action_date": day,
                "federal_action_obligation_usd": usd,
                "modification_number": "P00001",
                "piid": "7A",
                "description": "OY 1 - EXERCISE",
            }
            for n, (_, day, usd, _, _) in enumerate(cases)
        ],
        "technologies_papers": [
            {"technology": str(n), "covers": covers, "paper_period_last_date": paper}
            for n, (*_, paper, covers) in enumerate(cases)
        ],
    }

    def is_so(asks: str, day: str, usd: str, paper: str | None, covers: str) -> bool:
        met = covers == "by name" and paper is not None and "2023-09-28" <= paper <= day
        return asks == "stop" and day > "2023-09-28" and usd == "5.00" and not met

    assert about("bought_on_after_advice_to_stop", tables) == named(cases, is_so)


def test_the_day_of_advice_is_that_of_the_report_and_the_status_says_of_which_day_it_is() -> None:
    cases = list(product(("2023-09-28", None), (None, "2025-01-01")))
    tables: dict[str, Rows] = {
        "technologies_advice": [
            {
                "technology": str(n), "asks": "stop", "report": f"OIG-{n}", "recommendation": "1",
                "confidence": "official", "advice_period_last_date": "2023-09-30",
            }
            for n in range(len(cases))
        ],
        "oversight_reports": [{"report_code": f"OIG-{n}", "issued_date": day} for n, (day, _) in enumerate(cases)],
        "recommendations": [
            {
                "recommendation": f"OIG-{n}/1", "report_code": f"OIG-{n}", "number": "1", "status": "open",
                "as_of": as_of,
            }
            for n, (_, as_of) in enumerate(cases)
        ],
        "technology_actions": [
            {
                "technology": str(n), "action_key": f"A{n}", "action_date": "2023-09-29", "piid": "7A",
                "federal_action_obligation_usd": "5.00", "modification_number": "0", "description": "ORDER",
            }
            for n in range(len(cases))
        ],
    }  # fmt: skip
    rows = found_by("bought_on_after_advice_to_stop", tables)
    assert sorted(row["about"] for row in rows) == ["technologies/0", "technologies/1"]
    endings = {row["about"]: row["says"].split("last told as ")[1].split(".")[0] for row in rows}
    assert endings == {"technologies/0": "open, on a day not stated", "technologies/1": "open as of 2025-01-01"}


def test_a_deployed_use_with_personal_data_and_no_assessment_is_found() -> None:
    cases = list(product(("deployed", "retired"), ("yes", "no", "blank"), ("true", "false", None), ("DHS", "VA")))
    uses = [
        use(n, stage=stage, uses_personal_data=personal, assessment_given=given, department=department)
        for n, (stage, personal, given, department) in enumerate(cases)
    ]
    expected = named(cases, lambda *case: case == ("deployed", "yes", "false", "DHS"))
    assert about("deployed_without_an_assessment", {"ai_use_cases": uses}) == expected


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://www.dhs.gov/sites/default/files/2024-11/24_1126_priv_pia_ice064.pdf", date(2024, 11, 26)),
        (
            "https://www.dhs.gov/sites/default/files/publications/privacy-pia-ice-lpr-january2018.pdf",
            date(2018, 1, 31),
        ),
        ("https://www.dhs.gov/publication/dhscbppia-056-traveler-verification-service", None),
    ],
)
def test_an_assessment_more_than_a_year_older_is_found_where_its_address_tells_its_day(
    address: str, day: date | None
) -> None:
    cases = [(date.fromordinal((day or date(2020, 1, 1)).toordinal() + after),) for after in (-1, 0, 365, 366, 3000)]
    uses = [
        use(n, stage="deployed", assessment_given="true", assessment_url_raw=address, operational_date=str(when))
        for n, (when,) in enumerate(cases)
    ]
    expected = named(cases, lambda when: day is not None and (when - day).days > 365)
    assert about("assessment_older_than_the_deployment", {"ai_use_cases": uses}) == expected


def test_a_high_impact_use_is_found_when_no_safeguard_is_settled() -> None:
    states = ("in_progress", "complete", "blank", "not_applicable")
    cases = list(product(states, states, states, ("in_progress", "waived"), ("yes", "presumed_not")))
    uses = [
        use(n, stage="deployed", high_impact=impact, **dict(zip(SAFEGUARDS, told, strict=True)))
        for n, (*told, impact) in enumerate(cases)
    ]

    def is_so(*case: str) -> bool:
        *told, impact = case
        return impact == "yes" and told.count("in_progress") >= 3 and not {"complete", "waived"} & set(told)

    assert about("high_impact_with_every_safeguard_in_progress", {"ai_use_cases": uses}) == named(cases, is_so)


def test_a_safeguard_whose_cell_says_in_other_words_that_it_is_begun_counts_and_its_words_are_told() -> None:
    begun = dict.fromkeys(SAFEGUARDS, "in_progress") | {"training": "unknown", "appeal": "unknown"}
    words = {"training_raw": "monitoring is in-progess", "appeal_raw": "to follow"}
    uses = [use(1, stage="deployed", high_impact="yes", **begun, **words)]
    (one,) = found("high_impact_with_every_safeguard_in_progress", {"ai_use_cases": uses})
    assert one["in_progress"] == len(SAFEGUARDS) + 1
    assert 'training by the words of its cell: "monitoring is in-progess"' in one["says"]


def test_what_is_told_of_the_system_is_named_where_an_assessment_is_not_given() -> None:
    entries = [{"technology": name, "title": f"System {name}"} for name in ("named", "listed", "bare")]
    uses = [use(n, stage="deployed", uses_personal_data="yes", assessment_given="false") for n in range(len(entries))]
    links = [
        {"technology": one["technology"], "inventory_year": "2025", "use_case_id": f"U{n}"}
        for n, one in enumerate(entries)
    ]
    tables: dict[str, Rows] = {
        "ai_use_cases": uses,
        "technologies": entries,
        "technologies_inventory": links,
        "technologies_papers": [{"technology": "named", "paper": "PTA 1", "kind": "PTA", "covers": "by name"}],
        "privacy_assessments": [{"number": "PIA-9", "kind": "PIA", "title": "The System Listed of the agency"}],
    }
    says = {row["about"].partition("/")[2]: row["says"] for row in found("deployed_without_an_assessment", tables)}
    assert "PTA 1 (PTA, by name)" in says["named"]
    assert "PIA-9 (PIA, by its title)" in says["listed"]
    assert "Nor was a paper that names its system found" in says["bare"]


def test_a_technology_paid_for_and_not_listed_is_found_if_its_kind_is_expected_there() -> None:
    cases = list(
        product(("facial-recognition", "drones-and-aerial"), ("5.00", "-5.00"), ("2025", "2024"), (True, False))
    )
    entries = [
        {"technology": str(n), "title": f"T{n}", "capability": capability, "agency": "ICE"}
        for n, (capability, *_) in enumerate(cases)
    ]
    devices = {"technology": "devices", "capability": "facial-recognition", "agency": "ICE", "hardware": "yes"}
    listed = [str(n) for n, case in enumerate(cases) if case[3]]
    tables: dict[str, Rows] = {
        "technologies": [*entries, devices],
        "technologies_inventory": [{"technology": name, "inventory_year": "2025"} for name in listed],
        "technology_actions": [
            {"technology": name, "action_date": f"{year}-05-05", "federal_action_obligation_usd": usd}
            for name, usd, year in [
                *((str(n), usd, year) for n, (_, usd, year, _) in enumerate(cases)),
                ("devices", "5.00", "2025"),
            ]
        ],
        "ai_use_cases": [use(1, vendor_said="withheld"), use(2, vendor_said="stated")],
        "capabilities": [
            {"capability": "facial-recognition", "expected_in_inventory": "yes"},
            {"capability": "drones-and-aerial", "expected_in_inventory": "no"},
        ],
    }
    expected = named(cases, lambda *case: case == ("facial-recognition", "5.00", "2025", False))
    assert about("contract_without_an_inventory_entry", tables) == expected


def test_what_was_paid_for_last_in_an_earlier_year_is_looked_for_in_that_inventory_and_later_ones() -> None:
    paid = {"then": ("2024",), "both": ("2024", "2025"), "later": ("2024",), "before": ("2024",)}
    shared = {"title": "T", "capability": "spyware", "agency": "ICE"}
    tables: dict[str, Rows] = {
        "technologies": [{"technology": name, **shared} for name in paid],
        "technologies_inventory": [
            {"technology": "later", "inventory_year": "2025"},
            {"technology": "before", "inventory_year": "2023"},
        ],
        "technology_actions": [
            {"technology": name, "action_date": f"{year}-05-05", "federal_action_obligation_usd": "5.00"}
            for name, years in paid.items()
            for year in years
        ],
        "ai_use_cases": [use(n, inventory_year=str(2023 + n)) for n in range(3)],
        "capabilities": [{"capability": "spyware", "expected_in_inventory": "yes"}],
    }
    rows = found_by("contract_without_an_inventory_entry", tables)
    told = {row["about"].partition("/")[2]: int(row["year"]) for row in rows}
    assert told == {"then": 2024, "both": 2025, "before": 2024}


def test_a_part_that_is_not_listed_tells_what_is_listed_beside_it() -> None:
    entries = [
        {
            "technology": name,
            "title": name.title(),
            "capability": "facial-recognition",
            "agency": "ICE",
            "part_of": of,
        }
        for name, of in (("whole", None), ("part", "whole"), ("other", "whole"))
    ]
    money = {"technology": "part", "action_date": "2025-05-05", "federal_action_obligation_usd": "5.00"}
    tables: dict[str, Rows] = {
        "technologies": entries,
        "technologies_inventory": [{"technology": "other", "inventory_year": "2025"}],
        "technology_actions": [money],
        "ai_use_cases": [use(1)],
        "capabilities": [{"capability": "facial-recognition", "expected_in_inventory": "yes"}],
    }
    (one,) = found("contract_without_an_inventory_entry", tables)
    assert one["says"].endswith("as of 2026-01-28. What is paid with it is listed: Other.")
    assert str(one["day"]) == "2026-01-28"


def test_a_use_that_was_developed_in_house_is_not_asked_for_a_contract() -> None:
    made = ("In-house Development", "Contracting and In House", "b) Developed in-house.", None)
    tables: dict[str, Rows] = {
        "technologies": [{"technology": str(n), "title": f"T{n}"} for n in range(len(made))],
        "technologies_inventory": [
            {"technology": str(n), "inventory_year": "2025", "use_case_id": f"U{n}"} for n in range(len(made))
        ],
        "ai_use_cases": [use(n, stage="deployed", developed=how) for n, how in enumerate(made)],
        "contract_actions": [{"action_date": "2026-08-20"}],
    }
    assert about("inventory_entry_without_a_contract", tables) == ["1", "3"]


def test_a_deployed_technology_without_a_contract_is_found_if_the_newest_inventory_lists_it() -> None:
    cases = list(product(("deployed", "retired"), ("deployed", "retired", None), (True, False)))
    uses, links = [], []
    for n, (before, now, _) in enumerate(cases):
        for year, stage in (("2024", before), ("2025", now)):
            if stage:
                uses.append(use(n, stage=stage, inventory_year=year))
                links.append({"technology": str(n), "inventory_year": year, "use_case_id": f"U{n}"})
    tables: dict[str, Rows] = {
        "technologies": [{"technology": str(n), "title": f"T{n}"} for n in range(len(cases))],
        "technologies_inventory": links,
        "technologies_contracts": [{"technology": str(n)} for n, case in enumerate(cases) if case[2]],
        "ai_use_cases": uses,
        "contract_actions": [{"action_date": "2026-08-20"}],
    }
    expected = named(cases, lambda before, now, paid: (now or before) == "deployed" and not paid)
    assert about("inventory_entry_without_a_contract", tables) == expected
