"""What was forecast stays as it was said."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tallystick.archive.forecasts import Forecasts
from tallystick.nouns.forecast import Ahead, Flow, Forecast, Said

AT = datetime(2026, 1, 5, tzinfo=UTC)
SAID = Said((0.1, 0.2, 0.3, 0.4), (1, 2, None), 0.5)
ONE = Forecast(
    "permits", "overall", date(2026, 1, 4), "e", "m", 9,
    (Ahead("u", 1, "A permit", None, date(2026, 1, 1), date(2026, 1, 4), True, date(2026, 2, 1), SAID, SAID),),
    (Flow("arrivals", 7, (1.0, 2.0, 3.0), (0.0, 2.0, 4.0)),),
)  # fmt: skip


def test_a_forecast_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    with Forecasts(tmp_path / "forecasts.sqlite") as file:
        assert file.keep(ONE, AT, is_ahead=True)
    with Forecasts(tmp_path / "forecasts.sqlite") as file:
        (kept,) = file.of("permits", "overall", "m", date(2026, 1, 4))
    assert (kept.forecast, kept.made_at, kept.is_ahead) == (ONE, AT, True)


def test_what_was_said_first_of_a_day_stays_whatever_is_said_later(tmp_path: Path) -> None:
    with Forecasts(tmp_path / "forecasts.sqlite") as file:
        file.keep(ONE, AT, is_ahead=True)
        assert not file.keep(replace(ONE, stays=10), AT, is_ahead=False)
        (kept,) = file.of("permits", "overall", "m", date(2026, 1, 9))
        assert kept.forecast.stays == 9


def test_nobody_can_change_or_take_away_a_forecast(tmp_path: Path) -> None:
    path = tmp_path / "forecasts.sqlite"
    with Forecasts(path) as file:
        file.keep(ONE, AT, is_ahead=True)
    for act in ("UPDATE forecasts SET said = ''", "DELETE FROM forecasts"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), sqlite3.connect(path) as connection:
            connection.execute(act)


def test_those_of_later_days_other_stages_and_other_methods_are_not_told(tmp_path: Path) -> None:
    with Forecasts(tmp_path / "forecasts.sqlite") as file:
        file.keep(ONE, AT, is_ahead=True)
        assert file.of("permits", "overall", "m", date(2026, 1, 3)) == []
        assert file.of("permits", "reading", "m", date(2026, 2, 3)) == []
        assert file.of("permits", "overall", "another", date(2026, 2, 3)) == []
