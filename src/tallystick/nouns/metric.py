"""Metric: a number with a unit, a definition in words and allowed breakdowns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from inspect import getdoc, signature
from typing import Any

from tallystick.errors import UsageError
from tallystick.nouns.days import refuse_far
from tallystick.nouns.protection import NO_PLAN, SMALL, TOO_FINE

Function = Callable[..., Any]
Values = str | list[str]

GIVEN = ("by", "day", "year_before", "baseline")


@dataclass(frozen=True)
class Metric:
    """A function whose parameters name tables; the first is filtered and broken down, others are filtered alike.

    `unit` is USD, count, share, ratio, index, per_day, days; `on` the date column that `from` and `to` cut; `by`
    the allowed breakdowns; any column that is no amount may filter. `over` are the columns without which a row
    cannot be counted: how many rows lack them is told beside the figure. `counts` says what is counted, when that
    is people. `stock` is set when the figure is of a day and not of a period: then the newest snapshot on or before
    the end of the period answers, and no two snapshots are added up. `apart` are the breakdowns by which its
    figures are things of their own; `to_date` is set of a stock that begins anew with each fiscal year and grows
    within it. An input after the first whose name ends in `_days` is the `calendar`.

    Four parameters are not tables but given with the question: `by` (the column names, none for one figure; such
    a function returns a table of them with `value`, any other returns one scalar expression), `day` (the day asked
    about), `year_before` (a column, false in rows of the period and true in those of the same period one year
    earlier: these are then in the first table too, with their own dates, and rows that lie between and count for
    neither, where it is NULL; `tallystick.expressions.a_year_on` sets the sums of one year beside the other's) and
    `baseline` (a column: the first table is then the rows of two snapshots, one at the start of the period, where it
    is true, and one at its end).
    """

    name: str
    function: Function
    inputs: tuple[str, ...]
    unit: str
    on: str | None
    by: tuple[str, ...]
    over: tuple[str, ...] = ()
    counts: str | None = None
    stock: bool = False
    apart: tuple[str, ...] = ()
    to_date: bool = False

    @property
    def calendar(self) -> str | None:
        """The input that holds the days counted, cut to the period as the first is and filtered by what it knows."""
        return next((name for name in self.inputs[1:] if name.endswith("_days")), None)

    @property
    def definition(self) -> str:
        """The published definition: the function's docstring."""
        return _docstring(self.function)

    @property
    def title(self) -> str:
        return self.definition.split("\n", 1)[0]

    @property
    def takes(self) -> frozenset[str]:
        """Which of `GIVEN` the function asks for."""
        return _parameters(self.function) & frozenset(GIVEN)

    @property
    def grouped(self) -> bool:
        return "by" in self.takes

    @property
    def is_of_its_rows(self) -> bool:
        """Whether each figure is an aggregate of the very rows that are counted for it."""
        return not (self.stock or self.takes & {"by", "year_before", "baseline"})


@lru_cache(1_000)
def _docstring(function: Callable[..., Any]) -> str:
    return getdoc(function) or ""


@lru_cache(1_000)
def _parameters(function: Callable[..., Any]) -> frozenset[str]:
    return frozenset(signature(function).parameters)


def metric(
    *,
    unit: str,
    by: list[str],
    on: str | None = None,
    over: list[str] | None = None,
    counts: str | None = None,
    stock: bool = False,
) -> Callable[[Function], Metric]:
    """Make a function over tables the metric of its name. A `stock` needs `on`, the day of its snapshots."""
    if stock and on is None:
        raise ValueError("a stock is of a day: name its column in 'on'")

    def define(function: Function) -> Metric:
        inputs = tuple(name for name in signature(function).parameters if name not in GIVEN)
        kept = (unit, on, tuple(by), tuple(over or ()), counts, stock)
        return Metric(function.__name__, function, inputs, *kept)

    return define


def apart(*dimensions: str) -> Callable[[Metric], Metric]:
    """Keep a metric's figures apart by breakdowns: no claim works one out from figures of different ones."""

    def keep(metric: Metric) -> Metric:
        return replace(metric, apart=dimensions)

    return keep


def to_date(metric: Metric) -> Metric:
    """Tell of a stock that it counts from the start of the fiscal year: that of a year not over is a part of it."""
    return replace(metric, to_date=True)


@dataclass(frozen=True)
class Question:
    """A metric asked under filters: `where` holds a value, a list of values, or a pattern (`10*`) by dimension.

    `start` and `end` are both inside the period. `day` is the day that a metric looks ahead from (the Edition's
    own, if None). `as_known_on` asks an earlier Edition than the bench's own. Raises `UsageError` for a breakdown
    named twice, and for days that no release can tell of.
    """

    metric: str
    where: dict[str, Values] = field(default_factory=dict, hash=False)
    by: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    day: date | None = None
    as_known_on: date | None = None

    def __post_init__(self) -> None:
        if twice := next((name for name in self.by if self.by.count(name) > 1), None):
            raise UsageError(f"the breakdown '{twice[:60]}' is named twice", where="by", next_step="name it once")
        for name, day in (("from", self.start), ("to", self.end), ("day", self.day)):
            refuse_far(day, name)


@dataclass(frozen=True)
class Answer:
    """The rows of a question (the breakdowns, then `value`), and all that is needed to check them.

    `caveats` are sentences a reader must see beside the figure; `sql` is what was run over the Edition; `counted`
    is how many rows of the metric's first table stand behind the figure. A value of None is *unknown*, not zero;
    `unknown_because` is the caveat that made it so, where nothing held covers what was asked. `not_whole` are the
    months, quarters or years of a breakdown, as text, that the rows fill only in part: such a figure is no fall.
    `hidden` are the places of rows whose figure is known and not told, to point at nobody: neither zero nor unknown.
    Where counts of people are guarded each row says so of itself too, under `hidden`.
    """

    question: Question
    unit: str
    definition: str
    edition: str
    rows: tuple[dict[str, Any], ...] = field(hash=False)
    sql: str = ""
    caveats: tuple[str, ...] = ()
    counted: int | None = None
    unknown_because: str = ""
    not_whole: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()

    @property
    def value(self) -> Any:
        """The figure of a question without breakdown; None when no row answers it: that is *unknown*, not zero."""
        return self.rows[0]["value"] if len(self.rows) == 1 else None

    @property
    def seen(self) -> Any:
        """The figure as a page shows it: the word *hidden* where it is known and not told."""
        return "hidden" if self.value is None and self.hidden_because else self.value

    @property
    def is_guarded(self) -> bool:
        """Whether its figures are told or hidden one by one, as counts of people are."""
        return self._is_untold or any("hidden" in row for row in self.rows)

    @property
    def hidden_because(self) -> str:
        """Why figures of it are hidden: no plan tells them, or they would tell small ones; '' if none are."""
        if self._is_untold:
            return self.unknown_because
        return SMALL if self.hidden else ""

    @property
    def _is_untold(self) -> bool:
        return self.unknown_because in (NO_PLAN, TOO_FINE)
