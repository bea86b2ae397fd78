"""Registers as entities of FollowTheMoney (https://followthemoney.tech): organisations, contracts, documents.

No entity is a person.
The library itself brings eighteen packages, one of which is compiled; what is written here is a few of its schemata.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from tallystick.nouns.register import CITATION, TOLD, EntryShown, Names

MEDIA_TYPE = "application/json+ftm"
Entity = dict[str, Any]

_SCHEMATA: Mapping[str, tuple[str, Sequence[str]]] = {
    Names.RECIPIENT: ("Organization", ("name",)),
    Names.BODY: ("PublicBody", ("name",)),
    Names.AWARD: ("Contract", ("name", "procedureNumber")),
    Names.PAPER: ("Document", ("title",)),
    Names.REPORT: ("Document", ("title",)),
}
"""By what a cell names: the schema of its entity, and the properties that hold its name."""


def as_ftm(entries: Sequence[EntryShown], titles: Mapping[tuple[str, str], str]) -> bytes:
    """Every entry, the organisations, contracts and documents that it names, and a link for each: a line each.

    `titles` are what readers call things whose name is a code. Equal entries are equal bytes.
    """
    made = {one["id"]: one for entry in entries for one in _entities(entry, titles)}
    return b"".join(msgspec.json.encode(made[key]) + b"\n" for key in sorted(made))


def _entities(entry: EntryShown, titles: Mapping[tuple[str, str], str]) -> Iterator[Entity]:
    own = _id(entry.schema.name, entry.name)
    facts = entry.facts
    told = {"name": [entry.title], "summary": _texts(facts.get("because")), "sourceUrl": _links([facts[CITATION]])}
    yield _entity(own, entry.schema.entity, told)
    for column, cell, row in entry.cells:
        if column.names is None or column.names not in _SCHEMATA:
            continue
        schema, names = _SCHEMATA[column.names]
        thing = _id(column.names, cell)
        title = titles.get((column.names.value, cell), cell)
        held = {name: [cell if name == "procedureNumber" else title] for name in names}
        yield _entity(thing, schema, held)
        yield _link(own, thing, schema, column.means, row)


def _link(own: str, thing: str, schema: str, role: str, row: Mapping[str, Any]) -> Entity:
    """How an entry is tied to what it names, with the citation of the row that says so."""
    about = {
        "role": [role],
        "summary": _texts(row.get("because")),
        "sourceUrl": _links([row[CITATION]]),
        "retrievedAt": [row[TOLD].isoformat()] if row[TOLD] else [],
    }
    is_document = schema == "Document"
    ends = {"document": [thing], "entity": [own]} if is_document else {"subject": [own], "object": [thing]}
    made = _id("link", own, thing, role, str(row.get("because") or ""))
    return _entity(made, "Documentation" if is_document else "UnknownLink", ends | about)


def _entity(made: str, schema: str, properties: Mapping[str, Sequence[str]]) -> Entity:
    return {"id": made, "schema": schema, "properties": {name: told for name, told in properties.items() if told}}


def _id(*parts: str) -> str:
    return f"tallystick-{hashlib.sha1('/'.join(parts).encode(), usedforsecurity=False).hexdigest()}"


def _texts(text: Any) -> list[str]:
    return [str(text)] if text else []


def _links(addresses: Iterable[str]) -> list[str]:
    return [one for one in addresses if one.startswith(("https://", "http://"))]
