"""Metric: a number with a unit, a definition in words and allowed breakdowns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from inspect import getdoc, signature
from typing import Any

Function = Callable[..., Any]
Values = str | list[str]


@dataclass(frozen=True)
class Metric:
    """A function whose first parameter names the table that is filtered and broken down.

    `unit` is USD, count, share, ratio, index; `on` the date column that `from` and `to` cut; `by` the allowed
    breakdowns. A function with a parameter `by` gets the column names and returns a table of them with `value`;
    any other returns one scalar expression. `counts` says what is counted, when that is people.
    """

    name: str
    function: Function
    inputs: tuple[str, ...]
    unit: str
    on: str | None
    by: tuple[str, ...]
    counts: str | None = None

    @property
    def definition(self) -> str:
        """The published definition: the function's docstring."""
        return getdoc(self.function) or ""

    @property
    def title(self) -> str:
        return self.definition.split("\n", 1)[0]

    @property
    def grouped(self) -> bool:
        return "by" in signature(self.function).parameters


def metric(
    *, unit: str, by: list[str], on: str | None = None, counts: str | None = None
) -> Callable[[Function], Metric]:
    """Make a function over tables the metric of its name."""

    def define(function: Function) -> Metric:
        inputs = tuple(name for name in signature(function).parameters if name != "by")
        return Metric(function.__name__, function, inputs, unit, on, tuple(by), counts)

    return define


@dataclass(frozen=True)
class Question:
    """A metric asked under filters: `where` holds a value, a list of values, or a pattern (`10*`) by dimension.

    `start` and `end` are both inside the period.
    """

    metric: str
    where: dict[str, Values] = field(default_factory=dict, hash=False)
    by: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Answer:
    """The rows of a question (the breakdowns, then `value`), and all that is needed to check them.

    `caveats` are sentences a reader must see beside the figure; `sql` is what was run over the Edition.
    """

    question: Question
    unit: str
    definition: str
    edition: str
    rows: tuple[dict[str, Any], ...] = field(hash=False)
    sql: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def value(self) -> Any:
        """The figure of a question without breakdown; None when no row answers it: that is *unknown*, not zero."""
        return self.rows[0]["value"] if len(self.rows) == 1 else None
