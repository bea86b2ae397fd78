"""What replies about the record look like: Findings, sources, releases, Editions, tables, pages."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from tallystick.nouns.finding import Severity, Verdict
from tallystick.nouns.source import Cadence
from tallystick.views.api.models.told import Listed, OfEdition, Row, Told


class Finding(Told):
    finding: str
    severity: Severity
    kind: str
    among: str = Field(description="`releases`, or `registers`: then it is of no source, release or file.")
    source: str | None
    release: str | None
    file: str | None
    scope: str | None
    day: date | None = Field(description="The day that it is about, where it is of one; else that of its release.")
    count: int
    says: str
    next_step: str
    decided: str | None


class Findings(Listed):
    rows: list[Finding]


class FindingRead(Listed):
    """One Finding with the first rows that show it, as they stood in the sheet."""

    finding: str
    severity: Severity
    kind: str
    among: str
    release: str | None
    scope: str | None
    verdict: Verdict
    says: str
    count: int = Field(description="How many rows show it in all.")
    next_step: str
    evidence: list[Row] = Field(description="The first of them, as they stood in the sheet.")


class Register(Told):
    called: str = Field(alias="register")  # a pydantic model has a `register` of its own
    title: str
    entries: int = Field(description="How many were told of by the day known on.")
    about: str
    never: str


class Registers(Listed):
    rows: list[Register]


class RegisterColumn(Told):
    part: str
    column: str
    means: str
    must: bool
    of: str | None


class RegisterRead(Listed):
    """One register, and every entry of it as one row."""

    called: str = Field(alias="register")  # a pydantic model has a `register` of its own
    title: str
    about: str
    never: str
    columns: list[RegisterColumn]
    rows: list[Row]


class EntryCell(Told):
    part: str
    row: int
    column: str
    value: str | int | float | date
    means: str
    citation: str
    told_date: date | None = Field(description="When that was told; nothing where it states no day.")


class EntryFinding(Told):
    finding: str
    kind: str
    says: str


class EntryRead(Listed):
    """One entry of a register: its facts, its lists, and every cell with its citation."""

    called: str = Field(alias="register")  # a pydantic model has a `register` of its own
    entry: str
    title: str
    facts: Row
    lists: dict[str, list[Row]]
    findings: list[EntryFinding]
    never: str
    cells: list[EntryCell]


class Source(Told):
    source: str
    title: str
    publisher: str
    cadence: Cadence
    last_release: date | None
    expected_by: date | None
    days_late: int | None
    licence: str
    publishes: list[str]
    citation: str


class Sources(Listed):
    rows: list[Source]


class Release(Told):
    release: str
    source: str
    name: str
    as_of: date | None
    published: date | None
    retrieved: datetime
    in_force: bool
    size: int
    sha256: str
    origin: str | None


class Releases(Listed):
    rows: list[Release]


class Late(Told):
    source: str
    promised_by: str
    cadence: Cadence
    last_release: str | None
    last_day: date | None
    expected_by: date | None
    days_late: int
    left_out: int


class LateList(Listed):
    rows: list[Late]


class Gap(Told):
    promised_by: str
    after: date
    before: date
    left_out: int


class Promise(Late):
    gaps: list[Gap] = Field(description="Releases with promised ones missing between them.")
    says: str


class Coverage(Told):
    table: str
    scope: str = Field(examples=["7012/FY2025"])
    release: str | None = Field(description="The release in force; null where none is good enough.")
    name: str | None
    speaks_for: date | None
    rows: int
    snapshots: int
    held: int = Field(description="How many releases were kept out of it.")
    is_stale: bool
    is_incomplete: bool
    says: str


class CoverageList(Listed):
    rows: list[Coverage]


class LeftOut(Told):
    """Columns left out whole, by the publisher's names; or one of the table's, of which cells are withheld."""

    table: str
    columns: list[str]
    because: str
    cells: int | None = Field(
        description="How many cells are withheld, whole or in part; null where all are left out."
    )


class SourceRead(OfEdition, Source):
    """One source, its promises, what of it is in force and what is left out."""

    left_out: list[LeftOut]
    promises: list[Promise]
    coverage: list[Coverage]


class Part(Told):
    table: str
    release: str
    sha256: str = Field(description="Of the published rows, not of the publisher's file.")
    day: date | None
    scopes: list[str]
    incomplete: list[str]


class ReleaseRead(OfEdition, Release):
    """One release, what of it is in force, and what was found in it."""

    parts: list[Part]
    findings: list[Finding]


class Edition(Told):
    edition: str
    known_on: date | None
    made: datetime
    code: str
    parts: int
    in_force: bool


class Editions(Listed):
    rows: list[Edition]


class EditionRead(Listed):
    """One Edition and the releases it is made of."""

    in_force: str = Field(description="The Edition in force now, or on the day asked about.")
    known_on: date | None
    code: str
    parts: list[Part]


class Table(Told):
    table: str
    made_from: list[str]
    meaning: str


class Tables(Listed):
    rows: list[Table]


class Column(Told):
    column: str
    type: str


class TableRead(Listed, Table):
    """One table and its columns."""

    columns: list[Column]


class Page(Told):
    page: str
    title: str
    about: str
    address: str


class Pages(Listed):
    rows: list[Page]
