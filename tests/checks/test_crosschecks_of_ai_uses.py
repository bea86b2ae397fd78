"""Crosschecks of technologies against the inventories of AI: each fires exactly where what it says is so."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from tests.checks.crosschecked import Rows, about, found, found_by, named

SAFEGUARDS = ("testing", "assessment", "review", "monitoring")


def use(number: int, **cells: Any) -> dict[str, Any]:
    told = {"department": "DHS", "agency": "ICE", "inventory_year": "2025", "as_of": "2026-01-28"}
    return {"use_case_key": str(number), "use_case_id": f"U{number}", "title": f"Use {number}", **told, **cells}


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


def test_a_use_whose_row_says_that_the_agency_does_not_contract_with_the_seller_is_not_asked_for_one() -> None:
    sellers = ("N is the vendor of B, and A does not contract directly with N.", "N", None)
    tables: dict[str, Rows] = {
        "technologies": [{"technology": str(n), "title": f"T{n}"} for n in range(len(sellers))],
        "technologies_inventory": [
            {"technology": str(n), "inventory_year": "2025", "use_case_id": f"U{n}"} for n in range(len(sellers))
        ],
        "ai_use_cases": [use(n, stage="deployed", vendor_raw=seller) for n, seller in enumerate(sellers)],
        "contract_actions": [{"action_date": "2026-08-20"}],
    }
    assert about("inventory_entry_without_a_contract", tables) == ["1", "2"]


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
