"""Book: the true counts of one plan in one Edition, and which of them were told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from tallystick.disclosure.audit import Inferred, settled
from tallystick.disclosure.cells import Cells, Counts, Mask, cells_of
from tallystick.disclosure.less import rounded
from tallystick.disclosure.pattern import Pattern
from tallystick.disclosure.primary import primary
from tallystick.disclosure.rule import Rule
from tallystick.disclosure.seen import Seen
from tallystick.disclosure.stand_in import StandIn, shape, told
from tallystick.nouns.metric import Question
from tallystick.nouns.protection import Protection

Places = tuple[int, ...]
Row = tuple[str | None, ...]
_TIMES = frozenset({"month", "quarter", "fiscal_year"})


@dataclass(frozen=True, eq=False)
class Book:
    """Cells of a plan, the columns of each, which were told, which said to be hidden, and sums of several told.

    A reader who is told a share or a mean is taken to know its base too.
    """

    plan: Protection
    rule: Rule
    cells: Cells
    columns: Mapping[str, list[Any]]
    told: Mask
    said_hidden: Mask
    sums: set[Places] = field(default_factory=set)

    @staticmethod
    def of(plan: Protection, rows: pa.Table, rule: Rule) -> Book:
        listed: Mapping[str, list[Any]] = rows.to_pydict()
        cells = cells_of(shape(plan), listed, [int(count or 0) for count in listed[plan.count]])
        none: Mask = np.zeros(len(cells), dtype=bool)
        columns = told(plan, rows, Pattern(cells, rule, none, none)).to_pydict()
        return Book(plan, rule, cells, columns, none.copy(), none.copy())

    @property
    def protected(self) -> Mask:
        """The cells that nobody may know: small ones, and those that are said to be hidden."""
        return np.asarray(primary(self.cells, self.rule) | (self.said_hidden & ~self.told))

    def count(self, places: Iterable[int], base: int = 1) -> int:
        """How many are in some cells together, each rounded to a base."""
        return sum(rounded(int(self.cells.counts[place]), base) for place in places)

    def groups(self, question: Question, table: StandIn, on: str | None, stock: bool) -> dict[Row, Places]:
        """The places of the cells that each figure of a question is made of, by its breakdowns as text.

        `table` is the table of the plan that it is asked of, `on` the column of days; a `stock` is of the last one.
        """
        on = "month" if table.whole else on
        times = [name for name in question.by if name in {on, *_TIMES}]
        if stock and not times:
            question = replace(question, start=None)
        let = [place for place in self._of_table.get(table.table, ()) if self._is_within(place, question, on)]
        if stock and on:
            let = self._last(let, times, on)
        found: dict[Row, list[int]] = {}
        for place in let:
            if all(self._is_wanted(name, place, wanted) for name, wanted in question.where.items()):
                found.setdefault(tuple(self._text(name, place) for name in question.by), []).append(place)
        return {key: tuple(places) for key, places in found.items()}

    def narrow(self) -> tuple[Inferred, ...]:
        """Protected cells of which more may be inferred than the rule allows, from all that was told together."""
        known = [places for places in sorted(self.sums) if not self.told[list(places)].all()]
        cells, hidden = self.cells, ~self.told
        if known:
            keys = (*cells.keys, *(("told together", places) for places in known))
            counts: Counts = np.append(cells.counts, [self.count(places) for places in known])
            sums = (*cells.sums, *((len(cells) + number, places) for number, places in enumerate(known)))
            cells = Cells(keys, counts, sums)
            hidden = np.append(hidden, np.zeros(len(known), dtype=bool))
        wanted: Mask = np.zeros(len(cells), dtype=bool)
        wanted[: len(self.cells)] = self.protected & ~self.told
        seen = Seen.of(cells, self.rule)
        seen.look(wanted, hidden)
        return settled(cells, hidden, self.rule, wanted & ~seen.open)

    @cached_property
    def _of_table(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, table in enumerate(self.columns["of_table"]):
            found.setdefault(table, []).append(place)
        return found

    def _is_within(self, place: int, question: Question, on: str | None) -> bool:
        if on and (question.start or question.end):
            day = self.columns[on][place]
            if not isinstance(day, date) or not (question.start or day) <= day <= (question.end or day):
                return False
        times = {on, *_TIMES}
        return all(self._is_wanted(name, place, one) for name, one in question.where.items() if name in times)

    def _is_wanted(self, name: str, place: int, wanted: Any) -> bool:
        cell = self._text(name, place)
        return cell is not None and any(
            cell == one or ("*" in one and fnmatchcase(cell, one))
            for one in ([wanted] if isinstance(wanted, str) else wanted)
        )

    def _last(self, places: list[int], times: list[str], on: str) -> list[int]:
        """Those of the last day of each time."""
        last: dict[Row, Any] = {}
        of = [(tuple(self._text(name, place) for name in times), self.columns[on][place]) for place in places]
        for key, day in of:
            last[key] = max(last.get(key, day), day)
        return [place for place, (key, day) in zip(places, of, strict=True) if day == last[key]]

    def _text(self, name: str, place: int) -> str | None:
        cell = self.columns[name][place]
        return None if cell is None else str(cell)
