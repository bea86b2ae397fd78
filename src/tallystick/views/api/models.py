"""What replies look like: the schemas of the API's description. Replies are written from the nouns themselves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from tallystick.nouns.finding import Severity, Verdict
from tallystick.nouns.source import Cadence

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
Cell = Number | str | bool | None
Row = dict[str, Any]


class Told(BaseModel):
    """Whatever is told: no field but those named."""

    model_config = ConfigDict(extra="forbid")


class WrongParameter(Told):
    parameter: str
    says: str


class Problem(Told):
    """What is wrong, where, and what to do next (RFC 9457)."""

    type: str = Field(description="`about:blank`: the status says what kind of problem it is.")
    title: str
    status: int
    detail: str = Field(description="What is wrong, in a sentence.")
    where: str = Field("", description="The parameter, file, row or name that it is about.")
    next: str = Field("", description="What to do about it.")
    errors: list[WrongParameter] = Field([], description="Every parameter that is not as it must be.")


class OfEdition(Told):
    edition: str = Field(
        description="The Edition that this is a function of: twelve hex digits.", examples=["9480cae8eebe"]
    )
    speaks_for: date = Field(description="The day that the Edition speaks for.")
    as_known_on: date | None = Field(description="The day asked about; null for now.")


class Listed(OfEdition):
    total: int = Field(description="How many rows the whole list has.")
    next: str | None = Field(description="The link to the next page; null on the last.")


class Asked(Told):
    metric: str
    where: dict[str, str | list[str]]
    by: list[str]
    start: date | None = Field(alias="from")
    end: date | None = Field(alias="to")
    day: date | None
    as_known_on: date | None


class Answer(Listed):
    """The figure, or a row for each group of a breakdown. A value of null is unknown, never zero."""

    value: Cell = Field(None, description="The figure of a question without breakdown; null is unknown, not zero.")
    rows: list[Row] = Field(description="A row for each group: the breakdowns, then `value`.")
    unit: str = Field(examples=["USD"])
    caveats: list[str] = Field(description="What must be read with the figure.")
    unknown_because: str | None = Field(description="Why the figure is unknown, where nothing held covers it.")
    counted: int | None = Field(description="How many rows stand behind the figure.")
    question: Asked
    definition: str
    why: str = Field(description="The link to the rows and files behind the figure.")


class File(Told):
    file: str
    release: str
    as_of: date | None
    sha256: str
    origin: str | None


class Why(Listed):
    """The rows behind a figure, each with its file, member and row there; the files with their hashes."""

    value: Cell = None
    unit: str
    caveats: list[str]
    question: Asked
    definition: str
    expression: str = Field(description="What was run over the Edition, as SQL.")
    counted: int | None
    rows: list[Row]
    shown: int = Field(description="At most so many rows of each table are here.")
    files: list[File]


class Metric(Told):
    metric: str
    unit: str
    title: str
    by: list[str] = Field(description="The breakdowns that it allows.")
    period_by: str | None = Field(description="The date column that `from` and `to` cut.")
    from_tables: list[str]
    definition: str


class Metrics(Listed):
    rows: list[Metric]


class MetricRead(OfEdition, Metric):
    """What can be asked of a metric, and its definition."""

    filters: list[str] = Field(description="The names that `where` takes.")
    answer: str = Field(description="Where it is asked.")


class Range(Told):
    check: str
    unit: str
    lowest: Number
    lowest_definition: str
    highest: Number
    highest_definition: str
    definitions: int
    in_words: str


class Claim(Told):
    claim: str
    on: date
    by: str
    then: str = Field(description="The verdict as known on the day it was said.")
    now: str = Field(description="The verdict as known now.")
    edition_then: str | None
    edition_now: str | None
    said: str
    citation: str
    ranges: list[Range] = Field(description="How far each figure moves between definitions.")
    settled_by: list[str]


class Claims(Listed):
    rows: list[Claim]


class ClaimFigure(Told):
    """What one check gave under one definition, as known then, earliest or now."""

    known: str
    known_on: date | None
    edition: str | None
    definition: str
    role: str
    check: str
    value: Number | None
    unit: str
    verdict: Verdict | None
    margin: Number | None
    rows: int | None
    range: str | None
    because: str
    definition_because: str
    metric: str | None
    where: dict[str, str | list[str]] | None
    start: date | None = Field(alias="from")
    end: date | None = Field(alias="to")
    why: str | None = Field(description="The command that walks the figure to its rows.")
    caveats: list[str]


class ClaimRead(Listed, Claim):
    """One claim: what was said, both verdicts, the figure under every definition."""

    note: str
    rows: list[ClaimFigure]


class Finding(Told):
    finding: str
    severity: Severity
    kind: str
    source: str
    file: str
    scope: str | None
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
    release: str
    scope: str | None
    verdict: Verdict
    says: str
    count: int = Field(description="How many rows show it in all.")
    next_step: str
    rows: list[Row] = Field(description="The first of them.")


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
