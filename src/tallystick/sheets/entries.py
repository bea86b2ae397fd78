"""Lays out the entries of a register from its tables, so that each is shown as what was told by the day known on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tallystick.errors import RecordError
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Finding
from tallystick.nouns.register import CITED, TOLD, EntryShown, Schema, natural


class Held(Protocol):
    """What the entries are taken from."""

    @property
    def edition(self) -> Edition: ...
    def table(self, name: str) -> Sequence[Mapping[str, Any]]: ...


def entries(bench: Held, schema: Schema, crosschecked: Sequence[Finding]) -> tuple[EntryShown, ...]:
    """Every entry of a register that was told of by the day known on, in the order of their names.

    Raises `RecordError` where a table that entries are taken from does not have the columns of their schema.
    """
    lists = {name: _by_entry(_rows(bench, schema, name), schema.one) for name in schema.lists}
    found = _found(crosschecked, schema)
    shown = []
    for name, facts in sorted(_by_entry(_rows(bench, schema, ""), schema.one).items(), key=_in_order):
        of = {called: _newest(rows.get(name, ()), schema.lists[called].newest_by) for called, rows in lists.items()}
        told = tuple(found.get(f"{schema.name}/{name}", ()))
        shown.append(EntryShown(schema, name, max(facts, key=_day), of, told, bench.edition.id))
    return tuple(shown)


def _newest(rows: Sequence[dict[str, Any]], by: str) -> tuple[dict[str, Any], ...]:
    """The rows; of those with the same cell in the column `by`, if any, the one that was told last."""
    last = {row[by]: row for row in sorted(rows, key=_day)} if by else {}
    return tuple(last[cell] for cell in sorted(last, key=natural)) if by else tuple(rows)


def _in_order(entry: tuple[str, Any]) -> Any:
    return natural(entry[0])


def _day(row: Mapping[str, Any]) -> str:
    return str(row[TOLD] or "")


def _rows(bench: Held, schema: Schema, part: str) -> Sequence[Mapping[str, Any]]:
    """The rows of the entries ('') or of one list."""
    rows = bench.table(schema.tables[part])
    columns = schema.lists[part].columns if part else schema.fields
    if rows and (missing := [name for name in (schema.one, *columns, *CITED) if name not in rows[0]]):
        raise RecordError(
            f"the table '{schema.tables[part]}' has no column '{missing[0]}'",
            where=f"records/registers/{schema.name}/register.yml",
            next_step="entries that are taken from a table have its columns: declare what it has",
        )
    return sorted(rows, key=lambda row: (_day(row), *map(str, row.values()))) if schema.taken_from else rows


def _by_entry(rows: Sequence[Mapping[str, Any]], one: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(str(row[one]), []).append({name: value for name, value in row.items() if name != one})
    return found


def _found(findings: Sequence[Finding], schema: Schema) -> dict[str, list[Finding]]:
    """The Findings by what they are about; by an entry of this register too that their evidence names."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        named = {f"{schema.name}/{row[schema.one]}" for row in finding.evidence if row.get(schema.one)}
        for about in sorted({finding.scope or ""} | named):
            found.setdefault(about, []).append(finding)
    return found
