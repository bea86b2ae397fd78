"""A ledger in PostgreSQL promises what the file does, to writers on several machines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tallystick.archive.backup import back_up
from tallystick.archive.ledger import ACCEPT, Decision, Ledger, Publication
from tallystick.archive.postgresql import LedgerInPostgreSQL
from tallystick.errors import ArchiveError, UsageError
from tallystick.nouns.edition import Edition
from tallystick.nouns.release import Provenance, Release

AT = datetime(2026, 8, 20, 12, tzinfo=UTC)
TABLES = ("releases", "publications", "judgements", "decisions", "editions")


def release(name: str = "FY2025.csv") -> Release:
    return Release(Provenance("captures", name), "a" * 64, 5_000_000_000, AT)


def fill(ledger: Ledger) -> Release:
    """One row in each table."""
    held = ledger.record(release())
    ledger.publish(Publication(held.id, "1", (), ()), AT)
    ledger.judge(held.id, "checks", (), AT)
    ledger.decide(Decision("f", ACCEPT, "seen; 100 % sure?", "editor", AT))
    ledger.record_edition(Edition(None, "code", ()), AT)
    return held


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["UPDATE {} SET rowid = 7", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_no_row_can_be_changed_or_taken_away(database: str, table: str, act: str) -> None:
    with LedgerInPostgreSQL(database) as ledger, psycopg.connect(database) as raw:
        fill(ledger)
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            raw.execute(act.format(f"tallystick_ledger.{table}"))


def test_writers_at_once_leave_no_gap_and_readers_miss_no_row(database: str) -> None:
    """Each of four writers adds releases of which half are another's too; a reader goes on from what it has seen."""

    def write(writer: int) -> None:
        with LedgerInPostgreSQL(database) as ledger:
            for number in range(25):
                ledger.record(release(f"{number}.csv" if number % 2 else f"{writer}-{number}.csv"))

    def read(until: Callable[[], bool]) -> list[str]:
        seen: list[str] = []
        with LedgerInPostgreSQL(database) as ledger:
            is_last = False
            while not is_last:
                is_last = until()
                seen += [one.id for one in ledger.releases_after(len(seen))]
        return seen

    with ThreadPoolExecutor(5) as pool:
        writers = [pool.submit(write, number) for number in range(4)]
        reader = pool.submit(read, lambda: all(writer.done() for writer in writers))
        assert [writer.result() for writer in writers] == [None] * 4
        seen = reader.result()
    assert len(seen) == len(set(seen)) == 12 + 4 * 13
    with psycopg.connect(database) as raw:
        rows = raw.execute("SELECT rowid FROM tallystick_ledger.releases ORDER BY rowid").fetchall()
    assert [number for (number,) in rows] == list(range(1, len(seen) + 1))


def test_of_two_that_publish_the_same_reading_the_first_stands(database: str) -> None:
    with LedgerInPostgreSQL(database) as one, LedgerInPostgreSQL(database) as other:
        held = one.record(release())
        first = Publication(held.id, "1", ({"table": "t", "file": "f", "sha256": "0"},), ())
        one.publish(first, AT)
        other.publish(replace(first, files=()), AT)
        assert one.publication(held.id, "1") == other.publication(held.id, "1") == first


def test_others_see_who_is_at_work_until_his_connection_ends(database: str) -> None:
    with LedgerInPostgreSQL(database) as one, LedgerInPostgreSQL(database) as other:
        with one.at_work():
            assert one.is_at_work()
            assert other.is_at_work()
        assert not other.is_at_work()
        with one.at_work():
            one.close()  # as when its machine is gone
            while other.is_at_work():  # the server hears of the end of a connection a little later
                pass


def test_a_connection_that_was_lost_is_made_anew(database: str) -> None:
    with LedgerInPostgreSQL(database) as ledger, psycopg.connect(database, autocommit=True) as raw:
        ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() " + (
            "AND datname = current_database()"
        )
        raw.execute(ends)
        held = fill(ledger)
        raw.execute(ends)
        assert ledger.release(held.id) == held


def test_a_server_that_is_gone_is_said_without_the_password() -> None:
    with pytest.raises(ArchiveError, match="could not be read") as told:
        LedgerInPostgreSQL("postgresql://someone:secret@127.0.0.1:1/none?connect_timeout=2")
    assert told.value.where == "127.0.0.1:1/none"
    assert "secret" not in str(told.value)


def test_a_driver_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError) as told:
        LedgerInPostgreSQL("postgresql://127.0.0.1/any")
    assert told.value.next_step == "install tallystick[postgresql]"


def test_an_older_ledger_gets_what_it_lacks_and_a_newer_one_is_refused(database: str) -> None:
    with LedgerInPostgreSQL(database) as ledger, psycopg.connect(database, autocommit=True) as raw:
        held = ledger.record(release())
        raw.execute("DROP TABLE tallystick_ledger.judgements")
        raw.execute("COMMENT ON SCHEMA tallystick_ledger IS 'the ledger of Tallystick, schema 1'")
        with LedgerInPostgreSQL(database) as again:
            assert again.judged(held.id, "checks") is None
            assert list(again.releases()) == [held]
        raw.execute("COMMENT ON SCHEMA tallystick_ledger IS 'the ledger of Tallystick, schema 999'")
        with pytest.raises(ArchiveError, match="newer Tallystick"):
            LedgerInPostgreSQL(database)


def test_a_ledger_moves_to_a_database_and_back_row_by_row(database: str, tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as file, LedgerInPostgreSQL(database) as there:
        held = fill(file)
        assert there.take_over(file) == len(TABLES)
        assert there.take_over(file) == 0
        there.record(release("later.csv"))
        back_up(tmp_path, tmp_path.parent / f"{tmp_path.name}-copy", lambda *_: None, there)
    with Ledger(tmp_path.parent / f"{tmp_path.name}-copy" / "ledger.sqlite") as copy:
        assert [one.name for one in copy.releases()] == [held.name, "later.csv"]
        assert copy.decisions()["f"].because == "seen; 100 % sure?"
        assert [built.edition.code for built in copy.editions()] == ["code"]
    with Ledger(tmp_path / "other.sqlite") as another, LedgerInPostgreSQL(database) as there:
        another.record(release("never there.csv"))
        with pytest.raises(UsageError, match="never had"):
            there.take_over(another)
