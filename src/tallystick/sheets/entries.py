"""Lays out the entries of a register from its tables, so that each is shown as what was told by the day known on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Finding
from tallystick.nouns.register import EntryShown, Schema


class Held(Protocol):
    """What the entries are taken from."""

    @property
    def edition(self) -> Edition: ...
    def table(self, name: str) -> Sequence[Mapping[str, Any]]: ...


def entries(bench: Held, schema: Schema, crosschecked: Sequence[Finding]) -> tuple[EntryShown, ...]:
    """Every entry of a register that was told of by the day known on, in the order of their names."""
    lists = {name: _by_entry(bench.table(f"{schema.name}_{name}"), schema.one) for name in schema.lists}
    found = _found(crosschecked)
    shown = []
    for row in sorted(bench.table(schema.name), key=lambda row: str(row[schema.one])):
        name = str(row[schema.one])
        of = {called: tuple(rows.get(name, ())) for called, rows in lists.items()}
        facts = {column: value for column, value in row.items() if column != schema.one}
        told = tuple(found.get(f"{schema.name}/{name}", ()))
        shown.append(EntryShown(schema, name, facts, of, told, bench.edition.id))
    return tuple(shown)


def _by_entry(rows: Sequence[Mapping[str, Any]], one: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(str(row[one]), []).append({name: value for name, value in row.items() if name != one})
    return found


def _found(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.scope or "", []).append(finding)
    return found
