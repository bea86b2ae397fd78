"""Crosschecks of what technologies cost: over generated cases each fires exactly where what it says is so."""

from __future__ import annotations

from itertools import product

from tests.checks.crosschecked import Rows, about, found, found_by, named


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


def test_what_the_agency_had_said_of_stopping_is_told_with_money_after_advice_to_stop() -> None:
    said = {"status": "to be stopped", "because": "no such data after September"}
    tables: dict[str, Rows] = {
        "technologies_advice": [
            {"technology": name, "asks": "stop", "report": "OIG-1", "advice_period_last_date": "2023-09-28"}
            for name in ("told", "later", "never")
        ],
        "technologies_events": [
            {"technology": "told", "event_period_last_date": "2023-09-12"} | said,
            {"technology": "told", "event_period_last_date": "2023-01-01"} | said | {"because": "an older word"},
            {"technology": "later", "event_period_last_date": "2025-01-01"} | said,
            {"technology": "never", "event_period_last_date": "2023-09-12"} | said | {"status": "stopped"},
        ],
        "technology_actions": [
            {"technology": name, "action_key": name, "action_date": "2024-03-19", "piid": "7A",
             "federal_action_obligation_usd": "5.00", "modification_number": "P00001"}
            for name in ("told", "later", "never")
        ],
    }  # fmt: skip
    says = {row["about"].split("/")[1]: row["says"] for row in found_by("bought_on_after_advice_to_stop", tables)}
    assert "What the agency had said by 2023-09-12: no such data after September. " in says["told"]
    assert "an older word" not in says["told"]
    assert "had said" not in says["later"] + says["never"]
