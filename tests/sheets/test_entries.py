"""Entries of a register that releases tell of: what was told last is what they are, in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from tallystick.errors import RecordError
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.register import Column, Rows, Schema
from tallystick.sheets.entries import entries

TOLD = {"citation": "https://example.org", "told_date": None}
SCHEMA = Schema(
    name="reports",
    title="Reports",
    one="report",
    about="reports",
    never="no person",
    taken_from="told",
    fields={"title": Column(means="what it is called"), "open_number": Column(means="how many are open")},
    lists={
        "parts": Rows(
            means="its parts", taken_from="parts", newest_by="part",
            columns={"part": Column(means="which"), "stood": Column(means="how it stood")},
        )
    },
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """Tables made by hand."""

    tables: Mapping[str, Sequence[Mapping[str, Any]]] = field(hash=False)
    edition: Edition = field(default_factory=lambda: Edition(None, "c", ()))

    def table(self, name: str) -> Sequence[Mapping[str, Any]]:
        return self.tables[name]


def told(report: str, day: date | None, open_number: int) -> dict[str, Any]:
    return {**TOLD, "report": report, "title": report, "open_number": open_number, "told_date": day}


def part(name: str, day: date, stood: str) -> dict[str, Any]:
    return {**TOLD, "report": "R-2", "part": name, "stood": stood, "told_date": day}


HELD = Held(
    {
        "told": [
            told("R-10", date(2025, 1, 1), 1), told("R-2", date(2026, 1, 1), 0), told("R-2", None, 9),
            told("R-2", date(2025, 1, 1), 2),
        ],
        "parts": [
            part("10", date(2026, 1, 1), "closed"), part("2", date(2025, 1, 1), "open"),
            part("10", date(2025, 1, 1), "open"),
        ],
    }
)  # fmt: skip


def test_of_several_rows_of_an_entry_the_one_told_last_is_what_it_is() -> None:
    found = entries(HELD, SCHEMA, ())
    assert [(one.name, one.facts["open_number"]) for one in found] == [("R-2", 0), ("R-10", 1)]
    assert [(row["part"], row["stood"]) for row in found[0].lists["parts"]] == [("2", "open"), ("10", "closed")]


def test_a_finding_whose_evidence_names_an_entry_is_one_of_it() -> None:
    evidence = ({"report": "R-2"}, {"report": None})
    finding = Finding("", "after_advice", Severity.WARNING, "bought on", "technologies/x", evidence=evidence)
    found = {one.name: one.findings for one in entries(HELD, SCHEMA, (finding,))}
    assert found == {"R-2": (finding,), "R-10": ()}


def test_a_table_without_a_column_of_the_schema_is_refused() -> None:
    rows = [{name: cell for name, cell in row.items() if name != "stood"} for row in HELD.tables["parts"]]
    with pytest.raises(RecordError, match="the table 'parts' has no column 'stood'"):
        entries(Held({**HELD.tables, "parts": rows}), SCHEMA, ())
