"""The forecasts that were made: kept as they were told, each with its Edition, its day and its method."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import msgspec

from tallystick.archive.appendonly import AppendOnly
from tallystick.nouns.forecast import Forecast, Stored


class Forecasts(AppendOnly):
    """One file of forecasts. Of one process, stage, day and method the first is kept: what was said stays."""

    called: ClassVar[str] = "file of forecasts"
    schema: ClassVar[int] = 1
    tables: ClassVar[dict[str, str]] = {
        "forecasts": "process TEXT NOT NULL, stage TEXT NOT NULL, day TEXT NOT NULL, method TEXT NOT NULL, "
        "edition TEXT NOT NULL, is_ahead INTEGER NOT NULL, made_at TEXT NOT NULL, said TEXT NOT NULL, "
        "UNIQUE (process, stage, day, method)"
    }

    def keep(self, forecast: Forecast, made_at: datetime, is_ahead: bool) -> bool:
        """Write a forecast down, unless one of its day was; whether it is new.

        `is_ahead` says that it was made from all that was known, and not of a past day afterwards.
        """
        named = (forecast.process, forecast.stage, forecast.day.isoformat(), forecast.method)
        if self._rows("SELECT 1 FROM forecasts WHERE (process, stage, day, method) = (?, ?, ?, ?)", named):
            return False  # nobody waits for the disk who only reads
        said = msgspec.json.encode(forecast).decode()
        with self._writing():
            made = self._connection.execute(
                "INSERT OR IGNORE INTO forecasts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*named, forecast.edition, int(is_ahead), made_at.isoformat(), said),
            )
        return made.rowcount == 1

    def of(self, process: str, stage: str, method: str, until: date) -> list[Stored]:
        """The forecasts of a stage by a method, of days up to `until`, in order."""
        rows = self._rows(
            "SELECT said, made_at, is_ahead FROM forecasts "
            "WHERE process = ? AND stage = ? AND method = ? AND day <= ? ORDER BY day",
            (process, stage, method, until.isoformat()),
        )
        return [
            Stored(msgspec.json.decode(said, type=Forecast), datetime.fromisoformat(made_at), bool(is_ahead))
            for said, made_at, is_ahead in rows
        ]
