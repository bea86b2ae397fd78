"""What may be asked of the API: every parameter with its meaning, its shape and examples. Others are refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from tallystick.nouns.finding import Severity
from tallystick.nouns.metric import Question
from tallystick.views.api.replies import MOST_ROWS
from tallystick.views.asked import filters
from tallystick.views.download import Form

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(written: object) -> date:
    if not isinstance(written, str) or not _DAY.fullmatch(written):
        raise ValueError("write a day as year-month-day, for example 2025-01-20")
    return date.fromisoformat(written)


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Filter = Annotated[str, Field(pattern=r"^[^=\x00]*[^=\s\x00][^=\x00]*=[^\x00]*[^\s\x00][^\x00]*$", max_length=400)]

WHERE = (
    "A filter, NAME=VALUE; say it again to narrow further. The same name twice means either value, and `*` in a "
    "value stands for any text."
)


class Known(BaseModel):
    """The day as known on."""

    model_config = ConfigDict(extra="forbid")

    as_known_on: Day | None = Field(
        None,
        description="Answer from what was public on this day, and nothing that came later.",
        examples=["2026-03-01"],
    )


class Formed(Known):
    """The form of the answer."""

    format: Form | None = Field(
        None,
        description="The form of the answer; it goes before the `Accept` header. JSON when neither asks for one.",
    )


class Paged(Formed):
    """A page of a list."""

    limit: int | None = Field(
        None,
        ge=1,
        le=MOST_ROWS,
        description=f"At most so many rows, with a link to the next ones. Without it the whole list comes, or an "
        f"error that says how long it is when it is longer than {MOST_ROWS:,}.",
        examples=[100],
    )
    cursor: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="Where the page begins, as the link to it says. It holds for one Edition only.",
    )


class Questions(Formed):
    """A question to a metric."""

    where: list[Filter] = Field([], description=WHERE, examples=[["agency=ICE"]], max_length=40)
    by: list[Name] = Field(
        [],
        description="Break the figure down by this; say it again, or part names by commas, for several.",
        examples=[["fiscal_year"]],
        max_length=6,
    )
    start: Day | None = Field(None, alias="from", description="The first day of the period.", examples=["2024-10-01"])
    end: Day | None = Field(None, alias="to", description="The last day, itself inside it.", examples=["2025-09-30"])
    day: Day | None = Field(None, description="The day that a metric looks ahead from, if it does.")

    def question(self, metric: str) -> Question:
        """The question to `metric`. Raises `UsageError` for a filter that is none."""
        by = tuple(name for told in self.by for name in told.split(",") if name)
        return Question(metric, filters(self.where), by, self.start, self.end, self.day)


class Asks(Questions, Paged):
    """A question whose answer is asked for."""


class Walks(Questions):
    """A question whose rows are asked for."""

    rows: int = Field(20, ge=1, le=1000, description="At most so many rows of each table that stands behind.")


class Findings(Paged):
    """Which Findings."""

    kind: Name | None = Field(None, description="Only those of this kind.", examples=["stale_tab"])
    severity: Severity | None = Field(None, description="Only those of this severity.")
    source: Name | None = Field(None, description="Only those about this source.", examples=["starter_actions"])
    among: Literal["releases", "registers"] | None = Field(
        None, description="Only those found in releases, or between registers."
    )
    scope: Name | None = Field(
        None, description="Only those about this stretch, or this entry.", examples=["7012/FY2025"]
    )


class OfSource(Paged):
    """Which releases."""

    source: Name | None = Field(None, description="Only those of this source.", examples=["starter_actions"])


class Targets(Paged):
    """How targets are broken down."""

    by: list[Name] = Field(
        [],
        description="Break the observed figures down by area, quarter, fiscal_year or month.",
        examples=[["fiscal_year"]],
        max_length=3,
    )
    all_days: bool = Field(False, description="Also the days before and after a target was in force.")


class OfStage(Paged):
    """A stage of a process."""

    stage: Name | None = Field(
        None,
        description="A stage of the process; else the whole way, or the first stage with a target where it has none.",
        examples=["overall"],
    )


class OfQuarter(Paged):
    """A calendar quarter."""

    quarter: str | None = Field(
        None,
        pattern=r"^\d{4}Q[1-4]$",
        description="The calendar quarter; the last whole one when none is said.",
        examples=["2025Q3"],
    )
