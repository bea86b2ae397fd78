"""What people wrote of technologies beside the releases it was taken from: days, amounts, sellers, uses of AI."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest

from tallystick.bench import Bench

pytestmark = pytest.mark.real_data
PAGE = "https://www.usaspending.gov/award/"
MADE = re.compile(r"(?P<before>made earlier, first action held of|made in) (?P<month>[A-Z][a-z]+ \d{4})")
SELLER = re.compile(r".*from (?P<seller>[^;]+); made")
FORMS = re.compile(r"\b(inc|llc|corp|corporation|company|ltd|limited|lp|llp|co|the)\b")
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def actions(real_bench: Bench) -> dict[str, Rows]:
    """The actions held of every award whose page the register cites, by the key of the award."""
    cited = " UNION ".join(
        f"SELECT replace(citation, '{PAGE}', '') FROM technologies_{of}" for of in ("events", "contracts", "funding")
    )
    found: dict[str, Rows] = defaultdict(list)
    for row in real_bench.engine.query(
        "SELECT award_key, action_date, modification_number, federal_action_obligation_usd AS usd, recipient, "
        f"recipient_name, upper(description) AS words FROM contract_actions WHERE award_key IN ({cited})"
    ).to_pylist():
        found[row["award_key"]].append(row)
    return found


@pytest.fixture(scope="module")
def events(real_bench: Bench) -> Rows:
    """Events of technologies that rest on an award's page."""
    rows: Rows = real_bench.engine.query(
        f"SELECT * FROM technologies_events WHERE starts_with(citation, '{PAGE}')"
    ).to_pylist()
    assert len(rows) > 100
    return rows


@pytest.fixture(scope="module")
def contracts(real_bench: Bench) -> Rows:
    """Contracts of technologies, each with the seller that its entry names."""
    rows: Rows = real_bench.engine.query(
        "SELECT c.*, t.vendor FROM technologies_contracts c JOIN technologies t USING (technology)"
    ).to_pylist()
    assert len(rows) > 400
    return rows


def held(row: dict[str, Any], actions: dict[str, Rows]) -> Rows:
    """The actions of the award that a row cites, or of the one modification that it names."""
    one = row.get("modification")
    return [
        action
        for action in actions[row["citation"].removeprefix(PAGE)]
        if one in (None, action["modification_number"])
    ]


def on_the_day(event: dict[str, Any], actions: dict[str, Rows]) -> Rows:
    return [action for action in held(event, actions) if str(action["action_date"]) == event["event_period"]]


def plain(name: str) -> str:
    """A firm's name without its form, blanks and marks."""
    return re.sub(r"[^a-z0-9]", "", FORMS.sub("", name.lower().replace(".", "")))


def test_every_event_of_an_award_is_on_the_day_of_an_action_of_it(events: Rows, actions: dict[str, Rows]) -> None:
    unheld = [(row["technology"], row["event_period"]) for row in events if not on_the_day(row, actions)]
    assert unheld == []


def test_every_amount_of_an_event_is_the_obligation_of_that_day(events: Rows, actions: dict[str, Rows]) -> None:
    wrong = [
        (row["technology"], row["event_period"], usd)
        for row in events
        for usd in re.findall(r"\$([\d,]+\.\d\d)(?! [mb]illion)", row["because"])
        if usd.replace(",", "") not in {str(abs(action["usd"])) for action in on_the_day(row, actions)}
    ]
    assert wrong == []


def test_a_contract_that_was_stopped_or_went_on_says_so_in_its_own_record(
    events: Rows, actions: dict[str, Rows]
) -> None:
    words = {"stopped": r"STOP WORK|TERMINAT|STAY OF PERFORMANCE", "resumed": r"STOP WORK|OPTION"}
    told = [row for row in events if row["piid"] and row["status"] in words]
    assert len(told) >= 12
    for row in told:
        said = " ".join(action["words"] for action in on_the_day(row, actions))
        assert re.search(words[row["status"]], said), (row["technology"], row["event_period"])
        assert row["piid"] == row["citation"].removeprefix(PAGE).split("_")[2]


def test_every_stop_that_a_record_of_a_contract_tells_of_is_an_event(events: Rows, actions: dict[str, Rows]) -> None:
    stops = {
        (key, str(action["action_date"]))
        for key, of in actions.items()
        for action in of
        if re.search(r"STOP WORK|TERMINATION FOR CONVENIENCE|TERMINATES|STAY OF PERFORMANCE", action["words"] or "")
    }
    told = {(row["citation"].removeprefix(PAGE), row["event_period"]) for row in events}
    assert len(stops) >= 10
    assert stops - told == set()


def test_a_contract_is_cited_by_its_own_page(contracts: Rows) -> None:
    for row in contracts:
        _, _, piid, _, parent, _ = row["citation"].removeprefix(PAGE).split("_")
        assert (piid, parent) == (row["piid"], row["parent_piid"] or "-NONE-")


def test_a_contract_was_made_in_the_month_that_is_told_and_by_whom(contracts: Rows, actions: dict[str, Rows]) -> None:
    for row in contracts:
        rows = held(row, actions)
        first = min(action["action_date"] for action in rows)
        is_base = "0" in {action["modification_number"] for action in rows}
        if made := MADE.search(row["because"]):
            assert made["month"] == f"{first:%B %Y}", (row["technology"], row["piid"])
            assert is_base == (made["before"] == "made in"), (row["technology"], row["piid"])
        named = (SELLER.search(row["because"]) or {"seller": "a contractor"})["seller"]
        if named == "the firm itself":
            assert row["vendor"] in {None, *(action["recipient"] for action in rows)}, (
                row["technology"],
                row["piid"],
            )
        elif named != "a contractor":
            sold = {plain(action["recipient_name"]) for action in rows}
            assert any(plain(named) in one or one in plain(named) for one in sold), (row["technology"], named)


def test_every_day_that_an_inventory_gives_is_an_event_and_no_other(real_bench: Bench) -> None:
    given = real_bench.engine.query(
        "SELECT DISTINCT technology, CAST(operational_date AS VARCHAR) AS day FROM technology_uses "
        "WHERE stage IN ('deployed', 'pilot') AND operational_date IS NOT NULL"
    ).to_pylist()
    told = real_bench.engine.query(
        "SELECT DISTINCT technology, event_period AS day, event_period IN (SELECT CAST(operational_date AS VARCHAR) "
        "FROM technology_uses u WHERE u.technology = e.technology) AS is_given FROM technologies_events e "
        "WHERE regexp_matches(citation, 'dhs.gov/ai|Use-Case-Inventory') AND length(event_period) = 10 "
        "AND status IN ('deployed', 'piloted', 'expanded')"
    ).to_pylist()
    assert {(row["technology"], row["day"]) for row in given} <= {(row["technology"], row["day"]) for row in told}
    assert [row for row in told if not row["is_given"]] == []


def test_what_is_told_as_retired_is_retired_in_a_linked_row(real_bench: Bench) -> None:
    rows = real_bench.engine.query(
        "SELECT technology FROM technologies_events WHERE status = 'retired' AND technology NOT IN "
        "(SELECT technology FROM technology_uses WHERE stage = 'retired')"
    ).to_pylist()
    assert rows == []
