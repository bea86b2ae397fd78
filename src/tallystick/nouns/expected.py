"""What `expect` in source.yml may say of groups, gaps, names and dates within one release."""

from __future__ import annotations

from tallystick.nouns.written import Words, Written


class Covers(Written, frozen=True, kw_only=True):
    """Which days a release says that it covers: `day` is the column judged, `first` and `last` those that say so.

    Where `first` and `last` are blank, `fiscal_year` is the column that names the whole year covered.
    """

    day: str
    first: str
    last: str
    fiscal_year: str


class CountedBy(Written, frozen=True, kw_only=True):
    """Rows are counted by the date `day`, and what they are about happened on the date `event`."""

    day: str
    event: str
    says: Words


class Groups(Written, frozen=True, kw_only=True):
    """Every row should name its group in `column`; `known` are the groups there are, `later` those made later.

    `later` gives, by the group's name, why a release may lack it.
    """

    column: str
    known: list[str] = []
    later: dict[str, str] = {}


class Missing(Written, frozen=True, kw_only=True):
    """A `column` whose share of blanks should not leap from one quarter of `by` to the next.

    `weight` is the column that says how many each row stands for, where it is not one.
    """

    column: str
    by: str
    weight: str | None = None


class Homonyms(Written, frozen=True, kw_only=True):
    """One `name` should stand for one `key`."""

    name: str
    key: str


class Sheets(Written, frozen=True, kw_only=True):
    """The table has a row for each sheet of a workbook.

    A shown sheet that prints a day more than `late` days before the one it should speak for asks a person, one more
    than `stale` days before it is kept out. `slower` gives, by tab, the days that its figures may be older than that.
    """

    late: int = 30
    stale: int = 60
    slower: dict[str, int] = {}


class Excludes(Written, frozen=True, kw_only=True):
    """A key of these rows may not stand in `table`, a list of another source, on the same day."""

    table: str
    key: list[str]


class Kinds(Written, frozen=True, kw_only=True):
    """The words that `column` may begin with, in any case: the kinds that figures are told apart by."""

    column: str
    known: list[str]


class LookedUp(Written, frozen=True, kw_only=True):
    """The column's words stand in the column `name` of the table `list`, among the rows where `within` agrees:
    column here, column there."""

    column: str
    list: str
    name: str
    within: dict[str, str] = {}


class ToldBy(Written, frozen=True, kw_only=True):
    """Another list, `table`, tells of the same things: rows of one `key` should say the same in `columns`."""

    table: str
    key: list[str]
    columns: list[str]


class Figures(Written, frozen=True, kw_only=True):
    """Labelled figures: `value`, each one told from others by `by`. `unit` names the column that says what is
    counted.

    `part_of` gives, by a column of labels, the column that says of which other label a figure is a part, for the
    units `counted`. Figures of a `month` stay as they are once it is over; those of a `period`, another year or
    quarter, count what happened in it. `rises` are those that only grow within a fiscal year: the values that columns
    have, each a word or several.
    """

    value: str
    by: list[str]
    unit: str
    counted: list[str]
    part_of: dict[str, str] = {}
    month: str = ""
    period: str = ""
    rises: list[dict[str, list[str]]] = []


class AddsUp(Written, frozen=True, kw_only=True):
    """Groups of columns (`parts`) that break down the same total, row by row and in all.

    In all they may be `apart` by that share; a single row by that share and by one unit.
    """

    says: Words
    parts: dict[str, list[str]]
    apart: float = 0.02


class Across(Written, frozen=True, kw_only=True):
    """The sum of `columns` over the table is `value` of the rows of `table` that say `where`, within the share
    `apart`. Both are of one fiscal year, as the column `year` says."""

    says: Words
    columns: list[str]
    table: str
    value: str
    where: dict[str, str]
    year: str = "fiscal_year"
    apart: float = 0.1


class Entities(Written, frozen=True, kw_only=True):
    """Each row is one thing called `name` at `place`, with `counts` of its own, and of the `kinds` that its counts
    are told by. All other columns are details: no count is wrong for them."""

    name: str
    place: list[str]
    counts: list[str]
    kinds: list[str] = []
