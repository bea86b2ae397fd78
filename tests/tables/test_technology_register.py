"""The register of technologies as people wrote it: what can be held against other registers without any release."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from tallystick.catalog import Catalog
from tallystick.nouns.register import Entry
from tallystick.settings import bundled_records
from tallystick.tables.entries import kept

REGISTERS = bundled_records() / "registers"
LISTS = ("events", "contracts", "solicitations", "funding", "authorities", "figures", "advice", "inventory", "papers")


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return kept(Catalog((bundled_records(),)))["technologies"].entries


def told(entries: tuple[Entry, ...], of: str) -> Iterator[tuple[str, dict[str, str | None]]]:
    yield from ((entry.name, row) for entry in entries for row in entry.lists[of])


def reports() -> dict[str, tuple[str, str]]:
    """The day and month of issue of every report that the register of reports tells of."""
    found: dict[str, tuple[str, str]] = {}
    with (REGISTERS / "oversight_reports_reported.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day, month = found.get(row["report_code"], ("", ""))
            found[row["report_code"]] = day or row["issued_date"], month or row["issued_month"]
    return found


def test_the_day_of_advice_is_that_of_its_report_in_the_register_of_reports(entries: tuple[Entry, ...]) -> None:
    issued = reports()
    for name, row in told(entries, "advice"):
        if str(row["report"]) in issued:
            day, month = issued[str(row["report"])]
            period = str(row["advice_period"])
            assert period.startswith(month), (name, row["report"])
            assert not day or len(period) < len(day) or period == day, (name, row["report"])


def test_every_recommendation_that_advice_names_stands_in_the_register_of_recommendations(
    entries: tuple[Entry, ...],
) -> None:
    with (REGISTERS / "oversight_recommendations_reported.csv").open(encoding="utf-8") as file:
        known = {(row["report_code"], row["number"]) for row in csv.DictReader(file)}
    named = {(row["report"], row["recommendation"]) for _, row in told(entries, "advice") if row["recommendation"]}
    assert len(named) >= 5
    assert named <= known


def test_nothing_is_told_before_it_happened(entries: tuple[Entry, ...]) -> None:
    early = [
        (name, row["event_period"])
        for name, row in told(entries, "events")
        if str(row["told_date"]) < str(row["event_period"])[: len(str(row["told_date"]))]
        and not str(row["told_date"]).startswith(str(row["event_period"]))
    ]
    assert early == []


@pytest.mark.parametrize(
    ("of", "at_least"), [("solicitations", 18), ("authorities", 11), ("advice", 20), ("papers", 36)]
)
def test_the_lists_that_the_register_is_for_are_not_empty(entries: tuple[Entry, ...], of: str, at_least: int) -> None:
    assert sum(1 for _ in told(entries, of)) >= at_least


def test_no_row_says_none(entries: tuple[Entry, ...]) -> None:
    assert set(LISTS) <= set(entries[0].lists)
    said = [row["because"] for of in LISTS for _, row in told(entries, of)]
    assert not [text for text in said if text and text.lower().startswith("none")]
