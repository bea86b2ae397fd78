"""Cursors hold for one Edition and one list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import UsageError
from tallystick.views.api.cursors import Cursor, Outdated, state_of

HERE = Cursor("9480cae8eebe", "0123456789ab", 40)


@given(st.integers(0, 10**9))
def test_a_cursor_is_read_as_it_was_written(begin: int) -> None:
    cursor = Cursor("9480cae8eebe", "0123456789ab", begin)
    assert Cursor.read(cursor.written) == cursor


@given(st.text(max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="this is not a cursor"):
        Cursor.read(text)


def test_a_cursor_of_another_edition_says_so() -> None:
    with pytest.raises(Outdated, match="is of Edition 9480cae8eebe, and Edition aaaaaaaaaaaa is in force"):
        HERE.within("aaaaaaaaaaaa", HERE.state)


def test_a_cursor_of_another_list_says_so() -> None:
    with pytest.raises(Outdated, match="another list"):
        HERE.within(HERE.edition, "bbbbbbbbbbbb")


def test_a_list_is_another_when_its_order_is() -> None:
    rows = [{"a": 1}, {"a": 2}]
    assert state_of(rows, "/x") == state_of([*rows], "/x")
    assert state_of(rows, "/x") != state_of(rows[::-1], "/x")
    assert state_of(rows, "/x") != state_of(rows, "/y")
