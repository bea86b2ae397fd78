"""The registers of one Edition: their entries, what is near each, what was found between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from tallystick.crosschecks import findings
from tallystick.errors import NotYetTold, UnknownName
from tallystick.nouns.claim import Claim
from tallystick.nouns.crosscheck import Crosscheck
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Finding
from tallystick.nouns.register import EntryShown, Names, Neighbourhood, Schema
from tallystick.once import once
from tallystick.sheets.entries import entries
from tallystick.sheets.neighbours import Key, Nearby, nearby, neighbourhood, registers_by_kind
from tallystick.tables.entry_file import Named


class Held(Protocol):
    """What of a bench the registers are made from."""

    @property
    def edition(self) -> Edition: ...
    @property
    def known_on(self) -> date | None: ...
    def findings(self) -> Sequence[Finding]: ...
    def table(self, name: str) -> list[dict[str, Any]]: ...
    def distinct(self, table: str, column: str) -> Sequence[Any]:
        """The values of a column of a table, each once."""
        ...

    def not_as(self, check: Crosscheck) -> list[dict[str, Any]]:
        """The rows of which a crosscheck does not hold."""
        ...


_ASKED_AS: Mapping[str, str] = {Names.AWARD: "piid", Names.REPORT: "report_code"}
"""By which dimension claims ask of a thing, where it is not called as the thing is."""


_HELD_IN: Mapping[str, tuple[str, str]] = {
    Names.AWARD: ("awards", "piid"),
    Names.RECIPIENT: ("recipients", "recipient"),
    Names.REPORT: ("oversight_reports", "report_code"),
    Names.RECOMMENDATION: ("recommendation_entries", "recommendation"),
}
"""The table and column that hold every thing of a kind that releases tell of."""


@dataclass(frozen=True)
class Entries:
    """The entries of every register of `schemas`, as told by the day that the bench knows on.

    `checks` are what must be so between registers, papers, inventories and contracts; `claims` those said by the day;
    `told_on` says when each entry, by register and name, was told, those told later among them.
    """

    bench: Held
    schemas: Mapping[str, Schema]
    checks: Mapping[str, Crosscheck]
    claims: Mapping[str, Claim]
    told_on: Mapping[Key, date]

    @once
    def crosschecked(self) -> tuple[Finding, ...]:
        """What was found between registers, papers, inventories and contracts."""
        return tuple(found for check in self.checks.values() for found in findings(check, self.bench.not_as(check)))

    @once
    def _by_register(self) -> dict[str, tuple[EntryShown, ...]]:
        return {}

    @property
    def every_finding(self) -> tuple[Finding, ...]:
        """Those in releases, then those between registers, which are of no release: the one list that is counted."""
        return (*self.bench.findings(), *self.crosschecked)

    def of(self, register: str) -> tuple[EntryShown, ...]:
        """The entries of a register. Raises `UnknownName` with near names."""
        if register not in self.schemas:
            raise UnknownName("register", register, self.schemas)
        if register not in self._by_register:
            found = entries(self.bench, self.schemas[register], self.crosschecked)
            self._names[register] = {one.name: one for one in found}
            self._by_register[register] = found
        return self._by_register[register]

    def _by_name(self, register: str) -> Mapping[str, EntryShown]:
        self.of(register)
        return self._names[register]

    @once
    def _names(self) -> dict[str, Mapping[str, EntryShown]]:
        return {}

    def one(self, register: str, name: str) -> EntryShown:
        """One entry of a register. Raises `UnknownName` with near names, `NotYetTold` for one that was told later."""
        found = self._by_name(register)
        if name not in found:
            told, known_on = self.told_on.get((register, name)), self.bench.known_on
            if told and known_on and told > known_on:
                raise NotYetTold(self.schemas[register].one, name, told, known_on)
            raise UnknownName(self.schemas[register].one, name, found)
        return found[name]

    def near(self, register: str, name: str) -> Neighbourhood:
        """All that is near an entry. Raises `UnknownName` with near names."""
        one = self.one(register, name)
        return neighbourhood((register, one.name), self._nearby, self.titles)

    @once
    def _nearby(self) -> Nearby:
        return nearby([one for register in self.schemas for one in self.of(register)])

    def entry_of(self, kind: str, name: str) -> EntryShown | None:
        """The entry that a thing is, by what a cell names or is of; None where no register has it."""
        register = self._registers.get(kind)
        return self._by_name(register).get(name) if register else None

    @once
    def _registers(self) -> Mapping[str, str]:
        return registers_by_kind(self.schemas)

    def title(self, kind: Names, name: str) -> str:
        """What readers call a thing that a cell names; its own name where nobody tells another."""
        return self.titles.get((kind.value, name), name)

    def asking(self, register: str, name: str) -> tuple[Claim, ...]:
        """The claims that ask of an entry by its name, or of what its cells name: an award, a recipient."""
        entry = self.one(register, name)
        about = {(entry.schema.one, entry.name), (str(entry.schema.names), entry.name)}
        about |= {(str(column.names), called) for column, called, _ in entry.cells if column.names}
        about |= {(_ASKED_AS[kind], called) for kind, called in about if kind in _ASKED_AS}
        return tuple(claim for claim in self.claims.values() if about & set(_asked(claim)))

    def not_held(self, named: Iterable[Named]) -> Iterator[Named]:
        """Those of some things that no release in force tells of, where releases could: these are not refused."""
        held: dict[str, set[str]] = {}
        for one in named:
            if one.kind in _HELD_IN:
                if one.kind not in held:
                    held[one.kind] = {str(value) for value in self.bench.distinct(*_HELD_IN[one.kind])}
                if one.called not in held[one.kind]:
                    yield one

    @once
    def titles(self) -> Mapping[Key, str]:
        """What readers call a recipient, by its id."""
        rows: Sequence[Mapping[str, Any]] = self.bench.table("recipients")
        return {(Names.RECIPIENT.value, str(row["recipient"])): str(row["name"]) for row in rows}


def _asked(claim: Claim) -> Iterator[tuple[str, str]]:
    """Every dimension that a claim's checks are narrowed by, with each value."""
    for check in claim.checks:
        for name, wanted in check.where.items():
            yield from ((name, value) for value in ([wanted] if isinstance(wanted, str) else wanted))
