"""Source: one publisher's series of files, as `source.yml` states it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from tallystick.nouns.refresh import AnyInterface
from tallystick.nouns.written import Words, Written


class Type(StrEnum):
    """What a column holds. Codes stay text; money is DECIMAL with cents; a flag is true or false."""

    TEXT = "text"
    CODE = "code"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    TIMESTAMP = "timestamp"
    FLAG = "flag"


class Restates(StrEnum):
    """What a release says about rows it does not hold.

    `scope`: it is the whole of each stretch it touches, so earlier rows of that stretch are gone.
    `keys`: it adds and amends single rows; its silence says nothing.
    """

    SCOPE = "scope"
    KEYS = "keys"


class Column(Written, frozen=True, kw_only=True):
    """One column of a published table.

    `of` gives the publisher's names for it over the years (its own name if none), `values` the categories it
    may hold (a map also says what each becomes), `matches` a pattern its text must match whole.
    `mask: natural_person` replaces what looks like a person's name at ingest.
    """

    type: Type = Type.TEXT
    of: str | list[str] | None = None
    values: list[str] | dict[str, str] | None = None
    matches: str | None = None
    required: bool = False
    mask: str | None = None
    about: str = ""

    def names(self, own: str) -> tuple[str, ...]:
        """The publisher's names for this column, newest first."""
        if self.of is None:
            return (own,)
        return (self.of,) if isinstance(self.of, str) else tuple(self.of)


class RowCount(Written, frozen=True, kw_only=True):
    """How many rows a release may have: under `min` stops publishing, over `max` asks a person."""

    min: int = 1
    max: int | None = None


class Pair(Written, frozen=True, kw_only=True):
    """A code and its description, which a release may not swap or match up anew."""

    code: str
    name: str


class Beside(Written, frozen=True, kw_only=True):
    """An amount judged beside the total of its group (its agency's fiscal year, say)."""

    amount: str
    group: list[str]


class Expect(Written, frozen=True, kw_only=True):
    rows: RowCount = RowCount()
    pairs: list[Pair] = []
    implausible: Beside | None = None
    page_size: int | None = None


class Publication(Written, frozen=True, kw_only=True):
    """One published table: its grain in words, its columns, and what must be true of it.

    `scope` names the columns (or `fiscal_year(column)`) whose values say which stretch a row belongs to.
    `drop` lists, under the reason, the publisher's columns that are left out on purpose.
    """

    grain: Words
    columns: dict[str, Column]
    key: list[str] = []
    scope: list[str] = []
    drop: dict[str, list[str]] = {}
    expect: Expect = Expect()


class Dated(Written, frozen=True, kw_only=True):
    """What is known of particular bytes and stands in no file name."""

    sha256: str
    because: Words
    as_of: date | None = None
    published: date | None = None


class Releases(Written, frozen=True, kw_only=True):
    """Where new files appear and how a file's name is read (`as_of` and `published` as YYYYMMDD groups)."""

    listing: str = ""
    match: list[str] = []
    dated: list[Dated] = []


class Deletes(Written, frozen=True, kw_only=True):
    """Which value of which column of a delta takes a row away."""

    column: str
    value: str


class Correction(Written, frozen=True, kw_only=True):
    """A known error of the publisher's. It expires by itself: `says` must still be what the release says."""

    where: dict[str, str]
    column: str
    says: str
    means: str
    because: Words
    table: str = ""


class Source(Written, frozen=True, kw_only=True):
    """One publisher's series. `id` is the name of its folder; `folder` is where it lies.

    `always_known` is for code lists: they help to read other releases, so every Edition has them, however far
    back it looks.
    """

    title: Words
    publisher: Words
    licence: Words
    citation: Words
    cadence: Words
    publishes: dict[str, Publication]
    releases: Releases = Releases()
    refresh: list[AnyInterface] = []
    restates: Restates = Restates.SCOPE
    deletes: Deletes | None = None
    always_known: bool = False
    encoding: str = "utf-8"
    delimiter: str = ","
    corrections: list[Correction] = []
    id: str = ""
    folder: Path = Path()
