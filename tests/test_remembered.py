"""What was answered before is given again as it was, for as long as nothing that it rests on changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.remembered import Lately, Remembered

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.dates(), st.datetimes(),
    st.decimals(allow_nan=False, allow_infinity=False),
)  # fmt: skip


def _told(answer: object) -> object:
    return answer


def _refuses() -> Any:
    raise AssertionError("this was answered before")


@given(rows=st.lists(st.dictionaries(st.text(), CELLS, min_size=2), max_size=4))
def test_rows_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> None:
    remembered = Remembered(tmp_path_factory.mktemp("home") / "answers", "an Edition")
    remembered.recall("asked", lambda: rows)
    again = remembered.recall("asked", _refuses)
    assert again == rows
    assert [[type(cell) for cell in row.values()] for row in again] == [
        [type(cell) for cell in row.values()] for row in rows
    ]


def test_a_single_day_or_amount_comes_back_as_it_was(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path / "answers", "an Edition")
    row = {"value": Decimal("1.20")}
    for asked, told in (
        ("amount", row),
        ("day", {"value": date(2025, 1, 1)}),
        ("at", [datetime(2025, 1, 1, 2, 3, tzinfo=UTC)]),
    ):
        remembered.recall(asked, partial(_told, told))
        assert remembered.recall(asked, _refuses) == told


def test_another_state_or_another_question_is_worked_out(tmp_path: Path) -> None:
    path = tmp_path / "answers"
    Remembered(path, "an Edition").recall("asked", lambda: 1)
    assert Remembered(path, "another").recall("asked", lambda: 2) == 2
    assert Remembered(path, "an Edition").recall("asked otherwise", lambda: 3) == 3
    assert Remembered(path, "an Edition").recall("asked", _refuses) == 1


def test_what_cannot_be_written_down_is_worked_out_each_time(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path / "answers", "an Edition")
    assert [remembered.recall("asked", partial(_told, time(n))) for n in (1, 2)] == [time(1), time(2)]


def _zeroed(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _overwritten(path: Path) -> None:
    path.write_bytes(b"no database " * 1000)


@pytest.mark.parametrize("harm", [_zeroed, _cut_off, _overwritten])
def test_a_damaged_file_stops_no_answer_and_is_made_again(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    remembered = partial(Remembered, tmp_path / "answers", "an Edition")
    remembered().recall("asked", lambda: "x" * 10_000)
    harm(tmp_path / "answers")
    assert remembered().recall("asked", lambda: 1) == 1
    remembered().recall("asked", lambda: 1)
    assert remembered().recall("asked", _refuses) == 1


def test_an_answer_of_which_one_bit_turned_is_worked_out_and_mended(tmp_path: Path) -> None:
    path = tmp_path / "answers"
    Remembered(path, "an Edition").recall("asked", lambda: {"value": Decimal("71515761.68"), "unit": "USD"})
    held = path.read_bytes()
    assert held.count(b"71515761.68") == 1
    path.write_bytes(held.replace(b"71515761.68", b"71515765.68"))
    right = {"value": Decimal("71515761.68"), "unit": "USD"}
    assert Remembered(path, "an Edition").recall("asked", lambda: right) == right
    assert Remembered(path, "an Edition").recall("asked", _refuses) == right


def test_a_file_that_another_writes_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "answers"
    Remembered(path, "an Edition").recall("asked", lambda: 1)
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, timeout=0))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert Remembered(path, "an Edition").recall("asked", lambda: 2) == 2
        other.execute("ROLLBACK")
    assert Remembered(path, "an Edition").recall("asked", _refuses) == 1


def test_an_error_of_the_question_is_told_and_not_remembered(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path / "answers", "an Edition")
    with pytest.raises(AssertionError):
        remembered.recall("asked", _refuses)
    assert remembered.recall("asked", lambda: 1) == 1


def test_what_was_recalled_lately_is_given_from_memory_to_whoever_shares_it(tmp_path: Path) -> None:
    path, lately = tmp_path / "answers", Lately()
    Remembered(path, "an Edition", lately).recall("asked", lambda: {"value": Decimal("1.20"), "of": 1})
    path.unlink()
    told = Remembered(path, "an Edition", lately).recall("asked", _refuses)
    assert told == {"value": Decimal("1.20"), "of": 1}
    told.pop("of")
    assert "of" in Remembered(path, "an Edition", lately).recall("asked", _refuses), "each has one of his own"


def test_what_was_recalled_longest_ago_is_given_up(tmp_path: Path) -> None:
    lately = Lately(most=20)
    for asked in ("first", "second", "third"):
        Remembered(tmp_path / "answers", "an Edition", lately).recall(asked, lambda: "nine long")
    assert lately.get("an Edition", "first") is None
    assert lately.get("an Edition", "third") is not None
