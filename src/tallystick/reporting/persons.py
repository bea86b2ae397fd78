"""Refuses what looks like a record of a person: such columns, such numbers, and names in place of a unit's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallystick.reporting.faults import Fault
from tallystick.reporting.forms import Told
from tallystick.sources.intimate import identifying
from tallystick.sources.persons import is_person_like

_NUMBERS = {
    "an alien number": re.compile(r"\bA[- #]?\d{3}[- ]?\d{3}[- ]?\d{2,3}\b"),
    "a social security number": re.compile(r"\b\d{3}-\d{2}-\d{4}\b"),
    "a telephone number": re.compile(r"(?<![\w-])(?:\+?1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])"),
}
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PLAIN = frozenset({"at", "day", "event", "count", "revision"})
_NAMED = ("unit", "office", "agency", "owner")
_SURE = "report counts and stages only, never a row about a person; ask whoever keeps this bench if it is none"


def strange_columns(told: Told, known: tuple[str, ...]) -> Iterator[Fault]:
    """A fault for each column that a kind of report has no place for, with what it would tell of people."""
    about_people = identifying(list(told.columns))
    for name in told.columns:
        if name not in known:
            person = " and would identify people" if name in about_people else ""
            yield Fault(
                1,
                name[:60] or "(blank)",
                f"a report has no such column{person}",
                f"leave it out; there are {', '.join(known)}",
            )


def of_people(number: int, row: dict[str, str]) -> Iterator[Fault]:
    """A fault for each cell of a row that looks like something about a person. What it says is not repeated."""
    for column, cell in row.items():
        if column in _PLAIN or _UUID.fullmatch(cell):
            continue
        for what, pattern in _NUMBERS.items():
            if pattern.search(cell):
                yield Fault(number, column, f"this looks like {what}", _SURE)
        if column in _NAMED and is_person_like(cell):
            yield Fault(number, column, "this looks like the name of a person", _SURE)
