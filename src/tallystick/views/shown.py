"""Shown: what a view shows, before anyone decides how: as HTML, SVG, PDF or data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tallystick.nouns.metric import Question

AWAITED = "awaited"
"""The template of a view that is still being worked out: it shows no figure, and says so."""


@dataclass(frozen=True)
class Column:
    """A column of the rows: its `name` in them, the `title` that readers see, and the `unit` of its cells.

    `question` is the one that its cells answer, each narrowed by its row; None: that of all.
    """

    name: str
    title: str
    unit: str = ""
    question: Question | None = None


class Mark(StrEnum):
    """How a chart draws its rows."""

    BARS = "bars"
    LINE = "line"
    AREAS = "areas"
    MAP = "map"
    SPECIFICATION = "specification"
    TIMELINE = "timeline"
    GRAPH = "graph"


@dataclass(frozen=True)
class Said:
    """What was said of a figure, in words, and the bounds between which it then lies; None is no bound."""

    words: str
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Chart:
    """A chart of the rows beside it: which columns are along and up, and which tells the series apart.

    `beside` is a column of second figures drawn next to those of `up`: the same period a year before, say. `adds_up`
    is whether the figures of several series may be put on top of one another (of shares and ratios they may not).

    Of a specification, `verdict` is the column that holds *holds*, *fails* or *unknown*, and `said` are the bounds.

    Of a map, `of` is the kind of place (county, state, area) that the `along` column holds, and `places` what that
    column calls the place that each county or state lies in, by FIPS code; a map whose `along` column holds FIPS
    codes or the names of states needs none. A place without a row is unknown, or zero if `unlisted_is_zero`.

    Of a line, `stands` is whether each figure stays as it is until the next, in steps.

    Of bars, `ends` are the columns of the two ends of the interval of `up`, then of `beside`; none is drawn without.

    Of a timeline, `until` is the column of the last day of what begins at `along`; `up` is what it is called.

    `most` is the figure at the end of the scale where several charts share one; else each has its own. `not_whole`
    are the months or years along that their rows fill only in part.
    """

    mark: Mark
    along: str
    up: str
    unit: str
    series: str | None = None
    beside: str | None = None
    of: str | None = None
    adds_up: bool = True
    verdict: str | None = None
    said: tuple[Said, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, hash=False)
    unlisted_is_zero: bool = False
    most: Any = None
    not_whole: tuple[str, ...] = ()
    until: str = ""
    stands: bool = False
    ends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """What must be read with some of the figures, and in words which these are; '' where there is but one."""

    about: str
    says: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.says)


@dataclass(frozen=True)
class Shown:
    """A title, a summary in words (`says`), the rows as a table, and a chart of them where there is one.

    `questions` are those that the rows answer, one for all or one for each; a figure's *why* starts from them.
    `caveats` are those of all of it; `beside` the same by the figures that they are about, where these are several.
    `drawn` are the rows of the chart, where it takes apart what stands in one row of the table; else it has the same.
    `template` is how HTML lays it out, `about` what only that layout needs.
    """

    title: str
    says: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    chart: Chart | None = None
    caveats: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    edition: str = ""
    template: str = "shown"
    about: Any = field(default=None, hash=False)
    beside: tuple[Beside, ...] = ()
    drawn: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)

    @property
    def in_the_chart(self) -> Shown:
        """The same with the rows that its chart is of."""
        return replace(self, rows=self.drawn, drawn=()) if self.drawn else self
