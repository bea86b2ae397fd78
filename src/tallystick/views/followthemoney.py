"""Registers as entities of FollowTheMoney (https://followthemoney.tech): what is paid for, by whom, to whom, when.

Contracts have the public body that is their authority, and an award with its supplier and the money obligated in US
dollars; what happened is an event, a ruling's case a court case, a Finding a note. No entity is a person.
The library itself brings eighteen packages, one of which is compiled; what is written here is a few of its schemata,
and a test holds every entity against all that its model asks of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from tallystick.bench import Bench
from tallystick.nouns.register import CITATION, TOLD, EntryShown, Names
from tallystick.views.entry import events

MEDIA_TYPE = "application/json+ftm"
Entity = dict[str, Any]
Properties = Mapping[str, Sequence[Any]]

_DOCUMENT = "Document"
_SCHEMATA: Mapping[str, tuple[str, Sequence[str]]] = {
    Names.RECIPIENT: ("Organization", ("name",)),
    Names.BODY: ("PublicBody", ("name",)),
    Names.AWARD: ("Contract", ("name", "title")),
    Names.PAPER: (_DOCUMENT, ("name", "title", "fileName")),
    Names.REPORT: (_DOCUMENT, ("name", "title", "fileName")),
    Names.COURT_CASE: ("CourtCase", ("name", "caseNumber")),
}
"""By what a cell names: the schema of its entity, and the properties that hold its name."""
_OWN: Mapping[str, Sequence[str]] = {_DOCUMENT: ("name", "title", "fileName")}


def as_ftm(bench: Bench, register: str) -> bytes:
    """Every entry of a register, and all that it names, was paid or went through: an entity a line.

    Amounts of contracts are net obligations in the actions held. Equal entries are equal bytes.
    """
    entries = bench.kept.of(register)
    telling = _Telling(bench, _awards(bench, entries), _bodies(bench))
    made = {one["id"]: one for entry in entries for one in telling.entities(entry)}
    return b"".join(msgspec.json.encode(made[key]) + b"\n" for key in sorted(made))


@dataclass(frozen=True)
class _Telling:
    """How entities are told: `awards` are the rows by contract, `bodies` what abbreviations of agencies stand for."""

    bench: Bench
    awards: Mapping[str, Sequence[Mapping[str, Any]]] = field(hash=False)
    bodies: Mapping[str, str] = field(hash=False)

    def entities(self, entry: EntryShown) -> Iterator[Entity]:
        """An entry, what it names, what happened to it, and what was found of it."""
        own = _id(entry.schema.name, entry.name)
        yield _of_entry(entry)
        for column, called, row in entry.cells:
            kind = str(column.names or column.of)
            other = self.bench.kept.entry_of(kind, called)
            if other is not None and other.about != entry.about:
                yield _of_entry(other)
                yield _link(own, _id(other.schema.name, other.name), other.schema.entity, column.means, row)
            elif other is None and kind in _SCHEMATA:
                yield from self._named(kind, called, row)
                yield _link(own, _id(kind, called), _SCHEMATA[kind][0], column.means, row)
        yield from self._happened(own, entry)
        for found in entry.findings:
            told = {"name": [found.kind.replace("_", " ")], "description": [found.says], "entity": [own]}
            yield _entity(_id("finding", found.id), "Note", told)

    def _named(self, kind: str, called: str, row: Mapping[str, Any]) -> Iterator[Entity]:
        schema, names = _SCHEMATA[kind]
        title = self._title(kind, called)
        told: dict[str, Sequence[Any]] = {name: [title] for name in names}
        if kind == Names.COURT_CASE:
            told |= {"court": _texts(row.get("court"))}
        if kind == Names.AWARD:
            told |= self._worth(called)
            yield from self._awarded(called)
        yield _entity(_id(kind, called), schema, told)

    def _worth(self, piid: str) -> Properties:
        """Of a contract its number, the money obligated under it, when it was made, and which body made it."""
        rows = self.awards.get(piid, ())
        told: Properties = {"procedureNumber": [piid]}
        if not rows:
            return told
        spent = _money(sum(row["obligated_usd"] for row in rows))
        days = sorted(row["first_action_date"] for row in rows)
        bodies = sorted({_id(Names.BODY, row["agency"]) for row in rows if row["agency"]})
        said = f"net obligations in the actions held, as of {self.bench.day}"
        return {**told, **spent, "contractDate": _days(days[:1]), "authority": bodies, "summary": [said]}

    def _awarded(self, piid: str) -> Iterator[Entity]:
        """The authority and the supplier of a contract, and the award between them."""
        for row in self.awards.get(piid, ()):
            if row["agency"]:
                names = {"name": [self._title(Names.BODY, row["agency"])], "abbreviation": [row["agency"]]}
                yield _entity(_id(Names.BODY, row["agency"]), "PublicBody", names)
            if not row["recipient"]:
                continue
            supplier = _id(Names.RECIPIENT, row["recipient"])
            name = self._title(Names.RECIPIENT, row["recipient"])
            yield _entity(supplier, "Organization", {"name": [name]})
            told = {
                "supplier": [supplier],
                "contract": [_id(Names.AWARD, piid)],
                **_money(row["obligated_usd"]),
                "date": _days([row["first_action_date"]]),
                "documentNumber": [row["award_key"]],
                "sourceUrl": [f"https://www.usaspending.gov/award/{row['award_key']}"],
            }
            yield _entity(_id("contract award", row["award_key"]), "ContractAward", told)

    def _happened(self, own: str, entry: EntryShown) -> Iterator[Entity]:
        for one in events(self.bench, entry):
            event = _id("event", own, one.part, one.period, one.says, one.because)
            told = {
                "name": [one.says],
                "summary": _texts(one.because),
                "startDate": _days([one.first]),
                "endDate": _days([one.last]),
                "sourceUrl": _links([one.citation]),
            }
            yield _entity(event, "Event", told)
            ends = {"subject": [own], "object": [event], "role": [one.part]}
            yield _entity(_id("link", own, event), "UnknownLink", ends)

    def _title(self, kind: str, called: str) -> str:
        return self.bodies.get(called, called) if kind == Names.BODY else self.bench.kept.title(Names(kind), called)


def _of_entry(entry: EntryShown) -> Entity:
    facts, schema = entry.facts, entry.schema.entity
    told = {"summary": _texts(facts.get("because") or facts.get("asks")), "sourceUrl": _links([facts[CITATION]])}
    names = {name: [entry.title] for name in _OWN.get(schema, ("name",))}
    return _entity(_id(entry.schema.name, entry.name), schema, names | told)


def _awards(bench: Bench, entries: Sequence[EntryShown]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The rows of the awards that entries name, by contract."""
    named = {called for one in entries for of, called, _ in one.cells if of.names is Names.AWARD}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in bench.those("awards", "piid", sorted(named)) if named else ():
        found.setdefault(row["piid"], []).append(row)
    return {piid: sorted(rows, key=lambda row: str(row["award_key"])) for piid, rows in found.items()}


def _bodies(bench: Bench) -> Mapping[str, str]:
    rows = bench.table("agency_codes")
    return {row["agency"]: row["sub_agency_name"] for row in rows if row["agency"] and row["sub_agency_name"]}


def _link(own: str, thing: str, schema: str, role: str, row: Mapping[str, Any]) -> Entity:
    """How an entry is tied to what it names, with the citation of the row that says so."""
    about = {
        "role": [role],
        "summary": _texts(row.get("because")),
        "sourceUrl": _links([row[CITATION]]),
        "retrievedAt": _days([row[TOLD]]),
    }
    is_document = schema == _DOCUMENT
    ends = {"document": [thing], "entity": [own]} if is_document else {"subject": [own], "object": [thing]}
    made = _id("link", own, thing, role, str(row.get("because") or ""))
    return _entity(made, "Documentation" if is_document else "UnknownLink", ends | about)


def _entity(made: str, schema: str, properties: Properties) -> Entity:
    return {"id": made, "schema": schema, "properties": {name: told for name, told in properties.items() if told}}


def _id(*parts: str) -> str:
    return f"tallystick-{hashlib.sha1('/'.join(parts).encode(), usedforsecurity=False).hexdigest()}"


def _money(usd: Any) -> Properties:
    return {} if usd is None else {"amount": [str(usd)], "currency": ["USD"], "amountUsd": [str(usd)]}


def _days(days: Iterable[date | None]) -> list[str]:
    return [day.isoformat() for day in days if day]


def _texts(text: Any) -> list[str]:
    return [str(text)] if text else []


def _links(addresses: Iterable[str]) -> list[str]:
    return [one for one in addresses if one.startswith(("https://", "http://"))]
