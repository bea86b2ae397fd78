"""Beyond the own machine nothing tells a small count of people, however it is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Lock

import pytest

from tallystick.bench import Bench
from tallystick.current import Current
from tallystick.errors import UsageError
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tests.guarded import AREAS, FIRST, arrests, home_of


@pytest.fixture(scope="module")
def home(guarded_home: Settings) -> Path:
    return guarded_home.home


@pytest.fixture(scope="module")
def guarded(home: Path) -> Bench:
    return Bench(Pipeline(Settings(home, (bundled_records(),), threads=1, memory_limit="2GB", profile="public")))


def counted(*columns: str) -> Counter[tuple[object, ...]]:
    told = (
        {"aor": AREAS[area][0], "day": day, "method": method, "month": day.replace(day=1)}
        for area, day, method in arrests()
    )
    return Counter(tuple(row[name] for name in columns) for row in told)


@pytest.mark.parametrize("by", [("aor", "day"), ("day",), ("aor", "month"), ("aor",), ("aor", "method"), ("month",)])
def test_what_is_told_is_exact_and_no_small_count_is_told(guarded: Bench, by: tuple[str, ...]) -> None:
    if by == ("aor", "method"):
        answer = guarded.ask(Question("arrests", {"fiscal_year": "2019"}, by=by))
    else:
        answer = guarded.ask(Question("arrests", by=by))
    truth = counted(*by)
    assert {tuple(row[name] for name in by) for row in answer.rows} == set(truth)
    for place, row in enumerate(answer.rows):
        count = truth[tuple(row[name] for name in by)]
        assert (row["value"] is None) == row["hidden"] == (place in answer.hidden)
        assert row["hidden"] or row["value"] == count >= 11


def test_days_told_one_by_one_do_not_tell_a_hidden_one_by_the_whole(guarded: Bench) -> None:
    told = {row["day"]: row["value"] for row in guarded.ask(Question("arrests", {"aor": "BUF"}, by=("day",))).rows}
    assert all(value is None for value in told.values())
    first = guarded.ask(Question("arrests", {"aor": "BUF"}, start=FIRST, end=FIRST))
    longer = guarded.ask(Question("arrests", {"aor": "BUF"}, start=FIRST, end=FIRST + timedelta(1)))
    assert first.value is None
    assert longer.value is None
    assert "hidden" in first.unknown_because


def test_whole_months_of_an_area_are_asked_of_months(guarded: Bench) -> None:
    answer = guarded.ask(Question("arrests", {"aor": "DAL"}, start=date(2018, 10, 1), end=date(2018, 10, 31)))
    assert answer.value == counted("aor", "month")["DAL", date(2018, 10, 1)]


def test_what_the_plan_does_not_hold_is_not_told(guarded: Bench) -> None:
    answer = guarded.ask(Question("arrests", {"method": "Located"}, by=("day",)))
    assert [row for row in answer.rows if row["value"] is not None] == []
    assert "finely" in answer.unknown_because
    assert guarded.ask(Question("arrests_per_100_000_noncitizens")).value is None


def test_rows_and_bundles_of_guarded_counts_are_refused_and_how_many_rows_lie_behind_is_not_said(
    guarded: Bench, tmp_path: Path
) -> None:
    asked = Question("arrests", {"aor": "BUF"}, by=("day",))
    assert not guarded.why(asked)
    assert not guarded.counts_behind(asked)
    assert guarded.ask(asked).counted is None
    assert guarded.span(asked) is None
    for refused in ("arrests_by_day", "ero_arrests_published"):
        with pytest.raises(UsageError, match="not shown"):
            guarded.table(refused)
    with pytest.raises(UsageError, match="not shown"):
        guarded.freeze([asked], tmp_path / "bundle")


def test_an_open_profile_tells_what_was_counted_and_the_two_remember_apart(home: Path, guarded: Bench) -> None:
    asked = Question("arrests", by=("aor", "day"))
    open_ = Bench(Pipeline(replace(guarded.pipeline.settings, home=home, profile="open")))
    assert {(row["aor"], row["day"]): row["value"] for row in open_.ask(asked).rows} == counted("aor", "day")
    assert guarded.ask(asked).hidden
    assert not open_.ask(asked).hidden


def test_no_count_of_the_file_of_shown_cells_is_hidden_by_a_flag_alone(tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    settings = replace(home_of(tmp_path, arrests()), profile="public")
    Bench(Pipeline(settings)).ask(Question("arrests", by=("aor", "day")))
    (file,) = (settings.home / "protected" / "arrests_by_day").glob("*.parquet")
    assert min(count for count in parquet.read_table(file)["arrests"].to_pylist() if count is not None) >= 11


def test_while_a_plan_is_made_other_questions_are_answered(guarded: Bench) -> None:
    known = guarded._known
    with known.planning.setdefault("removals_by_day", Lock()):
        assert guarded.again().ask(Question("arrests", {"aor": "DAL"})).edition == guarded.edition.id
    assert not known.making.locked()


def test_a_server_that_starts_has_chosen_what_it_shows_and_one_that_starts_again_finds_it(
    guarded: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = guarded.pipeline.settings
    Current(settings).close()
    with monkeypatch.context() as patched:
        patched.setattr("tallystick.gate.protected", _never)
        again = Current(settings)
        with again.bench() as bench:
            assert bench.ask(Question("arrests", {"aor": "DAL"})).value
        again.close()


def _never(*_: object) -> None:
    raise AssertionError("a pattern is chosen anew")


def test_a_later_release_shows_no_unchanged_cell_that_the_one_before_hid_and_hides_none_that_it_showed(
    tmp_path: Path,
) -> None:
    rows = arrests()
    home_of(tmp_path, rows, date(2019, 3, 1))
    settings = home_of(tmp_path, [*rows, rows[0]], date(2019, 4, 1))
    bench = Bench(Pipeline(replace(settings, profile="public")))
    by = [("aor", "day"), ("day",), ("aor", "month"), ("aor",), ("month",)]
    now, then = (
        {
            tuple(row[name] for name in columns): row["hidden"]
            for columns in by
            for row in one.ask(Question("arrests", by=columns)).rows
        }
        for one in (bench, bench.at(date(2019, 3, 15)))
    )
    area, day, _ = rows[0]
    changed = {AREAS[area][0], day, day.replace(day=1)}
    same = {cell for cell in now if not changed.issuperset(cell)}
    assert {cell for cell in same if now[cell]} == {cell for cell in same if then[cell]}


ASKED = (
    Question("arrests", {"fiscal_year": "2019"}, by=("aor", "method")),
    Question("arrests", by=("month", "aor")),
    Question("arrests", {"aor": "DAL"}, by=("month",)),
    Question("arrests", {"aor": "Nowhere"}, by=("day",)),
    Question("arrests", {"aor": "MIA"}),
    Question("arrests_per_day", by=("month",)),
    Question("share_of_arrests_without_an_area", by=("fiscal_year",)),
    Question("arrests", by=("day", "aor")),
)


def test_an_answer_is_the_same_whatever_was_asked_before(tmp_path: Path) -> None:
    told = []
    for name, asked in (("on", ASKED), ("back", ASKED[::-1])):
        bench = Bench(Pipeline(replace(home_of(tmp_path / name, arrests()), profile="public")))
        told.append({f"{one}": bench.ask(one) for one in asked})
    on, back = told
    for one in map(str, ASKED):
        assert on[one] == back[one], one
    assert {caveat for one in on.values() for caveat in one.caveats if "may not be whole" in caveat} >= {
        "month 2018-11-01 may not be whole: the rows held end on 2018-11-29",
        "fiscal year 2019 may not be whole: the rows held end on 2018-11-29",
    }
