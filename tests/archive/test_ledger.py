"""The ledger only grows, says plainly when it is none, and remembers decisions and their undoing."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tallystick.archive.ledger import ACCEPT, SCHEMA, UNDO, Decision, Ledger, Publication
from tallystick.archive.postgresql import LedgerInPostgreSQL
from tallystick.errors import ArchiveError
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.tables.inforce import choose

AT = datetime(2026, 8, 20, 12, tzinfo=UTC)


def release(name: str = "FY2025.csv", sha256: str = "a" * 64, as_of: date | None = None) -> Release:
    return Release(Provenance("captures", name, as_of=as_of), sha256, 10, AT)


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """An empty ledger of each kind."""
    if request.param == "sqlite":
        return Ledger(tmp_path / "ledger.sqlite")
    return LedgerInPostgreSQL(request.getfixturevalue("database"))


def test_a_release_is_recorded_once_however_often_it_comes_in(fresh: Ledger) -> None:
    with fresh as ledger:
        first = ledger.record(release())
        again = ledger.record(replace(release(), retrieved=AT + timedelta(days=1)))
        assert first == again == ledger.release(first.id)
        assert list(ledger.releases()) == [first]


def test_the_same_bytes_under_a_new_name_or_day_are_a_new_release_that_knows_the_earlier_ones(fresh: Ledger) -> None:
    with fresh as ledger:
        first = ledger.record(release())
        renamed = ledger.record(release("FY2025-final.csv"))
        dated = ledger.record(release(as_of=date(2026, 8, 20)))
        ledger.record(release("other.csv", sha256="b" * 64))
        assert [ledger.before(r) for r in (first, renamed, dated)] == [(), (first,), (first, renamed)]


@pytest.mark.parametrize(
    "sql",
    [
        *(f"DELETE FROM {table}" for table in ("releases", "publications", "judgements", "decisions", "editions")),
        *(
            f"UPDATE {table} SET rowid = 7"
            for table in ("releases", "publications", "judgements", "decisions", "editions")
        ),
        *(
            f"REPLACE INTO {table} SELECT * FROM {table}"
            for table in ("releases", "publications", "judgements", "editions")
        ),
    ],
)
def test_no_row_of_any_table_can_be_changed_or_taken_away(tmp_path: Path, sql: str) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        held = ledger.record(release())
        ledger.publish(Publication(held.id, "1", (), ()), AT)
        ledger.judge(held.id, "checks", (), AT)
        ledger.decide(Decision("f", ACCEPT, "seen", "editor", AT))
        ledger.record_edition(Edition(None, "code", ()), AT)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            ledger._connection.execute(sql)


def test_the_ledger_states_its_schema_and_a_newer_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger(path).close()
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        raw.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    raw.close()
    with pytest.raises(ArchiveError, match="newer Tallystick"):
        Ledger(path)


def test_an_older_ledger_gets_the_tables_that_it_lacks_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        held = ledger.record(release())
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TABLE judgements")
        raw.execute("PRAGMA user_version = 1")
    raw.close()
    with Ledger(path) as ledger:
        assert ledger.judged(held.id, "checks") is None
        assert list(ledger.releases()) == [held]


def test_a_file_that_is_no_database_is_said_to_be_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"these are notes, not a database\n" * 100)
    with pytest.raises(ArchiveError, match="not a ledger") as raised:
        Ledger(path)
    assert raised.value.where == str(path)
    assert path.read_bytes().startswith(b"these are notes")


def test_another_database_is_said_to_be_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    raw.close()
    with pytest.raises(ArchiveError, match="not a ledger"):
        Ledger(path)


def test_a_damaged_page_is_an_error_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        for number in range(200):
            ledger.record(release(f"FY{number}.csv"))
    contents = bytearray(path.read_bytes())
    contents[4096:] = b"\xff" * len(contents[4096:])
    path.write_bytes(contents)
    with pytest.raises(ArchiveError) as raised, Ledger(path) as ledger:
        list(ledger.releases())
    assert raised.value.where == str(path)


def test_an_accepted_finding_no_longer_holds_a_release_back_until_that_is_undone(fresh: Ledger) -> None:
    held = release(as_of=date(2026, 8, 20))
    finding = Finding(held.id, "row_count", Severity.SEVERE, "too few rows")
    file = {"table": "t", "file": "f", "sha256": "0", "rows": 1, "scopes": {"7012/FY2025": 1}, "restates": "scope"}
    published = [(held, Publication(held.id, "1", (file,), (finding,)))]

    with fresh as ledger:

        def in_force() -> int:
            return len(choose(published, ledger.decisions(), None, "code").edition.parts)

        assert in_force() == 0
        ledger.decide(Decision(finding.id, ACCEPT, "the publisher confirmed it", "editor", AT))
        assert in_force() == 1
        ledger.decide(Decision(finding.id, UNDO, "the publisher took that back", "editor", AT))
        assert in_force() == 0
        ledger.decide(Decision(finding.id, ACCEPT, "and confirmed it again", "editor", AT))
        assert in_force() == 1
        assert ledger.decisions()[finding.id].because == "and confirmed it again"


def test_what_was_published_comes_back_as_it_was(fresh: Ledger) -> None:
    with fresh as ledger:
        held = ledger.record(release())
        finding = Finding(held.id, "misfit_cell", Severity.SEVERE, "a cell", evidence=({"row": 3},), count=1)
        made = Publication(held.id, "1", ({"table": "t", "file": "f", "sha256": "0"},), (finding,))
        ledger.publish(made, AT)
        ledger.publish(replace(made, files=()), AT)
        assert ledger.publication(held.id, "1") == made
        assert list(ledger.publications()) == [made]
        assert ledger.publication(held.id, "2") is None
