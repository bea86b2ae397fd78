"""States, areas and counties in a filter: named by code or name, in any case, whatever spelling a table keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any

import ibis

from tallystick.metrics.filters import column, dimensions
from tallystick.nouns.metric import Question, Values
from tallystick.tables.graph import Graph

Cells = Callable[[Any], Iterable[str]]
"""The values of an expression with one text column `value`."""

_STATES = (("states", ("state", "state_name")),)
_AREAS = (("areas_of_responsibility", ("aor", "area_name")), ("area_names", ("aor", "name")))
_LISTS: Mapping[str, tuple[tuple[str, tuple[str, str]], ...]] = {
    "state": _STATES,
    "state_code": _STATES,
    "state_name": _STATES,
    "aor": _AREAS,
    "area": _AREAS,
    "area_name": _AREAS,
    "county": (),
    "county_name": (),
}
"""By dimension, the registers that hold its list: the columns of code and name. Counties are told by their words."""

_OFFICE = r"\s+(field office|area of responsibility)$"
_COUNTY = r"\s+(county|parish|borough|census area|municipality|city and borough|municipio|planning region)$"


@dataclass(frozen=True)
class Names:
    """The lists of names that filters are read by."""

    graph: Graph

    def resolved(self, question: Question, table: Any, cells: Cells) -> Question:
        """The question with each state, area and county spelt as `table` spells it; what none has stays as written.

        Patterns stay as they are. What a table spells in several ways is let through in all of them.
        """
        where = dict(question.where)
        for dimension, wanted in question.where.items():
            if dimension in _LISTS and dimension in dimensions(table):
                value = table[column(table, dimension)].cast("string")
                held = cells(table.select(value=value).distinct().filter(ibis._.value.notnull()))
                where[dimension] = self._spelt(dimension, wanted, sorted(held))
        return question if where == question.where else replace(question, where=where)

    def are_asked(self, question: Question) -> bool:
        """Whether a filter of the question is on a dimension that has a list."""
        return not _LISTS.keys().isdisjoint(question.where)

    def near(self, dimension: str, written: str, held: Iterable[str]) -> list[str]:
        """Values of a dimension whose listed name is near to what was written, code and name: `MIA (Miami)`."""
        if dimension not in _LISTS:
            return []
        listed = self._listed[dimension]
        by_name: dict[str, str] = {}
        for cell in held:
            thing = self._thing(dimension, cell)
            for key, (code, name) in listed.items():
                if code == thing:
                    by_name[key] = cell if cell.casefold() == name.casefold() else f"{cell} ({name})"
        found = get_close_matches(_key(dimension, written), by_name, n=3, cutoff=0.6)
        return list(dict.fromkeys(by_name[key] for key in found))

    def _spelt(self, dimension: str, wanted: Values, held: list[str]) -> Values:
        found: list[str] = []
        for value in [wanted] if isinstance(wanted, str) else wanted:
            thing = self._thing(dimension, value)
            same = [] if "*" in value else [cell for cell in held if self._thing(dimension, cell) == thing]
            found += same or [value]
        found = list(dict.fromkeys(found))
        return found[0] if isinstance(wanted, str) and len(found) == 1 else found

    def _thing(self, dimension: str, written: str) -> str:
        """What a spelling stands for: the code in its list; where no list knows it, its own words."""
        key = _key(dimension, written)
        return self._listed[dimension].get(key, (key, ""))[0]

    @cached_property
    def _listed(self) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        """By dimension, the code and name that each spelling of its list stands for."""
        return {dimension: self._spellings(dimension) for dimension in _LISTS}

    def _spellings(self, dimension: str) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for name, (of_code, of_name) in _LISTS[dimension]:
            register = self.graph.registers[name]
            at_code, at_name = register.columns.index(of_code), register.columns.index(of_name)
            for row in register.rows:
                code, called = row[at_code] or "", row[at_name] or ""
                told = found.setdefault(_key(dimension, code), (code, called))
                found.setdefault(_key(dimension, called), told)
        return found


def _key(dimension: str, written: str) -> str:
    """Words without case, stops and the word that says what kind of place it is."""
    words = " ".join(re.sub(r"[.,'’]", "", written.casefold()).split())
    return re.sub(_COUNTY if dimension.startswith("county") else _OFFICE, "", words)
