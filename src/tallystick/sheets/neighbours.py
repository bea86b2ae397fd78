"""Finds what is near an entry: all that it names, and the entries of any register that name the same."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tallystick.nouns.register import CITATION, TOLD, EntryShown, Near, Neighbourhood, Schema, Thing

Key = tuple[str, str]
Named = tuple[Key, str, str, date | None]
"""A thing, because of what it is named, with its citation and the day on which that was told."""


@dataclass(frozen=True)
class Nearby:
    """Every entry by its key, what each names, and who names each thing: made once for all entries."""

    known: Mapping[Key, Thing] = field(hash=False)
    named: Mapping[Key, Sequence[Named]] = field(hash=False)
    naming: Mapping[Key, Mapping[Key, Named]] = field(hash=False)


def nearby(every: Sequence[EntryShown]) -> Nearby:
    """What `every` entry of all registers names. A thing that is itself an entry is that entry."""
    known = {(one.schema.name, one.name): Thing(one.schema.name, one.name, one.title) for one in every}
    registers = registers_by_kind({one.schema.name: one.schema for one in every})
    named = {own: tuple(_named(one, registers, known)) for own, one in zip(known, every, strict=True)}
    naming: dict[Key, dict[Key, Named]] = {}
    for own, things in named.items():
        for key, because, citation, told in things:
            naming.setdefault(key, {}).setdefault(own, (own, because, citation, told))
    return Nearby(known, named, naming)


def neighbourhood(own: Key, among: Nearby, titles: Mapping[Key, str]) -> Neighbourhood:
    """All that is near the entry `own`; `titles` of things whose name is a code.

    Nothing that only one column of one entry says is made up: two entries meet where both have a row of the same
    thing, each with its citation.
    """
    near: dict[Key, Near] = {}
    for key, because, citation, told in (*among.named[own], *among.naming.get(own, {}).values()):
        if key in near or key == own:
            continue
        thing = among.known.get(key) or Thing(key[0], key[1], titles.get(key, key[1]))
        others = () if key in among.known else sorted(among.naming[key])
        near[key] = Near(thing, because, citation, told, tuple(among.known[of] for of in others if of != own))
    return Neighbourhood(among.known[own], tuple(near.values()))


def registers_by_kind(schemas: Mapping[str, Schema]) -> Mapping[str, str]:
    """By what a cell can name or be of, the register whose entries are that."""
    return {name: name for name in schemas} | {
        schema.names.value: name for name, schema in schemas.items() if schema.names
    }


def _named(entry: EntryShown, registers: Mapping[str, str], known: Container[Key]) -> Iterator[Named]:
    """The things that an entry's cells name, and the entries that they are of, each with the row that says so."""
    for column, called, row in entry.cells:
        kind = column.names or column.of
        its = (registers.get(str(kind), ""), called)
        if its in known or column.names:
            key = its if its in known else (str(kind), called)
            yield key, str(row.get("because") or ""), row[CITATION], row[TOLD]
