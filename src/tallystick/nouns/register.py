"""Register: what people keep by hand about systems, instruments and reports, one small file an entry, as data.

A register never holds a person: an entry is a thing that was bought, agreed, written, ordered or asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import msgspec

from tallystick.nouns.finding import Finding
from tallystick.nouns.written import Words, Written

TOLD = "told_date"
CITATION = "citation"
CITED = {CITATION: "where it can be read", TOLD: "the day on which that was published or looked up"}
PERIOD = re.compile(r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?")


class Names(StrEnum):
    """What a cell names, so that entries which name the same meet: never a person."""

    RECIPIENT = "recipient"
    BODY = "body"
    AWARD = "award"
    SOLICITATION = "solicitation"
    PAPER = "paper"
    REPORT = "report"
    RECOMMENDATION = "recommendation"
    USE_CASE = "use_case"
    COURT_CASE = "court_case"


class Column(Written, frozen=True, kw_only=True):
    """One column: what it `means`, whether it `must` be there, and what its values are `of`.

    `of` names a register: then each value is one of its first column's (a vocabulary kept as CSV) or the name of an
    entry (a folder). `matches` is a full-match pattern. `names` says what sort of thing a value names; that is called
    as the value is, or as `called` says, each `{column}` a cell of the row. `blank` is what is read where nothing
    stands (that it was not found, if not said), and readers narrow the entries by what is `chosen`. A column that
    ends in `_date` is a day, in `_number` a number, in `_usd` dollars, in `_period` a year, month or day of which the
    first and last day are told besides; any other is text.
    """

    means: Words
    must: bool = False
    of: str | None = None
    matches: str | None = None
    names: Names | None = None
    called: str = ""
    blank: str = ""
    chosen: bool = False

    def thing(self, name: str, row: Mapping[str, Any]) -> str | None:
        """What the thing is called that the cell `name` of a row names; None where a cell of that is empty."""
        cells = {of: row[of] for of in (_slots(self.called) or {name})}
        if any(cell is None for cell in cells.values()):
            return None
        return self.called.format(**cells) if self.called else str(cells[name])


class Rows(Written, frozen=True, kw_only=True):
    """A list of an entry: what a row `means`, and its columns besides the `citation` and `told_date` of every row.

    `says` is a row in a few words, each `{column}` its value; without it a row is called by its first column.
    `taken_from` is the table that its rows are, where no file holds the entries; of those that have the same cell in
    the column `newest_by` the one told last counts.
    """

    means: Words
    columns: dict[str, Column]
    says: str = ""
    taken_from: str = ""
    newest_by: str = ""

    def __post_init__(self) -> None:
        if self.newest_by and self.newest_by not in self.columns:
            raise ValueError(f"'newest_by' names a column that is not there: '{self.newest_by}'")
        if unknown := sorted(_slots(self.says) - self.columns.keys()):
            raise ValueError(f"'says' names a column that is not there: '{unknown[0]}'")
        _refuse_uncalled(self.columns)


class Beside(Written, frozen=True, kw_only=True):
    """Rows that releases tell of an entry: what they `means`, and where they were looked for, found or not."""

    means: Words
    looked_in: Words


class Schema(Written, frozen=True, kw_only=True):
    """`register.yml`: what a register holds, what it never does, and which columns and lists an entry has.

    `one` is what a single entry is called, and the column of the tables that holds its name. The fields become the
    table of the register's own name, each list the table `<register>_<list>`. `beside` names
    tables that are made from releases, with a column called as `one`: an entry shows its rows under the words given,
    or that none was found where they were looked for. `entity` is the schema of FollowTheMoney that an entry is told
    as there. `names` says what sort of thing an entry is, so that whoever names the thing names the entry.

    `taken_from` is a table made from releases whose rows are the entries: then these have no file, and each list says
    its own table too. Of several rows of one entry the one that was told last is what it is.
    """

    title: Words
    one: Words
    about: Words
    never: Words
    fields: dict[str, Column]
    lists: dict[str, Rows] = msgspec.field(default_factory=dict)
    beside: dict[str, Beside] = msgspec.field(default_factory=dict)
    entity: Literal["Asset", "Document", "PublicBody", "Position"] = "Asset"
    names: Names | None = None
    taken_from: str = ""
    name: str = ""

    @property
    def tables(self) -> Mapping[str, str]:
        """The table of the entries by '', and that of each list by its name."""
        own = {called: rows.taken_from or f"{self.name}_{called}" for called, rows in self.lists.items()}
        return {"": self.taken_from or self.name, **own}

    def __post_init__(self) -> None:
        _refuse_uncalled(self.fields)
        if other := [name for name, rows in self.lists.items() if bool(rows.taken_from) != bool(self.taken_from)]:
            raise ValueError(f"either the entries and every list are 'taken_from' a table, or none: '{other[0]}'")
        taken = {self.one, *CITED}
        for columns in (self.fields, *(rows.columns for rows in self.lists.values())):
            if both := sorted(taken & columns.keys()):
                raise ValueError(f"'{both[0]}' is a column of every row; it is not declared")
        if "title" not in self.fields:
            raise ValueError("an entry has a 'title'")


@dataclass(frozen=True)
class Entry:
    """One entry of a register as its file says it: its fields, and the rows of its lists.

    A value is text as written (NULL where nothing stands), so that days and numbers are typed by their column in one
    place, the table.
    """

    register: str
    name: str
    fields: dict[str, str | None] = field(hash=False)
    lists: dict[str, tuple[dict[str, str | None], ...]] = field(hash=False)


@dataclass(frozen=True)
class EntryShown:
    """An entry as of what was told by the day known on, typed: its `facts`, its lists, and what was found of it.

    `title` is what a reader calls it; every row of `facts` and of `lists` has its `citation` and `told_date`, that is
    None where it was taken from what states no day.
    """

    schema: Schema
    name: str
    facts: dict[str, Any] = field(hash=False)
    lists: dict[str, tuple[dict[str, Any], ...]] = field(hash=False)
    findings: tuple[Finding, ...]
    edition: str

    @property
    def title(self) -> str:
        return str(self.facts["title"])

    @property
    def about(self) -> str:
        """What Findings call it: `technologies/clearview-ai`."""
        return f"{self.schema.name}/{self.name}"

    @property
    def cells(self) -> Iterator[tuple[Column, str, dict[str, Any]]]:
        """Every cell that is not empty, first the facts, then list by list: its column, what it says, its row.

        Of one that names a thing it is what the thing is called.
        """
        rows = ((self.schema.lists[name].columns, row) for name, of in self.lists.items() for row in of)
        for columns, row in ((self.schema.fields, self.facts), *rows):
            for name, column in columns.items():
                if row[name] is not None and (called := column.thing(name, row)) is not None:
                    yield column, called, row


@dataclass(frozen=True)
class Thing:
    """What a cell names: its `kind` (one of `Names`; of an entry, its register), its name and title."""

    kind: str
    name: str
    title: str


@dataclass(frozen=True)
class Near:
    """A thing that an entry names: `because` of which row, where that is told, and the `others` that name it too.

    `told_date` is None where nothing held states when the row was told.
    """

    thing: Thing
    because: str
    citation: str
    told_date: date | None
    others: tuple[Thing, ...]


@dataclass(frozen=True)
class Neighbourhood:
    """An entry, and all that it names or that names it, by kind and name."""

    entry: Thing
    near: tuple[Near, ...]


def _slots(text: str) -> set[str]:
    return set(re.findall(r"\{(.*?)\}", text))


def _refuse_uncalled(columns: Mapping[str, Column]) -> None:
    for name, column in columns.items():
        if unknown := sorted(_slots(column.called) - columns.keys()):
            raise ValueError(f"'called' of '{name}' names a column that is not there: '{unknown[0]}'")


def natural(text: str) -> list[tuple[str, int]]:
    """By which names are put in order: words by their letters, numbers in them by what they count."""
    return [(word, int(number or -1)) for word, number in re.findall(r"(\D*)(\d*)", text)]


def span(period: str) -> tuple[date, date]:
    """The first and last day of a year, a month or a day: `2025`, `2025-07`, `2025-07-04`.

    Raises `ValueError` for anything else.
    """
    told = PERIOD.fullmatch(period)
    if told is None:
        raise ValueError(f"'{period}' is no year, month or day as YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = int(told["year"]), int(told["month"] or 0), int(told["day"] or 0)
    if day:
        return date(year, month, day), date(year, month, day)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), date.fromordinal(after.toordinal() - 1)
