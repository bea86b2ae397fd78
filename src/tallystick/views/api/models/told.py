"""What every reply has in common, and problems."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

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
