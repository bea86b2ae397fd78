"""Source: one publisher's series of files, as `source.yml` states it."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath

from tallystick.nouns.expected import (
    Across,
    AddsUp,
    CountedBy,
    Covers,
    Entities,
    Excludes,
    Figures,
    Groups,
    Homonyms,
    Kinds,
    LookedUp,
    Missing,
    Sheets,
    ToldBy,
)
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
    `snapshots`: it is the whole of its stretch as of its own day. Earlier ones stay in force, each for its day.
    """

    SCOPE = "scope"
    KEYS = "keys"
    SNAPSHOTS = "snapshots"


class Cadence(StrEnum):
    """How often a publisher promises a release. `irregular` promises none at any time; `once` none ever again."""

    DAILY = "daily"
    WEEKLY = "weekly"
    EVERY_TWO_WEEKS = "every two weeks"
    TWICE_A_MONTH = "twice a month"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    EVERY_FIVE_YEARS = "every five years"
    IRREGULAR = "irregular"
    ONCE = "once"


class Mask(StrEnum):
    """What a column might tell of people, so that it is withheld at ingest.

    `natural_person` withholds the whole cell where the row is about a person; `contacts` withholds names of officers
    and points of contact, telephone numbers and e-mail addresses inside a text in capitals, such as a contract's
    description; `prose` does so in text of sentences.
    """

    NATURAL_PERSON = "natural_person"
    CONTACTS = "contacts"
    PROSE = "prose"


WITHHELD = "(withheld)"
"""What a masked cell or part of a text says: known to the publisher, kept from the reader. Not blank or unknown."""


REDACTED = "(redacted)"
"""What a cell says that the publisher blacked out. Not blank, not unknown, and not withheld by us."""

ABOVE = "(above) "
"""Begins the name of a column whose cells stand above the table: the group of that name in `Source.preamble`."""


class Repair(Written, frozen=True, kw_only=True):
    """A known damage to cells: text that matches `says` whole becomes `means` (`\\1` for its first group).

    It is done to every release, and a Finding counts the cells wherever it was.
    """

    says: str
    means: str
    because: Words


class Column(Written, frozen=True, kw_only=True):
    """One column of a published table.

    `of` gives the publisher's names for it over the years (its own name if none), `values` the categories it
    may hold (a map also says what each becomes), `matches` a pattern its text must match whole.
    `required` means that every release must have the column, and each of its stretches a value in it, unless it
    `may_be_blank` there: a question that not everyone answers. `mask: natural_person` withholds the cell where
    the row's masked names look like a person's or the table's `persons` say so; `mask: contacts` withholds the
    contacts within a text. `repairs` undo known damage before anything else is asked of a cell.
    """

    type: Type = Type.TEXT
    of: str | list[str] | None = None
    values: list[str] | dict[str, str] | None = None
    matches: str | None = None
    required: bool = False
    may_be_blank: bool = False
    mask: Mask | None = None
    repairs: list[Repair] = []
    about: str = ""

    def names(self, own: str) -> tuple[str, ...]:
        """The publisher's names for this column, newest first."""
        if self.of is None:
            return (own,)
        return (self.of,) if isinstance(self.of, str) else tuple(self.of)


class RowCount(Written, frozen=True, kw_only=True):
    """How many rows a release may have: under `min` stops publishing, over `max` asks a person.

    `falls` and `grows` are the shares that ordinary snapshots lose and gain from one to the next.
    """

    min: int = 1
    max: int | None = None
    falls: float = 0.0
    grows: float = 0.6


class Pair(Written, frozen=True, kw_only=True):
    """A code and its description, which a release may not swap or match up anew.

    `list` is the published table (columns `code`, `name`, perhaps `full_name`) in which both are looked up; `means`
    says, where a manual fixes it, in which words each code is described.
    """

    code: str
    name: str
    list: str = ""
    means: dict[str, tuple[str, ...]] = {}


class Beside(Written, frozen=True, kw_only=True):
    """An amount judged beside the total of its group (its agency's fiscal year, say)."""

    amount: str
    group: list[str]


class Sum(Written, frozen=True, kw_only=True):
    """Parts that must add up to a stated total, `within` so many units of the amount, for each group of `by`.

    `parts` and `total` say which rows are meant: the column's value, or null where it must be blank. The rows may
    lie in several releases of the series.
    """

    says: Words
    amount: str
    by: list[str]
    parts: dict[str, str | None]
    total: dict[str, str | None]
    within: float = 0.0


class Expect(Written, frozen=True, kw_only=True):
    """What must be true of a table's rows.

    `file_name` holds a named group of `releases.match` against a column (or `fiscal_year(column)`): every row
    must say what the file's name says. `scopes` are those that a file must hold, with the groups of its name in
    braces; `scope_rows` is the fewest rows that a whole year of one has. `identifiers_removed` says why rows that
    are equal in every column are not one row told twice. `past` are dates that have come by the day spoken for,
    `lasting` columns that say the same of a key in every release. `unlike` are lists that are now and then put
    out in place of this one, and few of whose keys stand in it. `answers` are, by column, what a question is answered
    with in so many words; `told_by` other lists that tell of the same things; `words` are, by column, those of a kind
    that were seen: another one is asked about and stops little.
    """

    rows: RowCount = RowCount()
    pairs: list[Pair] = []
    implausible: Beside | None = None
    page_size: int | None = None
    file_name: dict[str, str] = {}
    scopes: list[str] = []
    scope_rows: int | None = None
    negative_share_min: float | None = None
    sums: list[Sum] = []
    covers: Covers | None = None
    counted_by: list[CountedBy] = []
    groups: list[Groups] = []
    missing: list[Missing] = []
    homonyms: list[Homonyms] = []
    identifiers_removed: str = ""
    sheets: Sheets | None = None
    past: list[str] = []
    lasting: list[str] = []
    excludes: list[Excludes] = []
    unlike: list[Excludes] = []
    kinds: list[Kinds] = []
    looked_up: list[LookedUp] = []
    figures: Figures | None = None
    adds_up: list[AddsUp] = []
    across: list[Across] = []
    entities: Entities | None = None
    answers: dict[str, list[str]] = {}
    told_by: list[ToldBy] = []
    words: dict[str, list[str]] = {}
    at_most: dict[str, str] = {}

    @property
    def of_the_whole(self) -> bool:
        """Whether anything is declared that is judged of a whole release, its tables side by side."""
        lists = (
            self.past,
            self.lasting,
            self.excludes,
            self.looked_up,
            self.adds_up,
            self.across,
            self.unlike,
            self.kinds,
            self.answers,
            self.told_by,
        )
        return bool(self.sheets or self.entities or self.figures or any(lists))

    @property
    def is_list(self) -> bool:
        """Whether each row is a thing that stands in a list once, as what is declared of it says."""
        return bool(self.lasting or self.excludes or self.unlike or self.looked_up)

    @property
    def other_tables(self) -> tuple[str, ...]:
        """The tables that the rows are held against, of this source or others."""
        return (
            *(other.table for other in (*self.excludes, *self.unlike)),
            *(other.list for other in self.looked_up),
            *(other.table for other in self.across),
            *(other.table for other in self.told_by),
        )


class Publication(Written, frozen=True, kw_only=True):
    """One published table: its grain in words, its columns, and what must be true of it.

    `scope` names the columns (or `fiscal_year(column)`) whose values say which stretch a row belongs to.
    `drop` lists, under the reason, the publisher's columns that are left out on purpose. `persons` lists, by
    the publisher's column, the values that mean the row is about a natural person; `organisations`
    those that mean it is not, whatever its names look like. `one_row_a_person` says that a row is about one person,
    though nobody can tell whom: it is counted, and never shown. `finely_counted` says that others counted persons in
    it more finely than the agency publishes.
    """

    grain: Words
    columns: dict[str, Column]
    key: list[str] = []
    scope: list[str] = []
    drop: dict[str, list[str]] = {}
    persons: dict[str, list[str]] = {}
    organisations: dict[str, list[str]] = {}
    expect: Expect = Expect()
    one_row_a_person: bool = False
    finely_counted: bool = False


class Dated(Written, frozen=True, kw_only=True):
    """What is known of particular bytes and stands in no file name, or stands there wrong."""

    sha256: str
    because: Words
    as_of: date | None = None
    published: date | None = None


class Counted(Written, frozen=True, kw_only=True):
    """Where a JSON answer of a search says how many things there are (`total`), and where they stand (`rows`)."""

    rows: str
    total: str


class Releases(Written, frozen=True, kw_only=True):
    """Where new files appear and how a file's name is read (`as_of` and `published` as YYYYMMDD groups, or
    the groups `year`, `month` and `day` for an `as_of` written in another order).

    `amends` picks, of the files that `match` lets in, those that only add and amend rows by key in a series whose
    other files restate whole stretches. `encodings` gives, by patterns of names, the encoding of files that are not
    in the source's own. `counted` is for answers of a paged search: one that counts more than it holds is a part.
    """

    listing: str = ""
    match: list[str] = []
    amends: list[str] = []
    encodings: dict[str, str] = {}
    dated: list[Dated] = []
    counted: Counted | None = None


class Deletes(Written, frozen=True, kw_only=True):
    """Which value of which published column takes the row of the same key away."""

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


class Deadline(Written, frozen=True, kw_only=True):
    """What a law asks of the series: how often it must appear and `since` when, which law, and where it stands."""

    every: Cadence
    since: date | None = None
    says: Words
    citation: Words


class Source(Written, frozen=True, kw_only=True):
    """One publisher's series. `id` is the name of its folder; `folder` is where it lies.

    `cadence` is what the publisher promises, `deadline` what a law asks beside that.

    `always_known` is for code lists: they help to read other releases, so every Edition has them, however far
    back it looks. `blanks` are the words that stand in a cell where nothing was said (`NA` of a re-saved file),
    `redacted` the patterns of the marks that stand where the publisher blacked a cell out. `preamble` are the
    patterns of the lines that may stand above a plain table's header, their cells joined with blanks; each named
    group in them is a column that every row has: `of: (above) title`. `pages` says that a release is a web page,
    which is refused of any other source: publishers answer with one when something is wrong.
    """

    title: Words
    publisher: Words
    licence: Words
    citation: Words
    cadence: Cadence
    publishes: dict[str, Publication]
    releases: Releases = Releases()
    deadline: Deadline | None = None
    refresh: list[AnyInterface] = []
    restates: Restates = Restates.SCOPE
    deletes: Deletes | None = None
    always_known: bool = False
    pages: bool = False
    encoding: str = "utf-8"
    delimiter: str = ","
    blanks: list[str] = []
    redacted: list[str] = []
    preamble: list[str] = []
    corrections: list[Correction] = []
    id: str = ""
    folder: Path = Path()

    def encoding_of(self, file_name: str) -> str:
        """The encoding of a plain table of this name."""
        said = (name for pattern, name in self.releases.encodings.items() if re.fullmatch(pattern, file_name))
        return next(said, self.encoding)

    @property
    def withholds(self) -> bool:
        """Whether the files hold more of natural persons than is published of them."""
        return any(column.mask for table in self.publishes.values() for column in table.columns.values())

    @property
    def counts_persons(self) -> bool:
        """Whether a row of a file is about one person."""
        return any(table.one_row_a_person for table in self.publishes.values())

    def restates_of(self, *names: str) -> Restates:
        """What a file says about rows it does not hold, by its name or by those of the members read of it."""
        plain = [PurePosixPath(name).name for name in names]
        if any(re.fullmatch(pattern, name) for pattern in self.releases.amends for name in plain):
            return Restates.KEYS
        return self.restates
