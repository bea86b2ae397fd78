"""Names for the codes that rows hold: areas, counties, states and facilities are read by name, and asked by code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.tables.processes import processes
from tallystick.views.words import Words

_LISTS: Mapping[str, tuple[str, str, str]] = {
    "aor": ("areas_of_responsibility", "aor", "{area_name}"),
    "county_fips": ("county_areas", "county_fips", "{county_name}, {state}"),
    "facility": ("facilities", "facility_code", "{facility_name}"),
    "state": ("states", "state", "{state_name}"),
    "recipient": ("recipients", "recipient", "{name}"),
}
"""By dimension: the table that tells the names, its column of codes, and how a name is put together."""


_WORDS = frozenset(
    {"model", "criminality", "funding_source", "series", "facility_type", "disposition", "agency_type", "measure"}
)
"""Dimensions whose codes are words, joined by underscores."""

_KINDS = frozenset({"category"})
"""Dimensions whose codes are a kind and a narrower one, words joined by hyphens: `surveillance/social-media`."""

_SHORT = {
    "it": "information technology",
    "area arrests": "arrests over one stated period",
    "ice book ins": "book-ins after an arrest by ICE",
    "ice removals": "removals by ICE",
    "seattle arrests": "arrests, Seattle area",
}
"""Codes that are too short to be read, as they are said."""


def named(bench: Bench, by: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The rows with a column more for each dimension that has a list of names: `aor_name` beside `aor`.

    A code that the list does not have stands for itself, and a cell without one stays without. Tables that spell
    states by name in capitals are understood.
    """
    for dimension in by:
        if dimension in _WORDS or dimension in _KINDS:
            rows = [{**row, label(dimension): _spaced(row[dimension], dimension)} for row in rows]
        if dimension in _LISTS:
            names = _names(bench, *_LISTS[dimension])
            newer = {**_ELSEWHERE.get(dimension, {}), **names}
            rows = [{**row, label(dimension): _named(row[dimension], newer)} for row in rows]
    return tuple(rows)


_READ = frozenset(_LISTS) | _WORDS | _KINDS


_PHASES = {
    "before": "the 12 months before",
    "begins": "the month in which it begins",
    "after": "the 12 months after",
    "outside": "any other month",
}


def worded(dimension: str, cell: Any, words: Words) -> str:
    """A cell of a dimension as a line of a sheet says it by itself: *fiscal year 2026*, *in force: partly*."""
    if dimension == "phase":
        return words(_PHASES.get(str(cell), str(cell)))
    if dimension == "fiscal_year":
        return words("fiscal year {year}", year=cell)
    if dimension == "in_force":
        return words("target in force: {how}", how=words(str(cell)))
    if isinstance(cell, date):
        return f"{cell:%Y-%m}" if dimension.endswith("month") else str(cell)
    return words(str(_spaced(cell, dimension))) if dimension in _READ else str(cell)


def called(bench: Bench, question: Question) -> Question:
    """The question as it is said: the processes that it is about by their titles. It is not asked so."""
    wanted = question.where.get("process")
    if wanted is None:
        return question
    known = processes(bench.pipeline.catalog)
    names = [
        str(known[one].title) if one in known else one for one in ([wanted] if isinstance(wanted, str) else wanted)
    ]
    return replace(question, where={**question.where, "process": names})


def label(dimension: str) -> str:
    """The column that readers read a dimension by."""
    return f"{dimension}_name" if dimension in _READ else dimension


def _spaced(cell: Any, dimension: str) -> Any:
    if not isinstance(cell, str):
        return cell
    said = cell.replace("/", ": ").replace("-", " ") if dimension in _KINDS else cell.replace("_", " ")
    return _SHORT.get(said, said)


_NEWER = {
    "60010": "Eastern District, AS", "60050": "Western District, AS", "66010": "Guam, GU",
    "69100": "Rota, MP", "69110": "Saipan, MP", "69120": "Tinian, MP",
    "78010": "St. Croix, VI", "78020": "St. John, VI", "78030": "St. Thomas, VI",
    "09110": "Capitol Planning Region, CT", "09120": "Greater Bridgeport Planning Region, CT",
    "09130": "Lower Connecticut River Valley Planning Region, CT", "09140": "Naugatuck Valley Planning Region, CT",
    "09150": "Northeastern Connecticut Planning Region, CT", "09160": "Northwest Hills Planning Region, CT",
    "09170": "South Central Connecticut Planning Region, CT",
    "09180": "Southeastern Connecticut Planning Region, CT", "09190": "Western Connecticut Planning Region, CT",
}  # fmt: skip
"""County codes that no list held has: islands, and the planning regions that took the place of Connecticut's counties
(Census Bureau, national county codes of 2020, and Federal Register 87 FR 34235 of 2022)."""


_ELSEWHERE: Mapping[str, Mapping[str, str]] = {"county_fips": _NEWER, "state": {"CU": "Guantanamo Bay, Cuba"}}
"""Names of codes that releases have and no list does, by dimension."""


def _named(cell: Any, names: Mapping[str, str]) -> Any:
    return names.get(cell) or names.get(str(cell).upper(), cell)


def _names(bench: Bench, table: str, code: str, name: str) -> Mapping[str, str]:
    told = [(row, name.format(**row)) for row in bench.table(table)]
    return {said.upper(): said for _, said in told} | {row[code]: said for row, said in told}
