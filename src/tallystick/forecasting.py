"""Forecasts of one standpoint: worked out, kept when they are made, and scored once the truth is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol, Self

from msgspec import convert, to_builtins

from tallystick import clock
from tallystick.archive.forecasts import Forecasts
from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.edition import Edition
from tallystick.nouns.forecast import Forecast, Judged, Stay, Stored
from tallystick.nouns.process import OVERALL, Process, Processes
from tallystick.once import once
from tallystick.pipeline import Pipeline
from tallystick.processes.forecast import METHOD, forecast
from tallystick.processes.heldback import Told, days, last_said, seen_on
from tallystick.processes.score import scores
from tallystick.remembered import Remembered
from tallystick.tables.processes import processes

FILE = "forecasts.sqlite"
_SPELLS, _UNITS, _EVENTS, _HOLIDAYS = "stage_spells", "stage_units", "stage_events", "federal_holidays"
_A_WEEK = 7


Rows = Sequence[tuple[dict[str, Any], date | None]]
"""Stays, each with the first list that lacks its unit."""


class Asked(Protocol):
    """What forecasts need of the bench."""

    @property
    def pipeline(self) -> Pipeline: ...
    @property
    def edition(self) -> Edition: ...
    @property
    def day(self) -> date: ...
    @property
    def known_on(self) -> date | None: ...
    @property
    def days_told(self) -> Mapping[str, date]: ...
    @property
    def forecasting(self) -> Forecasting: ...
    def table(self, name: str) -> list[dict[str, Any]]: ...
    def those(self, table: str, column: str, cells: Sequence[str]) -> list[dict[str, Any]]: ...
    def remembered_of(self, tables: Sequence[str]) -> Remembered: ...
    def days_of(self, tables: Sequence[str]) -> Sequence[date]: ...
    def again(self) -> Self: ...
    def at(self, known_on: date) -> Self: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Forecasting:
    """What is said of units under way. `bench` is that of the day on which it is asked."""

    bench: Asked

    @once
    def processes(self) -> Processes:
        """The processes that have units, by name."""
        found = processes(self.bench.pipeline.catalog)
        return {name: one for name, one in found.items() if not one.counted_by}

    def stage(self, process: str, stage: str | None = None) -> str:
        """The stage that is meant: the whole way, or where only stages have targets the first told of that has.

        Raises `UnknownName` with near names.
        """
        one = self._process(process)
        names = {**one.stages, OVERALL: one.overall}
        if stage is not None and stage not in names:
            raise UnknownName("stage", stage, names, where=process)
        aimed = [name for name, each in one.stages.items() if each.target and each.told]
        return stage or (aimed[0] if aimed and one.overall.target is None else OVERALL)

    def made(self, process: str, stage: str | None = None) -> Forecast | None:
        """What is said of the units at a stage from what is known; None where none was ever watched.

        That of the newest Edition is kept when it is first made. Raises `UnknownName`.
        """
        its = self.stage(process, stage)
        told = self.bench.remembered_of((_SPELLS, _UNITS, _HOLIDAYS)).recall(
            f"forecast {METHOD} {process} {its} {self.bench.day}", lambda: to_builtins(self._worked_out(process, its))
        )
        if told is None:
            return None
        made = replace(convert(told, Forecast), edition=self.bench.edition.id)
        if self.bench.known_on is None:
            with Forecasts(self._path) as file:
                file.keep(made, clock.now(), is_ahead=True)
        return made

    def all_made(self) -> tuple[Forecast, ...]:
        """What is said of every process that has units under way, of its stage that is meant where none is named."""
        found = [self.made(process) for process in self.processes]
        return tuple(one for one in found if one is not None)

    def kept(self, process: str, stage: str | None = None) -> tuple[Stored, ...]:
        """The forecasts that were kept, of days up to that known on, the earliest first. Raises `UnknownName`."""
        its = self.stage(process, stage)
        if not self._path.exists():
            return ()
        with Forecasts(self._path) as file:
            return tuple(file.of(process, its, METHOD, self.bench.day))

    def judged(self, process: str, stage: str | None = None) -> Judged:
        """How forecasts turned out, by what is known now of their units. Raises `UnknownName`.

        Those that were kept, and of other past days those that are made of what had been told by then: so that it is
        known from the first day on how good they are.
        """
        its, kept = self.stage(process, stage), [one.forecast for one in self.kept(process, stage)]
        last = f" to {kept[-1].day}" if kept else ""
        told = self.bench.remembered_of((_SPELLS, _UNITS, _EVENTS, _HOLIDAYS)).recall(
            f"judged {METHOD} {process} {its} {len(kept)}{last}",
            lambda: to_builtins(self._judged(process, its, kept)),
        )
        return convert(told, Judged)

    def _held_back(self, of: tuple[str, str], told: Sequence[Told], but: Collection[date]) -> Iterator[Forecast]:
        """Forecasts of past days, a week apart or more, `but` for some: from what had been told by each of them."""
        holidays, known_within = self._days_off(), self._process(of[0]).known_within_days
        for day in days(told, self._came(of[0]), _A_WEEK):
            if day not in but:
                found = forecast((*of, self.bench.edition.id), seen_on(told, day), holidays, known_within, day)
                if found is not None:
                    yield found

    def looked_back(self, process: str, since: date, every: int, stage: str | None = None) -> Iterator[Forecast]:
        """Forecasts of past days, `every` days apart or more, each from what was known then, kept as made afterwards.

        Its days are some on which releases behind the process came. Raises `UnknownName`, and `UsageError`
        where there is no such day.
        """
        its = self.stage(process, stage)
        came = [day for day in self._came(process) if since <= day <= self.bench.day]
        if not came:
            raise UsageError(f"nothing of '{process}' came since {since}", next_step="name an earlier day")
        for day in _apart(came, every):
            found = self._on(day, process, its)
            if found is not None:
                with Forecasts(self._path) as file:
                    file.keep(found, clock.now(), is_ahead=False)
                yield found

    def _came(self, process: str) -> Sequence[date]:
        """The days on which releases behind a process came."""
        one = self._process(process)
        return self.bench.days_of([name for name in (one.milestones, one.units) if name] or ["reported_stage_events"])

    def _on(self, day: date, process: str, stage: str) -> Forecast | None:
        # a bench of its own, which is closed: one that keeps every past day open would fill the memory
        other = self.bench.again()
        try:
            return other.at(day).forecasting.made(process, stage)
        finally:
            other.close()

    def _judged(self, process: str, stage: str, kept: Sequence[Forecast]) -> Judged:
        rows = self._rows(process, stage)
        held = list(self._held_back((process, stage), self._told((process, stage), rows), {one.day for one in kept}))
        stays, made = _stays(rows), [*kept, *held]
        today = max((stay.watched for stay in stays), default=date.min)
        return Judged(scores(made, stays), tuple(one.day for one in held), last_said(made, stays, today))

    def _worked_out(self, process: str, stage: str) -> Forecast | None:
        known_within = self._process(process).known_within_days
        named = (process, stage, self.bench.edition.id)
        return forecast(named, _stays(self._rows(process, stage)), self._days_off(), known_within, self.bench.day)

    def _days_off(self) -> set[date]:
        return {date.fromisoformat(str(row["holiday_date"])) for row in self.bench.table(_HOLIDAYS)}

    def _rows(self, process: str, stage: str) -> Rows:
        """The stays at a stage that anybody watched, each with the first list that lacks its unit."""
        units = self.bench.those(_UNITS, "process", [process])
        missing = {row["unit"]: row["missing_from_date"] for row in units if row["missing_from_date"]}
        rows = self.bench.those(_SPELLS, "process", [process])
        told = [row for row in rows if row["stage"] == stage and row["watched_until_date"] is not None]
        return [(row, missing.get(row["unit"])) for row in told]

    def _told(self, of: tuple[str, str], rows: Rows) -> list[Told]:
        """The stays at a stage of which a release says when they were told to have begun."""
        (process, stage), told = of, self._days_told(of[0])
        lag = timedelta(self._process(process).exits_told_after_days)
        found = []
        for row, missing in rows:
            unit, ended = (row["unit"], stage), row["ended_date"]
            entry = told.get((*unit, "entered", row["entered_date"]))
            ending = told.get((*unit, "entered" if row["ended"] == "went back" else "left", ended))
            if row["ended"] == "ended":
                ending = max(told.get((row["unit"], None, "ended", ended), ended), ended + lag)
            if entry is not None:
                found.append(Told(_stay(row, missing), entry, ending))
        return found

    def _days_told(self, process: str) -> dict[tuple[Any, ...], date]:
        """When the first release told of each event: by unit, stage, what happened, and its day."""
        known, found = self.bench.days_told, dict[tuple[Any, ...], date]()
        for row in self.bench.those(_EVENTS, "process", [process]):
            key = (row["unit"], row["stage"], row["what"], row["day"])
            if row["release_id"] in known:
                day = max(known[row["release_id"]], row["day"])
                found[key] = min(day, found.get(key, day))
        return found

    def _process(self, name: str) -> Process:
        if name not in self.processes:
            counted = processes(self.bench.pipeline.catalog).get(name)
            if counted is not None and counted.counted_by:
                raise UsageError(
                    f"'{name}' is counted in aggregate, without units of which anything could be foretold",
                    next_step=f"ask its metrics: {', '.join(counted.counted_by)}",
                )
            raise UnknownName("process", name, self.processes)
        return self.processes[name]

    @property
    def _path(self) -> Any:
        return self.bench.pipeline.settings.home / FILE


def _stays(rows: Rows) -> list[Stay]:
    return [_stay(row, missing) for row, missing in rows if not row["is_out_of_order"]]


def _stay(row: dict[str, Any], missing_from: date | None) -> Stay:
    return Stay(
        row["unit"], row["visit"], row["title"], row["state"], row["entered_date"], row["watched_until_date"],
        row["is_start_known"], row["days"], row["after"], row["how"], row["ended"] == "still there",
        row["ended_date"] if row["ended"] == "left" else None, row["target_days"], row["target_calendar"],
        missing_from,
    )  # fmt: skip


def _apart(days: Sequence[date], every: int) -> Iterator[date]:
    """The first of some days, and each that lies at least `every` days after the one before."""
    last: date | None = None
    for day in sorted(set(days)):
        if last is None or (day - last).days >= every:
            last = day
            yield day
