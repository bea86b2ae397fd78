"""Registers of entries: a schema, one file an entry, and faults by file and place."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import TallystickError
from tallystick.nouns.register import span
from tallystick.tables.entries import checked, kept
from tallystick.tables.graph import Graph

SCHEMA = """
title: Things agreed
one: agreement
about: what was agreed
never: no person
fields:
  title: {means: what it is called, must: true}
  kind: {means: what sort it is, of: kinds}
lists:
  events:
    means: what happened
    columns:
      when_period: {means: when, must: true}
      cost_usd: {means: what it cost}
      after: {means: the agreement it follows, of: agreements}
"""
ENTRY = """
title: A first one
kind: letter
citation: https://example.org/1
told_date: 2025-03-01
events:
  - {when_period: 2024-02, cost_usd: 10.50, citation: https://example.org/2, told_date: 2025-03-02}
"""
KINDS = "kind,because,citation\nletter,so it is called,https://example.org\n"


def written(tmp_path: Path, *entries: str) -> Catalog:
    folder = tmp_path / "registers" / "agreements"
    folder.mkdir(parents=True)
    (folder / "register.yml").write_text(SCHEMA, encoding="utf-8")
    (tmp_path / "registers" / "kinds.csv").write_text(KINDS, encoding="utf-8")
    for number, text in enumerate(entries, start=1):
        (folder / f"a-{number}.yml").write_text(text, encoding="utf-8")
    return Catalog((tmp_path,))


def test_an_entry_becomes_a_row_and_each_of_its_lists_a_table(tmp_path: Path) -> None:
    registers = Graph(written(tmp_path, ENTRY)).registers
    with DuckDB(threads=1) as engine:
        (entry,) = engine.query(registers["agreements"].select()).to_pylist()
        (event,) = engine.query(registers["agreements_events"].select()).to_pylist()
    assert (entry["agreement"], entry["kind"], entry["told_date"]) == ("a-1", "letter", date(2025, 3, 1))
    assert event["agreement"] == "a-1"
    assert (event["when_period_first_date"], event["when_period_last_date"]) == (date(2024, 2, 1), date(2024, 2, 29))
    assert str(event["cost_usd"]) == "10.50"
    assert event["after"] is None


def test_a_register_without_entries_is_an_empty_table(tmp_path: Path) -> None:
    registers = Graph(written(tmp_path)).registers
    with DuckDB(threads=1) as engine:
        assert engine.query(registers["agreements_events"].select()).num_rows == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("citation: https://example.org/1\n", "", "no citation"),
        ("citation: https://example.org/1\n", "citation: a letter\n", "'a letter' is no address as https://"),
        ("told_date: 2025-03-01\n", "", "no told_date"),
        ("told_date: 2025-03-01\n", "told_date: March\n", "no day as YYYY-MM-DD"),
        ("told_date: 2025-03-01\n", "told_date: 2025-02-30\n", "no day: day is out of range"),
        (", told_date: 2025-03-02", "", "no told_date"),
        ("kind: letter", "kind: leter", "no kind is called 'leter'"),
        ("kind: letter", "sort: letter", "no column is called 'sort'"),
        ("kind: letter", "kind: [letter]", "one value"),
        ("when_period: 2024-02,", "when_period: soon,", "no year, month or day"),
        ("when_period: 2024-02,", "when_period: 2024-13,", "month must be"),
        ("when_period: 2024-02,", "", "no when_period"),
        ("cost_usd: 10.50", "cost_usd: ten", "not a number"),
        ("cost_usd: 10.50", "after: nothing", "no after is called 'nothing'"),
        ("title: A first one", "title: A\ntitle: B", "stands twice"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in ENTRY
    with pytest.raises(TallystickError, match=says) as caught:
        _ = Graph(written(tmp_path, ENTRY.replace(old, new))).registers
    assert re.search(r"a-1\.yml(, line \d+|$)", caught.value.where)


def test_all_that_is_wrong_with_the_files_of_a_register_is_told_at_once(tmp_path: Path) -> None:
    faulty = ENTRY.replace("kind: letter", "kind: leter").replace("2025-03-01", "March")
    faulty = faulty.replace("when_period: 2024-02, cost_usd: 10.50", "cost_usd: ten, after: nothing, sort: x")
    catalog = written(tmp_path, faulty, "title: [a]\n", "- a list\n", "title: a: b\n", ENTRY)
    found = checked(catalog)
    told = [(fault.where.rpartition("/")[2], fault.what) for fault in found.faults]
    assert told[:6] == [
        ("a-1.yml, line 3, kind", "no kind is called 'leter'"),
        ("a-1.yml, line 5, told_date", "'March' is no day as YYYY-MM-DD"),
        ("a-1.yml, line 7, events, row 1, sort", "no column is called 'sort'"),
        ("a-1.yml, line 7, events, row 1, when_period", "there is no when_period"),
        ("a-1.yml, line 7, events, row 1, cost_usd", "'ten' is not a number as 1234.5"),
        ("a-1.yml, line 7, events, row 1, after", "no after is called 'nothing'"),
    ]
    assert {where.partition(",")[0] for where, _ in told} == {"a-1.yml", "a-2.yml", "a-3.yml", "a-4.yml"}
    assert all(fault.next_step for fault in found.faults if "not YAML" not in fault.what)
    with pytest.raises(TallystickError, match="leter") as caught:
        kept(catalog)
    assert f"{len(found.faults) - 1} more faults" in caught.value.next_step


def test_every_part_of_a_period_has_its_first_and_last_day() -> None:
    assert span("2024") == (date(2024, 1, 1), date(2024, 12, 31))
    assert span("2024-12") == (date(2024, 12, 1), date(2024, 12, 31))
    assert span("2024-02-29") == (date(2024, 2, 29), date(2024, 2, 29))


def test_the_project_s_own_entries_keep_to_their_schemas(catalog: Catalog) -> None:
    entries = Graph(catalog).entries
    assert {"technologies", "data_sharing"} <= entries.keys()
    assert all(one.schema.never for one in entries.values())
