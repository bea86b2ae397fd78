"""Replies: rows as a page of a list, in the form that was asked for, with the way to the next page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tallystick.errors import UsageError
from tallystick.views.api.cursors import Cursor, state_of
from tallystick.views.asked import Asked
from tallystick.views.download import MEDIA_TYPES, Form
from tallystick.views.formats import Row, as_csv, as_json, as_parquet
from tallystick.views.urls import url
from tallystick.views.visit import Document
from tallystick.views.workbook import as_xlsx

MOST_ROWS = 10_000
"""How many rows one answer holds; a longer list comes page by page."""


class TooMany(UsageError):
    """More rows than one answer holds, and no page was asked for."""


@dataclass(frozen=True)
class Listing:
    """Rows and what goes with them: the columns of a table, the Edition, and what JSON says `beside` the rows.

    `about` gives what a table carries in its metadata; what JSON says beside, if nothing else does. A reading of one
    thing has no rows: it is only what stands `beside`.
    """

    edition: str
    beside: Mapping[str, Any] = field(hash=False)
    rows: Sequence[Row] | None = field(default=None, hash=False)
    columns: Sequence[str] = field(default=(), hash=False)
    about: Callable[[], Mapping[str, Any]] | None = None


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
    told = {"total": total, "next": following, **listing.beside, "rows": page.rows}
    return _written(page, wanted, told, {"Link": f'<{following}>; rel="next"'} if following else {})


def _begin(listing: Listing, wanted: Wanted) -> int:
    if wanted.cursor is None:
        return 0
    return Cursor.read(wanted.cursor).within(listing.edition, state_of(listing.rows or (), wanted.path))


def _following(listing: Listing, wanted: Wanted, end: int) -> str:
    cursor = Cursor(listing.edition, state_of(listing.rows or (), wanted.path), end)
    limit = str(wanted.limit or MOST_ROWS)
    return url(wanted.path, {**wanted.asked, "limit": (limit,), "cursor": (cursor.written,)})


def _too_many(total: int, wanted: Wanted) -> TooMany:
    page = url(wanted.path, {**wanted.asked, "limit": ("1000",)})
    return TooMany(
        f"the answer has {total:,} rows, and one answer holds {MOST_ROWS:,}",
        where=wanted.path,
        next_step=f"narrow it, or take it page by page: {page}",
    )


def _written(listing: Listing, wanted: Wanted, told: Mapping[str, Any], headers: Mapping[str, str]) -> Document:
    rows, about = listing.rows or (), listing.about or (lambda: listing.beside)
    match wanted.form:
        case Form.JSON:
            body = as_json(told)
        case Form.CSV:
            body = as_csv(listing.columns, rows)
        case Form.PARQUET:
            body = as_parquet(listing.columns, rows, about())
        case Form.XLSX:
            body = as_xlsx(listing.columns, rows, about())
    stated = {"Tallystick-Edition": listing.edition, **headers}
    if listing.rows is not None:
        stated["Tallystick-Total"] = str(told.get("total", len(rows)))
    return Document(body, MEDIA_TYPES[wanted.form], headers=stated)
