"""A new entry is right once its blanks are filled, and whatever is wrong is told with its file and place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallystick.catalog import Catalog
from tallystick.entries import Entries
from tallystick.nouns.crosscheck import Crosscheck
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Finding
from tallystick.settings import bundled_records
from tallystick.tables.entries import SCHEMA, checked, kept, schema_of
from tests.views.cli.conftest import Run

EVERY = sorted((bundled_records() / "registers").glob(f"*/{SCHEMA}"))
REGISTERS = [path.parent.name for path in EVERY if not schema_of(path).taken_from]
NAME = "harbour-cameras"
REPORTS, RECOMMENDATIONS = ("oversight_reports", "report_code"), ("recommendation_entries", "recommendation")


def filled(text: str, register: str) -> str:
    """The scaffold with every comment opened and every blank filled by what it asks for."""
    _, _, rest = text.partition("\n\n")
    lines = [line.removeprefix("# ") for line in rest.splitlines()]
    return "\n".join(
        re.sub(r"^( *(?:- )?)(\w+):   # (.*)$", lambda cell: _value(cell, register), one) for one in lines
    )


def _value(cell: re.Match[str], register: str) -> str:
    indent, name, means = cell.groups()
    schema = schema_of(bundled_records() / "registers" / register / SCHEMA)
    if name in schema.lists and not indent:
        return f"{name}:"
    return f'{indent}{name}: "{_filled(name, means, register)}"'


def _filled(name: str, means: str, register: str) -> str:
    if found := re.search(r"; one of: ([^,]+)", means):
        return found[1]
    if name == "citation":
        return "https://example.org/read"
    if name.endswith("_date"):
        return "2026-01-02"
    if name.endswith("_period"):
        return "2026-01"
    if name.endswith(("_number", "_usd")):
        return "12"
    schema = schema_of(bundled_records() / "registers" / register / SCHEMA)
    columns = {
        name: one
        for of in (schema.fields, *(rows.columns for rows in schema.lists.values()))
        for name, one in of.items()
    }
    if name in columns and columns[name].of in REGISTERS:
        return NAME
    pattern = columns[name].matches if name in columns else None
    example = means.partition("; as ")[0].rpartition(": ")[2]
    tried = ("2025", "ABCDEF12", example, *(pattern or "").split("|"))
    return next(text for text in tried if re.fullmatch(pattern, text)) if pattern else "a text"


@pytest.mark.parametrize("register", REGISTERS)
def test_a_new_entry_passes_its_schema_once_its_blanks_are_filled(run: Run, tmp_path: Path, register: str) -> None:
    assert run("new", "entry", register, NAME, "--records", "mine").code == 0
    path = tmp_path / "mine/registers" / register / f"{NAME}.yml"
    catalog = Catalog((bundled_records(), tmp_path / "mine"))
    assert "there is no title" in str(checked(catalog).faults[0])
    path.write_text(filled(path.read_text(), register))
    assert [str(fault) for fault in checked(catalog).faults] == []
    (made,) = [one for one in kept(catalog)[register].entries if one.name == NAME]
    assert all(len(rows) == 1 for rows in made.lists.values())


def test_what_is_wrong_is_told_with_file_and_place_and_all_of_it_at_once(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine/registers/technologies"
    folder.mkdir(parents=True)
    told = "title: T\nagency: ICE\nbecause: b\ncitation: https://example.org\ntold_date: 2026-01-02\n"
    (folder / "one.yml").write_text(told + "capability: mind-reading\n")
    (folder / "two.yml").write_text(told + "capability: facial-recognition\nevents:\n  - {event_period: 2026-13}\n")
    checked = run("check", "--records", "mine", "--format", "json")
    assert checked.code == 3
    rows = json.loads(checked.out)
    wrong = [(row["where"].rpartition("/")[2], row["says"]) for row in rows if row["is"] == "wrong"]
    assert ("one.yml, line 6, capability", "no capability is called 'mind-reading'") in wrong
    assert ("two.yml, line 8, events, row 1, event_period", "'2026-13' is no period: month must be in 1..12") in wrong
    missing = {f"there is no {name}" for name in ("status", "because", "confidence", "citation", "told_date")}
    assert missing <= {says for where, says in wrong if where.startswith("two.yml, line 8, events, row 1")}
    assert all(row["next_step"] for row in rows)


@dataclass(frozen=True)
class Nothing:
    """A bench over an archive that holds no award and no recipient."""

    edition: Edition = field(default_factory=lambda: Edition(None, "c", ()))
    known_on: date | None = None

    def findings(self) -> tuple[Finding, ...]:
        return ()

    def table(self, name: str) -> list[dict[str, Any]]:
        raise AssertionError(name)

    def distinct(self, table: str, column: str) -> list[Any]:
        assert (table, column) in {("awards", "piid"), ("recipients", "recipient"), REPORTS, RECOMMENDATIONS}
        return []

    def not_as(self, check: Crosscheck) -> list[dict[str, Any]]:
        raise AssertionError(check.name)


def test_what_nothing_held_knows_is_told_of_a_file_that_is_wrong_too(tmp_path: Path) -> None:
    folder = tmp_path / "mine/registers/technologies"
    folder.mkdir(parents=True)
    cited = "citation: https://example.org\n    told_date: 2026-01-02\n"
    (folder / "one.yml").write_text(
        "title: T\ncapability: mind-reading\nagency: ICE\nvendor: nobody-at-all\nbecause: b\n"
        "citation: https://example.org\ntold_date: yesterday\ncontracts:\n"
        f"  - piid: 70XYZ999ZZ0000001\n    because: b\n    {cited}"
    )
    found = checked(Catalog((bundled_records(), tmp_path / "mine")))
    kept_by_hand = Entries(Nothing(), {}, {}, {}, {})
    not_held = [one.where for one in kept_by_hand.not_held(found.named) if "one.yml" in one.where]
    assert [fault.where.rpartition("/")[2] for fault in found.faults] == [
        "one.yml, line 2, capability",
        "one.yml, line 7, told_date",
    ]
    assert [where.rpartition("/")[2] for where in not_held] == [
        "one.yml, line 4, vendor",
        "one.yml, line 9, contracts, row 1, piid",
    ]


def test_a_row_of_a_vocabulary_that_is_wrong_is_told_with_the_faults_of_entries(tmp_path: Path) -> None:
    folder = tmp_path / "mine/registers"
    (folder / "technologies").mkdir(parents=True)
    (folder / "technologies/one.yml").write_text("title: T\n")
    (folder / "confidences.csv").write_text("confidence,because,citation\nofficial,,\nreported,b\n")
    faults = checked(Catalog((bundled_records(), tmp_path / "mine"))).faults
    told = {(fault.where.rpartition("/")[2], fault.what) for fault in faults}
    assert ("confidences.csv, line 2, because", "this row has no because") in told
    assert ("confidences.csv, line 3", "this row has 2 cells, the header 3") in told
    assert ("one.yml, line 1, capability", "there is no capability") in told


def test_an_entry_that_is_taken_from_a_table_has_no_file(run: Run, tmp_path: Path) -> None:
    begun = run("new", "entry", "recommendations", "one", "--records", "mine")
    assert begun.code == 2
    assert "recommendation_entries" in begun.err
    folder = tmp_path / "mine/registers/recommendations"
    folder.mkdir(parents=True)
    (folder / "one.yml").write_text("title: T\n")
    (fault,) = checked(Catalog((bundled_records(), tmp_path / "mine"))).faults
    assert "would be no entry" in fault.what


def test_every_register_of_the_project_is_as_its_schema_says() -> None:
    assert [str(fault) for fault in checked(Catalog((bundled_records(),))).faults] == []


def test_contracts_that_nothing_held_tells_of_are_told_and_are_no_fault(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine/registers/technologies"
    folder.mkdir(parents=True)
    entry = (bundled_records() / "registers/technologies/msab-xry.yml").read_text()
    (folder / "unheard-of.yml").write_text(entry.replace("70CMSD24FR0000180", "70CMSD24FR9999999"))
    assert run("build").code == 0
    checked = run("check", "--format", "json", "--records", "mine")
    assert checked.code == 0
    rows = json.loads(checked.out)
    assert {row["is"] for row in rows} == {"not held"}
    assert all("70CMSD24FR9999999" in str(row) for row in rows if "unheard-of" in str(row))
    assert any("unheard-of" in str(row) for row in rows)
    assert run("check", "--strict", "--records", "mine").code == 8


def test_an_entry_of_no_register_is_refused(run: Run) -> None:
    assert run("new", "entry", "technology", "x", "--records", "mine").code == 2
    assert run("new", "entry", "technologies", "X y", "--records", "mine").code == 2
