"""Sheet: figures of one place or area side by side, so that none of them stands alone. Written by people, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from tallystick.nouns.metric import Question, Values
from tallystick.nouns.written import Words, Written


class Over(StrEnum):
    """Which days a figure is over: those of the sheet's quarter, up to its end, its fiscal year so far, or all."""

    QUARTER = "quarter"
    UNTIL = "until"
    FISCAL_YEAR = "fiscal_year"
    ALL = "all"


class Asks(Written, frozen=True, kw_only=True):
    """One figure of a sheet: a `metric` under filters and breakdowns, or what it `needs` that is not held.

    Filters may hold `{column}` of the sheet's subject, `{quarter}` and `{fiscal_year}`. `settled_by` says what would
    settle it where it is unknown, `note` what a reader must know of it. One that `is_drawn` has a breakdown by days,
    and is drawn over them as a line on which each figure stands until the next.
    """

    name: Words
    metric: str | None = None
    needs: str | None = None
    where: dict[str, Values] = msgspec.field(default_factory=dict)
    by: list[str] = msgspec.field(default_factory=list)
    over: Over = Over.QUARTER
    settled_by: str = ""
    note: str = ""
    is_drawn: bool = False

    def __post_init__(self) -> None:
        if self.is_drawn and (len(self.by) != 1 or not self.by[0].endswith("_date")):
            raise ValueError("a figure that 'is_drawn' is broken down by one day: [action_date]")
        if (self.metric is None) == (self.needs is None):
            raise ValueError("a figure has exactly one of 'metric' and 'needs'")
        if self.needs is not None and not self.settled_by:
            raise ValueError("a figure that 'needs' data not held says what it is 'settled_by'")


class Part(Written, frozen=True, kw_only=True):
    """Figures under one heading; `reads` says how to read them beside each other."""

    heading: Words
    figures: list[Asks]
    reads: str = ""


class Subject(Written, frozen=True, kw_only=True):
    """What a sheet is about: a row of `table`. For each word that names it, the columns in which it may stand."""

    table: Words
    named_by: list[list[str]]


class Sheet(Written, frozen=True, kw_only=True):
    """A page of figures about one `subject`, of a calendar quarter where it is `quarterly`, else of all that is held.

    `limits` are sentences that a reader must see with every sheet of the kind.
    """

    title: Words
    about: Words
    subject: Subject
    parts: list[Part]
    quarterly: bool = False
    limits: list[str] = msgspec.field(default_factory=list)
    name: str = ""


@dataclass(frozen=True)
class Rests:
    """What of one source a figure rests on: how many releases, and the first and last day that they speak for.

    Both are None where nobody stated a day of any of them.
    """

    source: str
    releases: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Filled:
    """One figure of a sheet with its answer: `rows` (breakdowns, then `value`), what it rests on, what it lacks.

    `because` says why it is unknown, and is empty where it is not; `rests_on` is then what was looked through.
    """

    asks: Asks
    unit: str
    rows: tuple[dict[str, Any], ...]
    because: str = ""
    question: Question | None = None
    counted: int | None = None
    caveats: tuple[str, ...] = ()
    rests_on: tuple[Rests, ...] = ()


@dataclass(frozen=True)
class FilledSheet:
    """A sheet about one subject (its row) in one Edition, and its quarter if it has one."""

    sheet: Sheet
    subject: dict[str, Any] = field(hash=False)
    edition: str
    day: date
    quarter: str | None
    parts: tuple[tuple[Part, tuple[Filled, ...]], ...]

    @property
    def called(self) -> str:
        """The subject as a reader would name it: `Bay County, Florida`."""
        columns = [columns[-1] for columns in reversed(self.sheet.subject.named_by)]
        return ", ".join(str(self.subject[name]) for name in columns)
