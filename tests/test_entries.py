"""Tests of the entries of registers as a server's threads ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Event, Thread
from typing import Any

import pytest

from tallystick.entries import Entries
from tallystick.errors import NotYetError
from tallystick.nouns.crosscheck import Crosscheck

PATIENCE = 10.0


class Asked:
    """Of a bench, what crosschecks ask."""

    def __init__(self, not_as: Callable[[], list[dict[str, Any]]]) -> None:
        self._not_as = not_as

    def not_as(self, _: Crosscheck) -> list[dict[str, Any]]:
        return self._not_as()


def entries(not_as: Callable[[], list[dict[str, Any]]]) -> Entries:
    checks: Mapping[str, Any] = {"one": object()}
    asked: Any = Asked(not_as)
    return Entries(asked, {}, checks, {}, {})


def test_who_does_not_wait_is_told_so_while_another_works_the_same_out() -> None:
    working, may_end = Event(), Event()

    def works() -> list[dict[str, Any]]:
        working.set()
        may_end.wait(PATIENCE)
        return []

    def hurried() -> list[dict[str, Any]]:
        raise NotYetError

    slow, fast, told = entries(works), entries(hurried), list[bool]()
    who_works = Thread(target=getattr, args=(slow, "crosschecked"))
    who_asks = Thread(target=lambda: told.append(is_not_told(fast)))
    who_works.start()
    assert working.wait(PATIENCE)
    who_asks.start()
    who_asks.join(PATIENCE / 2)
    told_before = list(told)
    may_end.set()
    who_works.join(PATIENCE)
    who_asks.join(PATIENCE)
    assert told_before == [True]


def is_not_told(its: Entries) -> bool:
    with pytest.raises(NotYetError):
        _ = its.crosschecked
    return True
