"""Turns an answer into what people work with: Arrow, Polars, pandas, and a table in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from html import escape
from importlib import import_module
from typing import Any, Self

import pyarrow as pa

from tallystick.errors import UsageError
from tallystick.nouns.metric import Answer, Question

_MONEY = pa.decimal128(38, 2)
_PLACES = 4


class ShownAnswer(Answer):
    """An answer that turns into frames and shows itself. Whatever it becomes carries its Edition."""

    @classmethod
    def of(cls, answer: Answer) -> Self:
        return cls(**{field.name: getattr(answer, field.name) for field in fields(answer)})

    def arrow(self) -> pa.Table:
        """The rows as Arrow: money as DECIMAL; unit, definition, Edition and caveats in the schema's metadata."""
        names = [*self.question.by, "value"]
        table = pa.Table.from_pylist(list(self.rows)) if self.rows else pa.table({name: [] for name in names})
        if self.unit == "USD":
            place = table.schema.get_field_index("value")
            table = table.set_column(place, "value", table["value"].cast(_MONEY))
        return table.replace_schema_metadata(self.provenance())

    def polars(self) -> Any:
        """The rows as a Polars frame. Raises `UsageError` when Polars is not installed."""
        return _library("polars").from_arrow(self.arrow())

    def pandas(self) -> Any:
        """The rows as a pandas frame whose `attrs` hold the Edition. Raises `UsageError` without pandas."""
        _library("pandas")
        frame = self.arrow().to_pandas()
        frame.attrs.update(self.provenance())
        return frame

    def provenance(self) -> dict[str, str]:
        """What must stay beside the figures wherever they go."""
        told = {
            "metric": self.question.metric,
            "unit": self.unit,
            "definition": self.definition,
            "edition": self.edition,
            "caveats": "\n".join(self.caveats),
        }
        return {name: text for name, text in told.items() if text}

    def _repr_html_(self) -> str:
        """What a notebook shows: the question, the figures, the Edition and what must be read with them."""
        lines = [f"<p><b>{escape(self.question.metric)}</b> ({escape(self.unit)}), {escape(in_words(self))}</p>"]
        lines.append(_html_table([*self.question.by, "value"], self.rows, self.unit))
        lines += [f"<p>{escape(caveat)}</p>" for caveat in self.caveats]
        first_line = self.definition.split("\n", 1)[0]
        lines.append(f"<p><small>{escape(first_line)} Edition {escape(self.edition)}.</small></p>")
        return "\n".join(lines)


def in_words(answer: Answer) -> str:
    """The filters and the period of an answer's question, as a reader would say them."""
    return question_in_words(answer.question)


def question_in_words(question: Question, title: Callable[[str], str] = str) -> str:
    """The filters and the period of a question, as a reader would say them; `title` says the name of a filter."""
    parts = [f"{title(name)} {_any_of(wanted)}" for name, wanted in question.where.items()]
    if question.start is not None:
        parts.append(f"from {question.start}")
    if question.end is not None:
        parts.append(f"to {question.end}")
    return ", ".join(parts) or "of everything held"


def figure(value: object, unit: str = "") -> str:
    """A cell as a reader sees it: thousands apart, money with cents and sign; an absent figure is *unknown*."""
    if value is None:
        return "unknown"
    if unit == "USD" and isinstance(value, Decimal | int | float):
        return f"-${-value:,.2f}" if value < 0 else f"${value:,.2f}"
    if isinstance(value, float):
        return f"{value:,.{_PLACES}f}" if unit else f"{value:,.{_PLACES}f}".rstrip("0").rstrip(".")
    if unit and isinstance(value, Decimal) and int(value.as_tuple().exponent) < -_PLACES:
        return f"{value:,.{_PLACES}f}"
    if unit and isinstance(value, int | Decimal):
        return f"{value:,}"
    return str(value)


def _any_of(wanted: str | list[str]) -> str:
    return wanted if isinstance(wanted, str) else " or ".join(wanted)


def _html_table(columns: list[str], rows: Iterable[Mapping[str, Any]], unit: str) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{_html_cells(columns, row, unit)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_cells(columns: list[str], row: Mapping[str, Any], unit: str) -> str:
    shown = [figure(row[column], unit if column == "value" else "") for column in columns]
    return "".join(f"<td>{escape(cell)}</td>" for cell in shown)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(
            f"{name} is not installed", next_step=f"pip install 'tallystick[frames]', or pip install {name}"
        ) from error
