"""What was promised against what came, by a clock that a test sets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.checks.lateness import INTERVAL, PUBLISHER, lateness
from tallystick.nouns.lateness import Gap
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Cadence, Deadline, Source

WHEN = datetime(2026, 9, 1, tzinfo=UTC)
LAW = Deadline(every=Cadence.TWICE_A_MONTH, says="8 U.S.C. 1378a", citation="https://example.org/law")


def source(every: Cadence, deadline: Deadline | None = None) -> Source:
    return Source(
        title="t", publisher="p", licence="l", citation="c", cadence=every, publishes={}, deadline=deadline,
        id="stocks", folder=Path(),
    )  # fmt: skip


def release(as_of: date | None, published: date | None = None) -> Release:
    return Release(Provenance("stocks", f"{as_of}.xlsx", as_of=as_of, published=published), str(as_of), 1, WHEN)


def test_a_source_is_overdue_from_the_day_after_the_next_release_was_due() -> None:
    came = [release(date(2026, 7, 1)), release(date(2026, 7, 15))]
    (on_time,) = lateness(source(Cadence.EVERY_TWO_WEEKS), came, date(2026, 7, 29))
    (late,) = lateness(source(Cadence.EVERY_TWO_WEEKS), came, date(2026, 8, 1))
    assert (on_time.expected_by, on_time.days_late, on_time.is_overdue, on_time.says) == (
        date(2026, 7, 29),
        0,
        False,
        "",
    )
    assert (late.last, late.last_day, late.days_late) == ("2026-07-15.xlsx", date(2026, 7, 15), 3)
    assert late.says == (
        "t is overdue: the last release held, 2026-07-15.xlsx, is of 2026-07-15, and its publisher promised the "
        "next by 2026-07-29 (every two weeks)"
    )


def test_what_was_not_there_yet_on_the_day_does_not_count() -> None:
    came = [release(date(2026, 7, 1)), release(date(2026, 8, 15))]
    (then,) = lateness(source(Cadence.EVERY_TWO_WEEKS), came, date(2026, 8, 1))
    assert (then.last_day, then.days_late) == (date(2026, 7, 1), 17)


def test_a_release_put_out_later_than_the_day_it_speaks_for_came_when_it_was_put_out() -> None:
    (told,) = lateness(source(Cadence.MONTHLY), [release(date(2026, 6, 1), date(2026, 7, 9))], date(2026, 7, 10))
    assert (told.last_day, told.expected_by) == (date(2026, 7, 9), date(2026, 8, 9))


@pytest.mark.parametrize("every", [Cadence.IRREGULAR, Cadence.ONCE])
def test_a_source_that_promises_nothing_is_never_late(every: Cadence) -> None:
    (told,) = lateness(source(every), [release(date(2001, 1, 1))], date(2026, 1, 1))
    assert (told.expected_by, told.is_overdue, told.gaps) == (None, False, ())
    assert told.last_day == date(2001, 1, 1)


def test_a_source_of_which_nothing_dated_came_is_not_said_to_be_late() -> None:
    (told,) = lateness(source(Cadence.DAILY), [release(None)], date(2026, 1, 1))
    assert (told.last, told.is_overdue) == (None, False)


def test_a_laws_deadline_is_told_beside_the_publishers_promise() -> None:
    promised, law = lateness(source(Cadence.MONTHLY, LAW), [release(date(2026, 7, 1))], date(2026, 7, 20))
    assert (promised.promised_by, promised.is_overdue) == (PUBLISHER, False)
    assert (law.promised_by, law.days_late) == ("8 U.S.C. 1378a", 3)
    assert "8 U.S.C. 1378a promised the next by 2026-07-17 (twice a month)" in law.says


def test_a_law_asks_nothing_of_the_time_before_it() -> None:
    law = Deadline(every=Cadence.TWICE_A_MONTH, since=date(2026, 3, 1), says="a law", citation="c")
    days = [date(2026, 1, 1), date(2026, 3, 5), date(2026, 3, 20)]
    promised, told = lateness(source(Cadence.TWICE_A_MONTH, law), map(release, days), date(2026, 3, 21))
    assert (len(promised.gaps), told.gaps) == (1, ())


def test_periods_without_a_release_are_gaps_and_a_release_a_little_late_is_none() -> None:
    days = [date(2026, 1, 1), date(2026, 1, 20), date(2026, 3, 3), date(2026, 3, 17)]
    (told,) = lateness(source(Cadence.EVERY_TWO_WEEKS), map(release, days), date(2026, 3, 18))
    assert told.gaps == (Gap(date(2026, 1, 20), date(2026, 3, 3), 2),)


@given(st.sampled_from(sorted(INTERVAL)), st.dates(date(2019, 1, 1), date(2025, 1, 1)), st.integers(1, 30))
def test_a_promise_that_is_kept_has_no_gap_and_is_not_overdue(every: Cadence, first: date, count: int) -> None:
    days = [first + timedelta(days=INTERVAL[every] * number) for number in range(count)]
    (told,) = lateness(source(every), [release(day) for day in days], days[-1] + timedelta(days=1))
    assert (told.gaps, told.is_overdue) == ((), False)


@given(st.lists(st.dates(date(2019, 1, 1), date(2026, 1, 1)), min_size=1, max_size=12))
def test_the_order_of_adding_does_not_matter_and_gaps_lie_between_releases(days: list[date]) -> None:
    day = date(2026, 2, 1)
    one = lateness(source(Cadence.WEEKLY), [release(each) for each in days], day)
    other = lateness(source(Cadence.WEEKLY), [release(each) for each in sorted(days, reverse=True)], day)
    assert one == other
    assert all(gap.after in days and gap.before in days and gap.missed >= 1 for gap in one[0].gaps)
