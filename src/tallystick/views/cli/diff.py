"""tallystick diff: what changed between two releases or two Editions, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from tallystick.nouns.difference import Difference
from tallystick.nouns.metric import Values
from tallystick.views.answer import figure
from tallystick.views.asked import filters
from tallystick.views.cli.options import SOMETHING_FAILS, Desk, Function, desk_options, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.cli.progress import progress
from tallystick.views.difference import SUMMARY, named, only, summary_rows

WHAT = ["summary", "rows", "cells"]


@dataclass(frozen=True)
class _Compared:
    """The two releases, Editions or days to compare, in `table` or all, of the rows that `where` lets through."""

    before: str
    after: str
    table: str | None
    where: Mapping[str, Values] | None


def _compared_options(function: Function) -> Function:
    @click.argument("before")
    @click.argument("after")
    @click.option("--table", help="Only this table; else every table that both fill.")
    @click.option("--where", "-w", multiple=True, metavar="NAME=VALUE", help="Only rows that have this value.")
    @wraps(function)
    def with_compared(
        *desk: Any, before: str, after: str, table: str | None, where: tuple[str, ...], **rest: Any
    ) -> Any:
        return function(*desk, compared=_Compared(before, after, table, filters(where) or None), **rest)

    return with_compared


@click.command()
@_compared_options
@click.option(
    "--show", "what", type=click.Choice(WHAT), default="summary", show_default=True,
    help="Totals by table, every row that differs, or every cell that does.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Exit with 8 when anything differs.")
@output_options
@desk_options
def diff(desk: Desk, compared: _Compared, what: str, strict: bool, output: Output) -> int:
    """Show what changed from BEFORE to AFTER.

    What the publisher changed is told apart from what we derive (a recipient's id, a category, a code found by its
    name): 'changed' counts the rows of the first kind, 'derived' those that differ in nothing else.

    Each is a release's id, an Edition's id, or a day: then the Edition of what was known on it. A column that one
    side lacks altogether is named and not compared.

    \b
    Examples:
      tallystick diff 2026-02-28 2026-08-31 --table contract_actions --where agency=ICE --where fiscal_year=2025
      tallystick diff c6e695f66a50 9be6b4bd1f42 --show rows --format csv
    """
    bench = desk.open_built()
    with progress("comparing", desk.quiet) as told:
        told(f"{compared.before} and {compared.after}", 0, 0)
        found = bench.diff(named(compared.before), named(compared.after), compared.table, compared.where)
    if what == "summary":
        output.write(SUMMARY, [row for of in found for row in summary_rows(of)], notes=_notes(found))
    else:
        _write_one(found, what, output)
    return SOMETHING_FAILS if strict and any(not of.is_empty for of in found) else 0


def _sides(of: Difference) -> str:
    return f"From {of.before} to {of.after}."


def _notes(found: tuple[Difference, ...]) -> str:
    absent = [f"{of.table}: {column.says}" for of in found for column in of.absent]
    changed = [
        f"{of.table}: cells that differ: " + ", ".join(f"{name} ({count:,})" for name, count in of.columns.items())
        for of in found
        if of.columns
    ]
    derived = [
        f"{of.table}: 'changed' counts what the publisher changed; in {of.derived:,} more rows only columns differ "
        f"that we derive ({', '.join(of.ours)})"
        for of in found
        if of.derived
    ]
    return "\n".join(
        [*map(_sides, found[:1]), *derived, *absent, *changed, "Every row: --show rows; every cell: --show cells"]
    )


def _write_one(found: tuple[Difference, ...], what: str, output: Output) -> None:
    chosen = only(found)
    rows = chosen.rows if what == "rows" else chosen.cells
    about = {"table": chosen.table, "before": chosen.before, "after": chosen.after}
    notes = f"{_sides(chosen)} Nothing differs." if chosen.is_empty else _sides(chosen)
    if what == "rows" and output.format is Format.TABLE:
        shown = [_seen(chosen, row) for row in rows.to_pylist()]
        columns = ["change", "changed_by", *chosen.key, *(["moved_usd"] if chosen.money else []), "what"]
        notes += "\nThe most money comes first, what we derive ourselves last. Every column: --format csv"
        output.write(columns, shown, notes=notes, about=about, spare=("changed_by",))
    else:
        output.write(rows.column_names, rows.to_pylist(), notes=notes, about=about)


def _seen(of: Difference, row: dict[str, Any]) -> dict[str, Any]:
    """A row that differs as a person reads it: its key, the money it moves, and what changed into what."""
    shown = {name: row[name] for name in ("change", "changed_by", *of.key)}
    for money in of.money[:1]:
        was, now = (row.get(f"{money.column}_{side}") for side in ("before", "after"))
        shown["moved_usd"] = (now or 0) - (was or 0)
    if row["change"] == "changed":
        names = row["columns"].split(", ")
        what = [_moved(name, row[f"{name}_before"], row[f"{name}_after"]) for name in names]
    else:
        side = "after" if row["change"] == "added" else "before"
        what = [f"row {row[f'source_row_{side}']} of {row[f'member_{side}'] or row[f'release_id_{side}']}"]
    return shown | {"what": "\n".join(what)}


def _moved(name: str, before: object, after: object) -> str:
    unit = "USD" if name.endswith("_usd") else ""
    was, now = ("nothing" if value is None else figure(value, unit) for value in (before, after))
    return f"{name}: {was} -> {now}"
