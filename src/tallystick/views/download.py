"""An answer to take away: one file that says by itself what its figures are, as of when, and from whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tallystick.bench import Bench
from tallystick.errors import UnknownName
from tallystick.nouns.metric import Answer
from tallystick.views.formats import as_csv, as_json, as_parquet
from tallystick.views.interval import ENDS
from tallystick.views.workbook import as_xlsx

_LONGEST_NAME = 120


class Form(StrEnum):
    """What an answer can be taken away as; the value is the ending of the file's name."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.JSON: "application/json",
    Form.PARQUET: "application/vnd.apache.parquet",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Download:
    """A file: its bytes, their media type, the `name` to keep it under. Equal answers give equal bytes."""

    body: bytes
    media_type: str
    name: str


def form_of(written: str) -> Form:
    """The form that a word names. Raises `UnknownName`."""
    if written not in list(Form):
        raise UnknownName("format", written, list(Form))
    return Form(written)


def download(bench: Bench, answer: Answer, form: Form, address: str = "") -> Download:
    """Every row of the answer as one file; `address` is where it can be read on the web.

    Raises `UsageError` when it is more than a workbook holds.
    """
    columns, rows = [*answer.question.by, "value", *marks(answer)], marked_rows(answer)
    match form:
        case Form.CSV:
            body = as_csv(columns, rows)
        case Form.JSON:
            body = as_json(told(answer) | {"sources": sources_of(bench, answer), "address": address})
        case Form.PARQUET:
            body = as_parquet(columns, rows, about(bench, answer, address))
        case Form.XLSX:
            body = as_xlsx(columns, rows, about(bench, answer, address))
    return Download(body, MEDIA_TYPES[form], file_name(answer, form))


def marks(answer: Answer) -> tuple[str, ...]:
    """The columns beside each figure: the ends of its interval; whether it is hidden, and why."""
    ends = [end for end in ENDS if any(end in row for row in answer.rows)]
    return (*ends, *(("hidden", "hidden_because") if answer.is_guarded else ()))


def marked_rows(answer: Answer) -> Sequence[Mapping[str, Any]]:
    """The rows of an answer, with its marks: one that is hidden says why. A breakdown that is not told is one row."""
    if not answer.is_guarded:
        return answer.rows
    if not answer.rows:
        return [dict.fromkeys((*answer.question.by, "value")) | _mark(answer, is_hidden=True)]
    return [row | _mark(answer, is_hidden=bool(row.get("hidden"))) for row in answer.rows]


def _mark(answer: Answer, *, is_hidden: bool) -> dict[str, Any]:
    return {"hidden": is_hidden, "hidden_because": answer.hidden_because if is_hidden else None}


def told(answer: Answer) -> dict[str, Any]:
    """All of an answer as JSON holds it: `value` for one figure, `rows` for a breakdown.

    Each has its interval where it has one. Where figures may be hidden each says whether it is, and why: one figure
    beside its value, else each row.
    """
    asked, marked = answer.question, marked_rows(answer)
    figures: dict[str, Any] = {"rows": marked} if asked.by else {"value": answer.value}
    if not asked.by:
        figures |= {name: marked[0][name] for name in marks(answer)}
    return figures | {
        "unit": answer.unit,
        "edition": answer.edition,
        "caveats": answer.caveats,
        "question": {
            "metric": asked.metric,
            "where": asked.where,
            "by": asked.by,
            "from": asked.start,
            "to": asked.end,
            "day": asked.day,
            "as_known_on": asked.as_known_on,
        },
        "definition": answer.definition,
    }


def about(bench: Bench, answer: Answer, address: str = "") -> dict[str, Any]:
    """What must stay beside the rows of an answer wherever they go."""
    beside = {name: value for name, value in told(answer).items() if name not in ("rows", "value", *marks(answer))}
    return {
        "metric": answer.question.metric,
        **beside,
        "sources": sources_of(bench, answer),
        "address": address,
        "an empty cell": "is unknown or not stated, never zero",
        **({"a hidden figure": answer.hidden_because} if answer.hidden_because else {}),
    }


def sources_of(bench: Bench, answer: Answer) -> Sequence[dict[str, str]]:
    """The series that the rows behind an answer come from: who publishes each, its licence, its citation."""
    behind = {release.source for release in bench.releases_behind(answer.question)}
    found = [bench.pipeline.catalog.source(name) for name in sorted(behind)]
    return [
        {"title": one.title, "publisher": one.publisher, "licence": one.licence, "citation": one.citation}
        for one in found
    ]


def file_name(answer: Answer, form: Form) -> str:
    """The metric, its filters and breakdowns, and the Edition: `obligations_agency-ICE_by-month_1a2b3c4d5e6f.csv`."""
    asked = answer.question
    filters = [f"{name}-{_plain(value)}" for name, value in asked.where.items()]
    days = [f"{word}-{day}" for word, day in (("from", asked.start), ("to", asked.end), ("day", asked.day)) if day]
    by = [f"by-{'-'.join(asked.by)}"] if asked.by else []
    named = "_".join([asked.metric, *filters, *by, *days])[:_LONGEST_NAME].rstrip("-_")
    return f"{named}_{answer.edition}.{form}"


def _plain(value: str | list[str]) -> str:
    """Text as part of a file's name on any system: letters and digits of ASCII, a hyphen for all else."""
    return re.sub(r"[^A-Za-z0-9]+", "-", value if isinstance(value, str) else "-".join(value)).strip("-")
