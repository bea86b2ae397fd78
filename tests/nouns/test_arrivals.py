"""What came in lately, and the day that now is laid beside."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tallystick.nouns.arrivals import arrivals
from tallystick.nouns.release import Provenance, Release

TODAY = date(2026, 11, 22)


def release(name: str, published: date | None, retrieved: date = TODAY) -> Release:
    at = datetime(retrieved.year, retrieved.month, retrieved.day, tzinfo=UTC)
    return Release(Provenance("series", name, published=published), name, 1, at)


def test_what_came_within_the_days_is_the_newest_first() -> None:
    held = [release("a", date(2026, 11, 16)), release("b", date(2026, 11, 20)), release("c", date(2026, 11, 15))]
    found = arrivals(held, TODAY, 7)
    assert [one.name for one in found.releases] == ["b", "a"]
    assert not found.is_quiet
    assert found.before == date(2026, 11, 15)


def test_when_nothing_came_the_last_change_is_told_and_now_is_laid_beside_the_day_before_it() -> None:
    held = [release("a", date(2026, 8, 20)), release("b", date(2026, 8, 20)), release("c", date(2026, 8, 7))]
    found = arrivals(held, TODAY, 7)
    assert [one.name for one in found.releases] == ["a", "b"]
    assert found.is_quiet
    assert found.before == date(2026, 8, 19)


def test_a_release_of_no_stated_day_is_counted_and_is_no_change() -> None:
    found = arrivals([release("a", None), release("b", date(2026, 8, 20))], TODAY, 7)
    assert [one.name for one in found.releases] == ["b"]
    assert found.undated == 1


def test_what_became_known_later_was_not_known_on_the_day() -> None:
    assert arrivals([release("a", date(2026, 11, 23))], TODAY, 7).releases == ()


def test_nothing_held_is_quiet() -> None:
    found = arrivals([], TODAY, 7)
    assert found.is_quiet
    assert found.before == date(2026, 11, 21)


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31))), st.integers(1, 60))
def test_all_that_came_are_within_the_days_or_of_one_day_before_them(days: list[date], count: int) -> None:
    found = arrivals([release(str(number), day) for number, day in enumerate(days)], TODAY, count)
    came = {one.known_on for one in found.releases}
    assert all(day <= TODAY for day in came)
    assert all(day > found.since for day in came) or len(came) == 1
    assert found.before < TODAY
