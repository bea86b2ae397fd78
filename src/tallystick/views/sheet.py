"""Says a filled sheet in rows and as one whole: each figure with its unit, what it rests on, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tallystick.nouns.protection import SMALL
from tallystick.nouns.sheet import Filled, FilledSheet, Rests
from tallystick.views.answer import figure
from tallystick.views.hidden import HIDDEN, is_hidden
from tallystick.views.judgement import why_command

MOST_SOURCES = 2
FEW = 10  # below it a second digit after the point tells something
COLUMNS = ["part", "figure", "of", "value", "unit", "from", "to", "metric", "rows", "rests_on", "unknown_because"]


def sheet_rows(sheet: FilledSheet) -> Iterator[dict[str, Any]]:
    """One row a figure; of a breakdown, one a group. A value of None is unknown, and the row says why."""
    for part, figures in sheet.parts:
        for one in figures:
            for row in one.rows or ({"value": None},):
                of = [row[name] for name in row if name not in ("value", HIDDEN) and row[name] is not None]
                yield {
                    "part": part.heading,
                    "figure": one.asks.name,
                    "of": ", ".join(map(str, of)) or None,
                    "value": row["value"],
                    "unit": one.unit or None,
                    "from": one.question.start if one.question else None,
                    "to": one.question.end if one.question else None,
                    "metric": one.asks.metric,
                    "rows": one.counted,
                    "rests_on": all_rests_in_words(one.rests_on) or None,
                    "unknown_because": one.because or (SMALL if is_hidden(row, "value") else None),
                }


def sheet_whole(sheet: FilledSheet) -> dict[str, Any]:
    """All of a sheet as JSON holds it."""
    return {
        "sheet": sheet.sheet.name,
        "title": sheet.sheet.title,
        "about": sheet.sheet.about,
        "subject": sheet.subject,
        "quarter": sheet.quarter,
        "edition": sheet.edition,
        "speaks_for": sheet.day,
        "limits": sheet.sheet.limits,
        "parts": [
            {"heading": part.heading, "reads": part.reads, "figures": [_figure(one) for one in figures]}
            for part, figures in sheet.parts
        ],
    }


def _figure(one: Filled) -> dict[str, Any]:
    asked = one.question
    figures: dict[str, Any] = {"rows": list(one.rows)} if one.asks.by else {"value": _value(one)}
    question = {"where": asked.where, "by": asked.by, "from": asked.start, "to": asked.end} if asked else None
    return {
        "name": one.asks.name,
        **figures,
        "unit": one.unit or None,
        "metric": one.asks.metric,
        "question": question,
        "unknown_because": one.because or None,
        "settled_by": one.asks.settled_by or None,
        "note": one.asks.note or None,
        "counted": one.counted,
        "caveats": one.caveats,
        "rests_on": [
            {"source": rests.source, "releases": rests.releases, "first": rests.first, "last": rests.last}
            for rests in one.rests_on
        ],
        "why": why_command(asked) if asked and one.rows else None,
    }


def _value(one: Filled) -> Any:
    return one.rows[0]["value"] if one.rows else None


def all_rests_in_words(every: tuple[Rests, ...], titles: Mapping[str, str] | None = None) -> str:
    """What a figure rests on, source by source; where these are many, how many they are.

    `titles` are what readers call the sources; one without is called by its id.
    """
    if len(every) <= MOST_SOURCES:
        return "; ".join(rests_in_words(one, (titles or {}).get(one.source, one.source)) for one in every)
    first = min((one.first for one in every if one.first), default=None)
    last = max((one.last for one in every if one.last), default=None)
    return f"{len(every)} sources: {sum(one.releases for one in every)} releases, {_days(first, last)}"


def rests_in_words(rests: Rests, called: str) -> str:
    """`ice_detention_statistics: 3 releases, 2025-09-24 to 2026-04-09`."""
    days = _days(rests.first, rests.last)
    return f"{called}: {rests.releases} release{'s' * (rests.releases != 1)}, {days}"


def _days(first: date | None, last: date | None) -> str:
    if first is None:
        return "of no stated day"
    return str(first) if first == last else f"{first} to {last}"


def sheet_table(sheet: FilledSheet) -> list[dict[str, Any]]:
    """The rows as people read them: the heading and the name of a figure once, values as they are said."""
    shown, last = [], ("", "")
    for row in sheet_rows(sheet):
        place = (row["part"], row["figure"])
        shown.append(
            {
                "part": row["part"] if row["part"] != last[0] else "",
                "figure": row["figure"] if place != last else "",
                "of": row["of"] or "",
                "value": HIDDEN if is_said_hidden(row) else spoken(row["value"], row["unit"]),
                "rests_on": row["unknown_because"] or row["rests_on"] or "our own registers",
            }
        )
        last = place
    return shown


def absent_in_words(because: str) -> str:
    """What a figure is that is not told: *hidden*, or *unknown*."""
    return HIDDEN if because.startswith(HIDDEN) else "unknown"


def is_said_hidden(row: Mapping[str, Any]) -> bool:
    """Whether the figure of a row of a sheet is absent because it is hidden."""
    return row["value"] is None and absent_in_words(row["unknown_because"] or "") == HIDDEN


def spoken(value: Any, unit: str | None) -> str:
    """A figure with as many digits as a reader has use for; JSON, CSV and Parquet have them all."""
    if isinstance(value, float) and unit == "share":
        return f"{value:.1%}"
    if isinstance(value, float):
        return f"{value:,.1f}" if abs(value) >= FEW else f"{value:,.2f}"
    return figure(value, unit or "number")


def sheet_notes(sheet: FilledSheet) -> list[str]:
    """What must be read with the figures: how the parts read, notes, caveats, what would settle what is unknown."""
    told = [f"{part.heading}: {part.reads}" for part, _ in sheet.parts if part.reads]
    figures = [one for _, every in sheet.parts for one in every]
    told += [f"{one.asks.name}: {one.asks.note}" for one in figures if one.asks.note]
    beside: dict[str, list[str]] = {}
    for one in figures:
        for caveat in one.caveats if one.rows else ():
            beside.setdefault(caveat, []).append(one.asks.name)
    told += [f"{', '.join(dict.fromkeys(names))}: {caveat}" for caveat, names in beside.items()]
    told += [
        f"{one.asks.name} is {absent_in_words(one.because)} ({one.because}); "
        f"what would settle it: {one.asks.settled_by}"
        for one in figures
        if one.because and one.asks.settled_by
    ]
    return [*told, *sheet.sheet.limits, f"Edition {sheet.edition}, speaks for {sheet.day}."]
