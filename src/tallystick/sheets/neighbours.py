"""Finds what is near an entry: all that it names, and the entries of any register that name the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tallystick.nouns.register import CITATION, TOLD, EntryShown, Near, Neighbourhood, Thing

Key = tuple[str, str]


def neighbourhood(entry: EntryShown, every: Sequence[EntryShown], titles: Mapping[Key, str]) -> Neighbourhood:
    """All that is near `entry` among `every` entry of all registers; `titles` of things whose name is a code.

    Nothing that only one column of one entry says is made up: two entries meet where both have a row of the same
    thing, each with its citation.
    """
    known = {(one.schema.name, one.name): _thing(one) for one in every}
    registers = {one.schema.name for one in every}
    by: dict[Key, dict[Key, Thing]] = {}
    for one in every:
        for key, _, _, _ in _named(one, registers):
            by.setdefault(key, {})[one.schema.name, one.name] = _thing(one)
    own = (entry.schema.name, entry.name)
    near: dict[Key, Near] = {}
    for key, because, citation, told in (*_named(entry, registers), *_naming(own, every, registers)):
        if key in near or key == own:
            continue
        thing = known.get(key) or Thing(key[0], key[1], titles.get(key, key[1]))
        others = () if key in known else tuple(of for name, of in sorted(by.get(key, {}).items()) if name != own)
        near[key] = Near(thing, because, citation, told, others)
    return Neighbourhood(_thing(entry), tuple(near.values()))


def _thing(entry: EntryShown) -> Thing:
    return Thing(entry.schema.name, entry.name, entry.title)


def _named(entry: EntryShown, registers: set[str]) -> Iterator[tuple[Key, str, str, date]]:
    """The things that an entry's cells name, and the entries that they are of."""
    for column, cell, row in entry.cells:
        kind = column.names or (column.of if column.of in registers else None)
        if kind:
            yield (str(kind), cell), str(row.get("because") or ""), row[CITATION], row[TOLD]


def _naming(own: Key, every: Sequence[EntryShown], registers: set[str]) -> Iterator[tuple[Key, str, str, date]]:
    """The entries that name this one."""
    for one in every:
        for key, because, citation, told in _named(one, registers):
            if key == own:
                yield (one.schema.name, one.name), because, citation, told
