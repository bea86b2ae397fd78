"""The entries of a register: what each is, what became of it last, what was found of it; narrowed by its terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.register import TOLD, EntryShown, Schema, natural
from tallystick.nouns.register import Column as Kept
from tallystick.views.entry import Definitions, Event, definitions, events, in_words, last_told
from tallystick.views.kinds.kind import Kind
from tallystick.views.shown import Column, Shown
from tallystick.views.visit import Visit

_ALTERNATIVES = re.compile(r"\w[\w ]*(\|\w[\w ]*)+")


@dataclass(frozen=True)
class Choice:
    """A field that entries are chosen by: its terms with their titles, how many have each; `blank` where none is."""

    name: str
    titles: Mapping[str, str] = field(hash=False)
    counts: Mapping[str, int] = field(hash=False)
    blank: str = ""


@dataclass(frozen=True)
class Told:
    """One entry of the list: its terms by field, and the last that is known to have happened to it.

    `undated` says what was told last of it where no day of anything is; '' where nothing is told.
    """

    entry: EntryShown
    terms: Mapping[str, str] = field(hash=False)
    last: Event | None
    undated: str = ""


@dataclass(frozen=True)
class EntryList:
    """The entries that are asked for, of how many of one register; the choices; when any of them was last told of."""

    schema: Schema
    entries: Sequence[Told]
    total: int
    choices: Sequence[Choice]
    asked: Mapping[str, str] = field(hash=False)
    last_told: date | None


class Entries(Kind, frozen=True, kw_only=True):
    """The entries of `register` that `where` lets through; readers narrow them by the terms of its fields."""

    register: str
    where: dict[str, str] = msgspec.field(default_factory=dict)

    def shown(self, visit: Visit) -> Shown:
        """The entries by title. Raises `UnknownName` for a register, `UsageError` for a term, that there is not."""
        bench = visit.bench
        every = bench.kept.of(self.register)
        schema = bench.kept.schemas[self.register]
        if unknown := sorted(set(self.where) - set(schema.fields)):
            raise UnknownName("field", unknown[0], schema.fields)
        within = [one for one in every if _is(one, self.where)]
        known = definitions(bench, schema)
        choices = [_choice(name, column, within, known) for name, column in chosen_by(schema).items()]
        asked = {one.name: visit.one(one.name).strip() for one in choices}
        _refuse_unknown(asked, choices)
        found = [one for one in within if _is(one, {name: term for name, term in asked.items() if term})]
        told = [
            _told(one, choices, events(bench, one), known)
            for one in sorted(found, key=lambda one: natural(one.title.casefold()))
        ]
        return Shown(
            self.title or schema.title,
            columns=(Column("title", schema.one), *(Column(one.name, one.name) for one in choices)),
            rows=tuple({"title": one.entry.title, **one.terms} for one in told),
            edition=bench.edition.id,
            template="entries",
            about=EntryList(schema, told, len(within), choices, asked, last_told(every)),
        )


def chosen_by(schema: Schema) -> Mapping[str, Kept]:
    """The fields of a register that hold one of a few terms."""
    return {
        name: column
        for name, column in schema.fields.items()
        if column.chosen or (column.of and not column.names) or _ALTERNATIVES.fullmatch(column.matches or "")
    }


def _choice(name: str, column: Kept, entries: Sequence[EntryShown], known: Definitions) -> Choice:
    counts = Counter(str(one.facts[name]) for one in entries if one.facts[name] is not None)
    terms = known.get(column.of or "", {})
    titles = {term: str(terms.get(term, {}).get("title") or term) for term in counts}
    told = {term: counts[term] for term in sorted(counts, key=lambda term: titles[term])}
    return Choice(name, titles, told, column.blank.partition(":")[0] if column.chosen else "")


def _refuse_unknown(asked: Mapping[str, str], choices: Sequence[Choice]) -> None:
    for one in choices:
        if asked[one.name] and asked[one.name] not in one.counts:
            raise UsageError(
                f"no {one.name.replace('_', ' ')} here is '{asked[one.name][:40]}'",
                where=one.name,
                next_step=f"say one of: {', '.join(one.counts)}",
            )


def _is(entry: EntryShown, wanted: Mapping[str, str]) -> bool:
    return all(entry.facts[name] == term for name, term in wanted.items())


def _told(entry: EntryShown, choices: Sequence[Choice], happened: Sequence[Event], known: Definitions) -> Told:
    terms: dict[str, Any] = {one.name: one.titles.get(str(entry.facts[one.name])) or one.blank for one in choices}
    main = next(iter(entry.schema.lists), "")
    of_main = [event for event in happened if event.part == main.replace("_", " ")]
    rows = sorted(entry.lists[main], key=lambda row: str(row[TOLD])) if main and not of_main else []
    undated = in_words(entry.schema.lists[main], rows[-1], known) if rows else ""
    return Told(entry, terms, of_main[-1] if of_main else None, undated)
