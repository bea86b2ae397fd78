"""Measures each scope of a published file in one pass of the engine: what the checks compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.nouns.source import Deletes, Publication, Type

_FISCAL_YEAR = re.compile(r"fiscal_year\((\w+)\)")


@dataclass(frozen=True)
class Profile:
    """One scope of one published file. Money in USD; `filled` counts the cells of each column that are not NULL.

    `gross` is the sum of the positive amounts, `largest` and `second` the two largest absolute ones; `order`
    names the columns the rows lie sorted by in the file, `rising` or `falling` (only where a source is paged).
    """

    rows: int
    filled: Mapping[str, int]
    net: Decimal | None = None
    gross: Decimal | None = None
    turnover: Decimal | None = None
    negative: int = 0
    zero: int = 0
    lowest: Decimal | None = None
    largest: Decimal | None = None
    second: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None
    order: Mapping[str, str] = field(default_factory=dict)


Profiles = Mapping[str, Profile]


def amount_column(publication: Publication) -> str | None:
    """The column whose sum is the table's money, where the source declares one."""
    return publication.expect.implausible.amount if publication.expect.implausible else None


def day_column(publication: Publication) -> str | None:
    """The date that says which fiscal year a row belongs to."""
    found = (_FISCAL_YEAR.fullmatch(part) for part in publication.scope)
    return next((match.group(1) for match in found if match), None)


def fiscal_year(scope: str) -> int | None:
    """The fiscal year that a scope names: 2025 for `7012/FY2025`."""
    found = re.search(r"(?:^|/)FY(\d{4})(?:/|$)", scope)
    return int(found.group(1)) if found else None


def rows_of(path: Path, deletes: Deletes | None = None) -> str:
    """The rows of a published file as an SQL table, without those that only take a row away."""
    read = f"read_parquet({quoted(str(path))})"
    if deletes is None:
        return read
    return f"(SELECT * FROM {read} WHERE {named(deletes.column)} IS DISTINCT FROM {quoted(deletes.value)})"


def profiles(
    engine: DuckDB, path: Path, publication: Publication, deletes: Deletes | None = None
) -> dict[str, Profile]:
    """Every scope of the file at `path`, deletions left out."""
    amount, day = amount_column(publication), day_column(publication)
    measures = ["count(*) AS rows"]
    measures += [f"count({named(column)}) AS {named('filled ' + column)}" for column in publication.columns]
    measures += _about_amount(named(amount)) if amount else []
    measures += [f"min({named(day)}) AS first_day", f"max({named(day)}) AS last_day"] if day else []
    rows = engine.query(
        f"SELECT scope, {', '.join(measures)} FROM {rows_of(path, deletes)} GROUP BY scope ORDER BY scope"
    ).to_pylist()
    orders = _orders(engine, path, _sortable(publication)) if publication.expect.page_size else {}
    return {row["scope"]: _profile(row, orders.get(row["scope"], {})) for row in rows if row["scope"]}


def _about_amount(amount: str) -> list[str]:
    return [
        f"sum({amount}) AS net",
        f"sum({amount}) FILTER ({amount} > 0) AS gross",
        f"sum(abs({amount})) AS turnover",
        f"count(*) FILTER ({amount} < 0) AS negative",
        f"count(*) FILTER ({amount} = 0) AS zero",
        f"min({amount}) AS lowest",
        f"max(abs({amount}), 2) AS largest",
    ]


def _profile(row: dict[str, object], order: dict[str, str]) -> Profile:
    values = {name: value for name, value in row.items() if name != "scope" and not name.startswith("filled ")}
    filled = {name.removeprefix("filled "): value for name, value in row.items() if name.startswith("filled ")}
    if "largest" in values:
        top = list(values.pop("largest") or [])  # type: ignore[call-overload]
        values |= {"largest": top[0] if top else None, "second": top[1] if len(top) > 1 else None}
    return Profile(filled=filled, order=order, **values)  # type: ignore[arg-type]


def _sortable(publication: Publication) -> list[str]:
    """The columns a publisher may have sorted by: the money, the day, and texts that are no part of the key."""
    texts = [n for n, c in publication.columns.items() if c.type is Type.TEXT and n not in publication.key]
    return [c for c in (amount_column(publication), day_column(publication), *texts) if c]


def _orders(engine: DuckDB, path: Path, columns: list[str]) -> dict[str, dict[str, str]]:
    """The columns by which each scope's rows lie sorted in the file (ties allowed, no exception allowed)."""
    steps = ", ".join(f"{named(c)}, lag({named(c)}) OVER file AS {named('before ' + c)}" for c in columns)
    tests = ", ".join(
        f"coalesce(bool_and({named(c)} {sign} {named('before ' + c)}), false) AND count(DISTINCT {named(c)}) > 2 "
        f"AS {named(word + ' ' + c)}"
        for c in columns
        for sign, word in ((">=", "rising"), ("<=", "falling"))
    )
    if not columns:
        return {}
    rows = engine.query(
        f"SELECT scope, {tests} FROM (SELECT scope, {steps} FROM read_parquet({quoted(str(path))}) "
        f"WINDOW file AS (PARTITION BY scope ORDER BY member, source_row)) GROUP BY scope"
    ).to_pylist()
    return {
        row["scope"]: {c: word for c in columns for word in ("rising", "falling") if row[f"{word} {c}"]}
        for row in rows
    }
