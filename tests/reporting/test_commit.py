"""The log takes rows in any order, knows what it was told before, and refuses what contradicts it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.archive.ledger import Ledger
from tallystick.errors import ArchiveError, UnknownName, UsageError
from tallystick.reporting.batch import Batch
from tallystick.reporting.commit import SEGMENT_ROWS, Receipt, commit
from tallystick.reporting.door import NotAllowed, known_token, make_token, revoke_token
from tallystick.reporting.kinds import STAGE_EVENTS
from tallystick.reporting.log import FILE, Log
from tallystick.reporting.order import corrected
from tallystick.reporting.tokens import Token
from tests.reporting.made import ALL, NOW, accepted, counts, events, refused, token

SURVEY = "installation,Ada County,survey"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.of(tmp_path) as log:
        yield log


@pytest.fixture
def by(log: Log) -> Token:
    return token(log)


def test_a_batch_told_again_is_known_and_changes_nothing(log: Log, by: Token) -> None:
    batch = events(f"e1,{SURVEY},enter,,2026-03-01,", f"e2,{SURVEY},exit,,2026-03-03,", by=by)
    first = accepted(log, batch)
    again = accepted(log, batch, NOW + timedelta(hours=1))
    assert (first.new, first.known, again.new, again.known) == (2, 0, 0, 2)
    assert again.batch == first.batch
    assert log.position() == 1


def test_rows_that_are_known_and_rows_that_are_new_may_stand_in_one_batch(log: Log, by: Token) -> None:
    accepted(log, counts("SEA,2026-03-09,arrests,1,1", by=by))
    receipt = accepted(log, counts("SEA,2026-03-09,arrests,1,1", "SEA,2026-03-09,removals,0,1", by=by))
    assert (receipt.rows, receipt.new, receipt.known) == (2, 1, 1)


def test_a_known_id_with_another_content_refuses_the_whole_batch(log: Log, by: Token) -> None:
    accepted(log, events(f"e1,{SURVEY},enter,,2026-03-01,", by=by))
    told = refused(log, events(f"e7,{SURVEY},exit,,2026-03-05,", f"e1,{SURVEY},enter,,2026-03-02,", by=by))
    assert "row 3, event_id: 'e1' was reported before and said something else" in told
    assert log.position() == 1
    assert not log.known(STAGE_EVENTS, ["e7"])


def test_a_revision_is_another_telling_and_the_same_revision_is_not(log: Log, by: Token) -> None:
    accepted(log, counts("SEA,2026-03-09,arrests,1,1", by=by))
    assert "next revision" in refused(log, counts("SEA,2026-03-09,arrests,2,1", by=by))
    assert accepted(log, counts("SEA,2026-03-09,arrests,2,2", by=by)).new == 1


def test_a_stage_is_not_left_before_it_is_entered_in_whichever_order_that_is_told(log: Log, by: Token) -> None:
    accepted(log, events(f"e1,{SURVEY},exit,2026-03-05T09:00:00-05:00,,", by=by))
    late = events(f"e2,{SURVEY},enter,2026-03-05T10:00:00-05:00,,", by=by)
    told = refused(log, late)
    assert "row 2, at: 'Ada County' would leave 'survey' at 2026-03-05 09:00:00-05:00, before it enters it" in told
    same_instant = events(f"e2,{SURVEY},enter,2026-03-05T14:00:00Z,,", by=by)
    assert accepted(log, same_instant).new == 1


def test_clocks_of_different_zones_are_compared_as_instants(log: Log, by: Token) -> None:
    west, east = "2026-03-04T23:00:00-10:00", "2026-03-05T08:00:00+00:00"
    assert "would leave" in refused(log, events(f"a,{SURVEY},enter,{west},,", f"b,{SURVEY},exit,{east},,", by=by))
    assert accepted(log, events(f"c,{SURVEY},enter,{east},,", f"d,{SURVEY},exit,{west},,", by=by)).new == 2


def test_a_correction_is_a_new_event_that_names_the_one_it_corrects(log: Log, by: Token) -> None:
    accepted(log, events(f"e1,{SURVEY},enter,,2026-03-05,", by=by))
    assert "nobody reported an event 'e9'" in refused(log, events(f"c1,{SURVEY},correct,,2026-03-01,e9", by=by))
    assert "would leave" in refused(log, events(f"e2,{SURVEY},exit,,2026-03-03,", by=by))
    accepted(log, events(f"c1,{SURVEY},correct,,2026-03-02,e1", f"e2,{SURVEY},exit,,2026-03-03,", by=by))
    assert "would leave" in refused(log, events(f"c2,{SURVEY},correct,,2026-03-04,e1", by=by))


def test_an_event_corrected_to_no_time_did_not_happen(log: Log, by: Token) -> None:
    accepted(log, events(f"e1,{SURVEY},enter,,2026-03-05,", by=by))
    accepted(log, events("c1,installation,Ada County,,correct,,,e1", f"e2,{SURVEY},exit,,2026-03-03,", by=by))
    stand = corrected(log.told_of(STAGE_EVENTS, "installation|Ada County"))
    assert list(stand) == ["e2"]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=12))
def test_told_in_any_parts_and_however_often_the_log_holds_the_same_rows(parts: list[tuple[int, int]]) -> None:
    rows = [f"SEA,2026-03-0{day + 1},arrests,{day},1" for day in range(4)]
    with Log(Path(":memory:")) as log:
        by = token(log)
        for first, more in parts:
            accepted(log, counts(*rows[first : first + more + 1], by=by))
        told = {place for first, more in parts for place in range(first, min(first + more + 1, 4))}
        assert sum(batch.rows for segment, last in log.segments("office_counts", 0)
                   for batch in log.batches("office_counts", segment, last)) == len(told)  # fmt: skip


def test_a_batch_keeps_its_bytes_its_hash_its_author_and_when_it_was_told(log: Log, by: Token) -> None:
    receipt = accepted(log, counts("SEA,2026-03-09,arrests,1,", by=by))
    kept = log.last("office_counts")
    assert kept is not None
    assert kept.body == b"office,day,measure,count,revision\nSEA,2026-03-09,arrests,1,1\n"
    assert kept.sha256 == receipt.batch == hashlib.sha256(kept.body).hexdigest()
    assert (kept.author, kept.told_at) == ("An invented office", NOW)


def test_a_clock_that_is_put_back_does_not_reorder_what_was_told(log: Log, by: Token) -> None:
    accepted(log, counts("SEA,2026-03-09,arrests,1,1", by=by))
    assert accepted(log, counts("SEA,2026-03-08,arrests,1,1", by=by), NOW - timedelta(days=1)).told_at == NOW


def test_a_segment_is_of_one_day_and_takes_no_more_when_it_is_full(
    log: Log, by: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SEGMENT_ROWS > 2
    monkeypatch.setattr("tallystick.reporting.commit.SEGMENT_ROWS", 2)
    for number, days in enumerate([0, 0, 0, 1]):
        accepted(log, counts(f"SEA,2026-03-0{number + 1},arrests,1,1", by=by), NOW + timedelta(days=days))
    segments = [segment for segment, _ in log.segments("office_counts", 0)]
    assert segments == ["20260310_0001", "20260310_0002", "20260311_0001"]


def test_a_group_of_batches_is_judged_one_after_the_other(log: Log, by: Token) -> None:
    one = counts("SEA,2026-03-09,arrests,1,1", by=by)
    other: Batch = counts("SEA,2026-03-09,arrests,2,1", by=by)
    first, second, third = commit(log, [one, other, one], NOW)
    assert isinstance(first, Receipt)
    assert not isinstance(second, Receipt)
    assert isinstance(third, Receipt)
    assert (first.new, third.new) == (1, 0)


# tokens


def test_a_token_is_known_by_its_secret_and_its_secret_is_kept_nowhere(tmp_path: Path) -> None:
    with Log.of(tmp_path) as log:
        made, written = make_token(log, "An invented office", ALL)
        assert known_token(log, f" {written}\n") == log.token(made.id)
        wrong = written[:-1] + ("A" if written[-1] != "A" else "B")
        for bad in (wrong, "", "tally_", written.replace(made.id, "0" * 12)):
            with pytest.raises(NotAllowed, match="no token that holds"):
                known_token(log, bad)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    assert made.id.encode() in kept
    assert written.rpartition("_")[2].encode() not in kept
    assert written.removeprefix(f"tally_{made.id}_").encode() not in kept


def test_a_revoked_token_holds_no_more_not_even_for_a_batch_that_was_read_before(log: Log, by: Token) -> None:
    batch = counts("SEA,2026-03-09,arrests,1,1", by=by)
    revoke_token(log, by.id, "the office has closed")
    assert "holds no more" in refused(log, batch)
    assert [act.act for act in log.acts(2)] == ["token revoked", "token made"]
    with pytest.raises(UsageError, match="needs a reason"):
        revoke_token(log, by.id, " ")
    with pytest.raises(UnknownName):
        revoke_token(log, "nobody", "why not")


@pytest.mark.parametrize("name", ["Jane Roe", "ROE, JANE", "", "a,b", "x" * 90])
def test_a_token_is_named_for_an_office_and_not_for_a_person(log: Log, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        make_token(log, name, ALL)


def test_a_token_for_nothing_is_not_made(log: Log) -> None:
    with pytest.raises(UsageError, match="could report nothing"):
        make_token(log, "An invented office", {"measure": ("arrests",)})


def test_the_audit_tells_who_did_what_and_nothing_of_what_stood_in_a_refused_batch(log: Log, by: Token) -> None:
    receipt = accepted(log, counts("SEA,2026-03-09,arrests,1,1", by=by))
    refused(log, counts("SEA,2026-03-09,arrests,777,1", by=by))
    said = [(act.author, act.act, act.rows, act.at_fault, act.batch) for act in log.acts(10)]
    assert said == [
        ("An invented office", "refused", 1, 1, ""),
        ("An invented office", "accepted", 1, None, receipt.batch),
        ("An invented office", "token made", None, None, ""),
    ]
    assert all("777" not in act.says for act in log.acts(10))


# the file


@pytest.mark.parametrize("table", ["batches", "told", "tokens", "revocations", "acts"])
def test_no_row_of_the_log_can_be_changed_or_taken_away(tmp_path: Path, table: str) -> None:
    with Log.of(tmp_path) as log:
        by = token(log)
        accepted(log, counts("SEA,2026-03-09,arrests,1,1", by=by))
        revoke_token(log, by.id, "over")
    with suppress(sqlite3.Error), sqlite3.connect(tmp_path / FILE) as file:
        for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = 77"):
            with pytest.raises(sqlite3.Error, match="append-only"):
                file.execute(sql)


def test_another_database_is_refused_as_no_log(tmp_path: Path) -> None:
    Ledger(tmp_path / FILE).close()
    with pytest.raises(ArchiveError, match="log of reports"):
        Log.of(tmp_path)
