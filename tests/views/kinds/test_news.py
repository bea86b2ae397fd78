"""What changed, what is late, which verdicts moved."""

from __future__ import annotations

from datetime import date

from tallystick.bench import Bench
from tests.views.kinds.conftest import Shows, shows_over


def test_when_nothing_came_in_the_last_week_the_last_change_is_shown(small_bench: Bench) -> None:
    later = small_bench.at(date(2026, 11, 22))
    made = shows_over(later)("changes")
    assert [row["name"] for row in made.rows] == ["CBP_ICE_FY2025_asof_20260820_small.csv"]
    assert "came in the 7 days to 2026-11-22. The newest held are of 2026-08-20." in made.says
    assert "2026-08-20" in made.says


def test_what_came_in_the_last_week_is_told_as_such(small_bench: Bench) -> None:
    made = shows_over(small_bench.at(date(2026, 8, 22)))("changes")
    assert "in the 7 days to 2026-08-22: 1." in made.says


def test_nothing_held_is_no_change(nothing_held: Bench) -> None:
    made = shows_over(nothing_held)("changes")
    assert made.rows == ()
    assert "No release of a stated day is held." in made.says


def test_of_the_changes_only_the_first_are_shown_where_asked(small_bench: Bench) -> None:
    made = shows_over(small_bench.at(date(2026, 8, 22)))("changes", top=1, days=400)
    assert len(made.rows) == 1


def test_what_is_late_is_what_the_bench_says_is_late(shows: Shows, small_bench: Bench) -> None:
    made = shows("late")
    assert [row["source"] for row in made.rows] == [told.source for told in small_bench.lateness if told.is_overdue]
    assert "promise" in made.says


def test_targets_that_nothing_observes_say_what_would_settle_them(shows: Shows) -> None:
    made = shows("targets")
    assert made.rows
    assert all(row["actual"] is None and row["settled_by"] for row in made.rows)
    assert f"Of {len(made.rows)} targets, 0 are observed" in made.says


def test_a_target_is_not_drawn_where_nothing_observes_it(shows: Shows) -> None:
    made = shows("targets", of="arrests-3000-a-day", by=["quarter"], series="ice_book_ins", draw="bars")
    assert made.chart is None


def test_verdicts_that_changed_are_those_that_differ_from_then_or_from_before(
    shows: Shows, small_bench: Bench
) -> None:
    made = shows("verdicts")
    judged = dict(zip(small_bench.claim_names, small_bench.claims(), strict=True))
    changed = {name for name, one in judged.items() if one.now.word != one.then.word}
    assert changed <= {row["name"] for row in made.rows}
    for row in made.rows:
        assert row["now"] == judged[row["name"]].now.word
        assert row["now"] != row["then"] or row["now"] != row["before"]
