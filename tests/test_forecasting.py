"""Forecasts are kept when they are made, and those of past days rest on what was known then alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pytest

from tallystick.catalog import Catalog
from tallystick.errors import UnknownName, UsageError
from tallystick.forecasting import Forecasting
from tallystick.nouns.forecast import Judged, Stay
from tallystick.settings import bundled_records
from tests.processes.stays import FIRST, drawn

NOW = FIRST + timedelta(340)


def _event(one: Stay, what: str) -> dict[str, Any]:
    day = one.entered if what == "entered" else one.left
    return {"unit": one.unit, "stage": "overall", "what": what, "day": day, "release_id": f"of {day}"}


class Anew:
    """Remembers nothing."""

    def recall(self, asked: str, work_out: Callable[[], Any]) -> Any:  # noqa: ARG002
        return work_out()


@dataclass(frozen=True)
class Told:
    """A bench over made-up stays, as far as they were seen on the day known on."""

    home: Path
    known_on: date | None = None
    asked: list[date | None] = field(default_factory=list)
    tells: bool = False
    """Whether events say which release told them first."""

    @property
    def pipeline(self) -> Any:
        return SimpleNamespace(catalog=Catalog((bundled_records(),)), settings=SimpleNamespace(home=self.home))

    @property
    def edition(self) -> Any:
        return SimpleNamespace(id=f"as of {self.day}")

    @property
    def day(self) -> date:
        return self.known_on or NOW

    @property
    def forecasting(self) -> Forecasting:
        return Forecasting(self)

    def table(self, name: str) -> list[dict[str, Any]]:  # noqa: ARG002
        return []

    def those(self, table: str, column: str, cells: Sequence[str]) -> list[dict[str, Any]]:
        assert column == "process"
        if table == "stage_events" and cells == ["requests_287g"]:
            return [_event(one, what) for one in self._drawn() for what in ("entered", "left")]
        if table != "stage_spells" or cells != ["requests_287g"]:
            return []
        self.asked.append(self.known_on)
        return [
            {
                "unit": one.unit, "visit": 1, "title": one.unit, "state": "TX", "stage": "overall",
                "entered_date": one.entered, "watched_until_date": one.watched, "is_start_known": True,
                "is_out_of_order": False, "days": one.length, "after": -1, "how": one.how,
                "ended": "still there" if one.is_open else "left", "ended_date": one.left,
                "target_days": None, "target_calendar": "calendar days",
            }
            for one in self._drawn()
        ]  # fmt: skip

    def _drawn(self) -> Sequence[Stay]:
        return drawn(self.day, slow=60, quick=5, days=330)

    @property
    def days_told(self) -> dict[str, date]:
        return (
            {f"of {day}": day for day in (FIRST + timedelta(number) for number in range(341))} if self.tells else {}
        )

    def remembered_of(self, tables: Sequence[str]) -> Any:  # noqa: ARG002
        return Anew()

    def days_of(self, tables: Sequence[str]) -> Sequence[date]:  # noqa: ARG002
        return [FIRST + timedelta(day) for day in range(0, 340, 3)]

    def again(self) -> Self:
        return self

    def at(self, known_on: date) -> Told:
        return Told(self.home, known_on, self.asked, self.tells)

    def close(self) -> None:
        return


def test_what_is_said_from_all_that_is_known_is_kept_once(tmp_path: Path) -> None:
    forecasting = Told(tmp_path).forecasting
    made = forecasting.made("requests_287g")
    assert forecasting.made("requests_287g") == made
    (kept,) = forecasting.kept("requests_287g")
    assert kept.forecast == made
    assert kept.is_ahead


def test_forecasts_of_every_process_are_kept_also_where_nobody_looks(tmp_path: Path) -> None:
    forecasting = Told(tmp_path).forecasting
    assert [one.process for one in forecasting.all_made()] == ["requests_287g"]
    assert len(forecasting.kept("requests_287g")) == 1


def test_what_is_asked_of_a_past_day_is_not_kept(tmp_path: Path) -> None:
    then = Told(tmp_path).at(FIRST + timedelta(100)).forecasting
    made = then.made("requests_287g")
    assert made is not None
    assert made.day == FIRST + timedelta(100)
    assert then.kept("requests_287g") == ()


def test_past_days_are_forecast_from_what_was_known_then_and_judged_by_what_is_known_now(tmp_path: Path) -> None:
    bench = Told(tmp_path)
    made = list(bench.forecasting.looked_back("requests_287g", FIRST + timedelta(100), every=20))
    days = [one.day for one in made]
    assert days == bench.asked
    assert all((later - day).days >= 20 for day, later in pairwise(days))
    assert [one.edition for one in made] == [f"as of {day}" for day in days]
    assert not any(one.is_ahead for one in bench.forecasting.kept("requests_287g"))
    told = {one.of: one for one in bench.forecasting.judged("requests_287g").scores if one.measure == "Brier"}
    assert told["done within 7 days"].days > told["done within 60 days"].days > 2


def test_as_known_on_a_past_day_nothing_is_judged_that_came_later(tmp_path: Path) -> None:
    bench = Told(tmp_path)
    list(bench.forecasting.looked_back("requests_287g", FIRST + timedelta(200), every=40))
    then = bench.at(FIRST + timedelta(210)).forecasting
    assert len(then.kept("requests_287g")) == 1
    assert {one.of.partition(" ")[2] for one in then.judged("requests_287g").scores} == {"within 7 days"}


def test_where_releases_tell_of_events_past_days_are_judged_before_any_forecast_was_kept(tmp_path: Path) -> None:
    assert Told(tmp_path).forecasting.judged("requests_287g") == Judged()
    bench = Told(tmp_path, tells=True)
    judged = bench.forecasting.judged("requests_287g")
    assert bench.asked == [None], "no other Edition is made"
    assert all((later - day).days >= 7 for day, later in pairwise(judged.held_back))
    assert len(judged.held_back) > 30
    told = {one.of: one for one in judged.scores if one.measure == "Brier"}
    assert told["done within 14 days"].verdict == "beats the naive one"
    assert bench.forecasting.kept("requests_287g") == ()


def test_what_is_held_back_says_what_was_said_then_and_never_takes_the_place_of_what_was(tmp_path: Path) -> None:
    bench = Told(tmp_path, tells=True)
    before = bench.forecasting.judged("requests_287g")
    made = list(bench.forecasting.looked_back("requests_287g", FIRST + timedelta(290), every=3))
    after = bench.forecasting.judged("requests_287g")
    assert {one.day for one in made}.isdisjoint(after.held_back)
    both = {one.day for one in made} & set(before.held_back)
    assert both
    assert set(after.held_back) == set(before.held_back) - both


def test_the_stage_that_is_meant_is_the_whole_way_or_the_first_with_a_target(tmp_path: Path) -> None:
    forecasting = Told(tmp_path).forecasting
    assert forecasting.stage("requests_287g") == "overall"
    assert forecasting.stage("contracts") == "close_out"
    assert forecasting.stage("onboarding_287g") == "overall"


def test_names_that_nothing_has_and_days_without_releases_are_refused(tmp_path: Path) -> None:
    forecasting = Told(tmp_path).forecasting
    with pytest.raises(UnknownName, match="requests_287"):
        forecasting.made("requests_287")
    with pytest.raises(UnknownName, match="overal"):
        forecasting.made("requests_287g", "overal")
    with pytest.raises(UsageError, match="ask its metrics: median_days_to_departure"):
        forecasting.made("arrest_to_departure")
    with pytest.raises(UsageError):
        list(forecasting.looked_back("requests_287g", NOW + timedelta(1), 7))
