"""Replies: rows as a page of a list, in the form that was asked for, with the way to the next page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from tallystick.errors import UsageError
from tallystick.views.api.cursors import Cursor, state_of
from tallystick.views.asked import Asked
from tallystick.views.download import MEDIA_TYPES, Form
from tallystick.views.formats import Row, as_csv, as_json, as_parquet, cell
from tallystick.views.urls import url
from tallystick.views.visit import Document
from tallystick.views.workbook import as_xlsx

MOST_ROWS = 10_000
"""How many rows one answer holds; a longer list comes page by page."""


_NUMBERS = (int, float, Decimal)


class TooMany(UsageError):
    """More rows than one answer holds, and no page was asked for."""


@dataclass(frozen=True)
class Listing:
    """Rows and what goes with them: the columns of a table, the Edition, and what JSON says `beside` the rows.

    `about` gives what a table carries in its metadata; what JSON says beside, if nothing else does. A reading of one
    thing has no rows: it is only what stands `beside`. `called` is what JSON calls the rows; where it is empty, JSON
    tells them beside already. `state` names the list as it is, where that is not to be told by all its rows.
    """

    edition: str
    beside: Mapping[str, Any] = field(hash=False)
    rows: Sequence[Row] | None = field(default=None, hash=False)
    columns: Sequence[str] = field(default=(), hash=False)
    about: Callable[[], Mapping[str, Any]] | None = None
    called: str = "rows"
    state: str = ""


@dataclass(frozen=True)
class Wanted:
    """How a reply was asked for: at which path, with which parameters, in which form, which page."""

    path: str
    asked: Asked = field(hash=False)
    form: Form = Form.JSON
    limit: int | None = None
    cursor: str | None = None


def reply(listing: Listing, wanted: Wanted) -> Document:
    """The reply. Raises `TooMany` when it would be cut short unasked, `UsageError` for a cursor that is none."""
    if listing.rows is None:
        return _written(listing, wanted, dict(listing.beside), {})
    begin = _begin(listing, wanted)
    total = len(listing.rows)
    if wanted.limit is None and total - begin > MOST_ROWS:
        raise _too_many(total, wanted)
    end = min(total, begin + (wanted.limit or MOST_ROWS))
    following = _following(listing, wanted, end) if end < total else None
    page = replace(listing, rows=listing.rows[begin:end])
    told = {"total": total, "next": following, **listing.beside}
    told |= {listing.called: page.rows} if listing.called else {}
    return _written(page, wanted, told, {"Link": f'<{following}>; rel="next"'} if following else {})


def _begin(listing: Listing, wanted: Wanted) -> int:
    if wanted.cursor is None:
        return 0
    return Cursor.read(wanted.cursor).within(listing.edition, _state(listing, wanted))


def _following(listing: Listing, wanted: Wanted, end: int) -> str:
    cursor = Cursor(listing.edition, _state(listing, wanted), end)
    limit = str(wanted.limit or MOST_ROWS)
    return url(wanted.path, {**wanted.asked, "limit": (limit,), "cursor": (cursor.written,)})


def _state(listing: Listing, wanted: Wanted) -> str:
    return listing.state or state_of(listing.rows or (), wanted.path)


def _too_many(total: int, wanted: Wanted) -> TooMany:
    page = url(wanted.path, {**wanted.asked, "limit": ("1000",)})
    return TooMany(
        f"the answer has {total:,} rows, and one answer holds {MOST_ROWS:,}",
        where=wanted.path,
        next_step=f"narrow it, or take it page by page: {page}",
    )


def even(columns: Sequence[str], rows: Sequence[Row]) -> Sequence[Row]:
    """Rows of which each column holds one type, as Parquet asks: mixed numbers are floats, all else mixed is text."""
    made = [dict(row) for row in rows]
    for name in columns:
        found = [row.get(name) for row in rows if row.get(name) is not None]
        if _is_even(found):
            continue
        turn = float if all(isinstance(value, _NUMBERS) for value in found) else cell
        for row in made:
            row[name] = None if row.get(name) is None else turn(row[name])
    return made


def _is_even(values: Sequence[object]) -> bool:
    parts = [part for value in values if isinstance(value, list | tuple) for part in value]
    is_plain = all(isinstance(part, str) for part in parts) and not any(isinstance(value, dict) for value in values)
    return is_plain and len({type(value) for value in values}) <= 1


def _written(listing: Listing, wanted: Wanted, told: Mapping[str, Any], headers: Mapping[str, str]) -> Document:
    rows, about = listing.rows or (), listing.about or (lambda: listing.beside)
    match wanted.form:
        case Form.JSON:
            body = as_json(told)
        case Form.CSV:
            body = as_csv(listing.columns, rows)
        case Form.PARQUET:
            body = as_parquet(listing.columns, even(listing.columns, rows), about())
        case Form.XLSX:
            body = as_xlsx(listing.columns, rows, about())
    stated = {"Tallystick-Edition": listing.edition, **headers}
    if listing.rows is not None:
        stated["Tallystick-Total"] = str(told.get("total", len(rows)))
    return Document(body, MEDIA_TYPES[wanted.form], headers=stated)
