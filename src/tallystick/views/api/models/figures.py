"""What replies about figures look like: metrics, claims, targets, sheets, changes."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from tallystick.nouns.finding import Verdict
from tallystick.views.api.models.told import Cell, Listed, Number, OfEdition, Row, Told


class Asked(Told):
    metric: str
    where: dict[str, str | list[str]]
    by: list[str]
    start: date | None = Field(alias="from")
    end: date | None = Field(alias="to")
    day: date | None
    as_known_on: date | None


class Marked(Told):
    """Whether the one figure of a question is hidden, where counts of people are guarded: rows say so themselves."""

    hidden: bool | None = Field(
        None, description="Whether the figure is hidden: neither zero nor unknown. Absent where none ever is."
    )
    hidden_because: str | None = Field(None, description="Why the figure is hidden; null where it is told.")


class Answer(Listed, Marked):
    """The figure, or a row for each group of a breakdown. A value of null is hidden or unknown, never zero."""

    value: Cell = Field(None, description="The figure of a question without breakdown; null is unknown, not zero.")
    low: Cell = Field(None, description="The lower end of the 95 percent interval of an estimate; null is unknown.")
    high: Cell = Field(None, description="Its upper end.")
    rows: list[Row] = Field(description="A row for each group: the breakdowns, `value`, its ends and its marks.")
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


class Why(Listed, Marked):
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
    cites: str = Field(
        description="What the citation is: the sentence as it was said, or a record that it speaks of."
    )
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
    figures: list[ClaimFigure]


class Targets(Listed):
    """Targets with their register rows, each beside the series that observe it."""

    targets: list[Row]


class Forecasts(Listed):
    """The processes that are forecast."""

    processes: list[Row]


class ForecastRead(Listed):
    """What lies ahead of a stage of a process, with the score of what was said before."""

    process: str
    stage: str
    day: date | None = Field(description="The last day that was watched; all dates ahead are counted from it.")
    method: str | None
    stays: int = Field(description="Of how many stays the method learned.")
    programme: list[Row] = Field(description="Arrivals and completions ahead; empty where none came lately.")
    scores: list[Row]
    kept: str
    unknown_because: str | None = Field(description="Why nothing is said of any unit; null where something is.")
    past: list[Row] = Field(
        description="What was said of units on the last past day with several, and what became of them."
    )
    units: list[Row]


class Scores(Listed):
    """What forecasts lost, by each measure."""

    scores: list[Row]


class Rests(Told):
    source: str
    releases: int
    first: date | None
    last: date | None


class SheetFigure(Told):
    name: str
    value: Cell = None
    rows: list[Row] = Field([], description="A row for each group, where it is a breakdown.")
    unit: str | None
    metric: str | None
    question: Row | None
    unknown_because: str | None
    settled_by: str | None
    note: str | None
    counted: int | None
    caveats: list[str]
    rests_on: list[Rests]
    why: str | None


class SheetPart(Told):
    heading: str
    reads: str
    figures: list[SheetFigure]


class Sheet(Listed):
    """Figures of one area or place side by side, with what limits them."""

    sheet: str
    title: str
    about: str
    subject: Row
    quarter: str | None
    limits: list[str]
    parts: list[SheetPart]


class Changes(Listed):
    """What changed from one side to the other: totals by table and amount, rows, or cells."""

    before: str
    after: str
    show: str
    not_compared: list[str] = Field(description="Columns that one side does not have at all.")
    rows: list[Row]
