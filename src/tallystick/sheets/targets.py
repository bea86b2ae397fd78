"""Lays targets beside what was observed: every figure is a metric's, none is worked out here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tallystick.errors import UnknownName
from tallystick.nouns.metric import Question
from tallystick.nouns.target import Standing, TargetShown
from tallystick.sheets.fill import Asked

TOLD_BY = {
    "actual": "target_actual",
    "gap": "target_gap",
    "reached": "target_reached",
    "trend": "target_trend",
    "met": "share_of_target_periods_met",
    "periods": "target_periods",
}
KEYS = ("target", "series", "grain", "in_force")
IN_FORCE = ["yes", "partly"]


def targets(bench: Asked, name: str | None, by: Sequence[str], everything: bool) -> tuple[TargetShown, ...]:
    """Every target of the register said by the day known on, or the one called `name`, by area, quarter and the like.

    Stretches of days before and after a target was in force are left out unless `everything` is asked for. Raises
    `UnknownName` with near names.
    """
    said = (row for row in bench.table("targets") if _was_said(row["said_date"], bench.known_on))
    rows = sorted(said, key=lambda row: (row["measured_by"], str(row["target"])))
    if name is not None and name not in {row["target"] for row in rows}:
        raise UnknownName("target", name, {str(row["target"]) for row in rows})
    wanted = [row for row in rows if name in (None, row["target"])]
    found, caveats = _standings(bench, name, tuple(by), everything)
    series = {
        row["series"]: f"{row['series'].replace('_', ' ')}: {row['counts']}; {row['limits']}"
        for row in bench.table("observed_series")
    }
    shown = []
    for row in wanted:
        standings = tuple(found.get(row["target"], []))
        told = dict.fromkeys(series[one.series] for one in standings if one.series in series)
        shown.append(TargetShown(row, standings, bench.edition.id, (*told, *(caveats if standings else ()))))
    return tuple(shown)


def _was_said(said: date | None, known_on: date | None) -> bool:
    """Whether it was said by the day known on; of one of which nobody stated a day, nobody can tell."""
    return said is None or known_on is None or said <= known_on


def _standings(
    bench: Asked, name: str | None, by: tuple[str, ...], everything: bool
) -> tuple[dict[str, list[Standing]], tuple[str, ...]]:
    where: dict[str, Any] = {} if everything else {"in_force": IN_FORCE}
    where |= {"target": name} if name else {}
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    caveats: list[str] = []
    for word, metric in TOLD_BY.items():
        answer = bench.ask(Question(metric, where, (*KEYS, *by)))
        caveats += answer.caveats
        for row in answer.rows:
            merged.setdefault(tuple(row[key] for key in (*KEYS, *by)), {})[word] = row["value"]
    found: dict[str, list[Standing]] = {}
    for (target, series, grain, in_force, *group), told in merged.items():
        standing = Standing(series, grain, in_force, dict(zip(by, group, strict=True)), **told)
        found.setdefault(target, []).append(standing)
    return found, tuple(dict.fromkeys(caveats))
