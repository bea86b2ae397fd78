"""Says an entry of a register: its cells in words, its rows for machines, what happened to it in time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tallystick.nouns.register import CITATION, TOLD, Column, EntryShown, Names, Rows, Schema

if TYPE_CHECKING:  # the machine is loaded when it is asked, not when the help of a command is shown
    from tallystick.bench import Bench

REGISTER = ["register", "title", "entries", "about", "never"]
ROW = ["part", "row", "column", "value", "means", "citation", "told_date"]
Definitions = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Cell:
    """One cell as it is read: its column, what it says, what that `means` where a vocabulary defines it.

    `path` and `asked` are the document that tells of what the cell names; `path` is '' where there is none.
    """

    name: str
    column: Column
    says: Any
    means: str = ""
    path: str = ""
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def unit(self) -> str:
        """The unit of an amount; '' for words and days."""
        return "USD" if self.name.endswith("_usd") else "count" if self.name.endswith("_number") else ""


@dataclass(frozen=True)
class Line:
    """One row of an entry as it is read, with its citation and the day on which that was told, None if not stated."""

    cells: tuple[Cell, ...]
    citation: str
    told_date: date | None


@dataclass(frozen=True)
class Event:
    """What happened in a year, month or day: its first and last day, in which list it stands, what it says."""

    first: date
    last: date
    period: str
    part: str
    says: str
    because: str
    citation: str


def definitions(bench: Bench, schema: Schema) -> Definitions:
    """The vocabularies of a register, by name: of each term its row."""
    columns = (schema.fields, *(rows.columns for rows in schema.lists.values()))
    names = {one.of for of in columns for one in of.values() if one.of and one.of not in bench.kept.schemas}
    return {name: {str(next(iter(row.values()))): row for row in bench.table(name)} for name in sorted(names)}


def facts(bench: Bench, entry: EntryShown) -> Line:
    """The fields of an entry in words, but its title."""
    return _line(bench, entry.schema.fields, entry.facts, definitions(bench, entry.schema))


def lines(bench: Bench, entry: EntryShown, part: str) -> tuple[Line, ...]:
    """The rows of one list in words, in the order of their time where they have one."""
    rows, known = entry.schema.lists[part], definitions(bench, entry.schema)
    first = next((f"{name}_first_date" for name in rows.columns if name.endswith("_period")), None)
    told = sorted(entry.lists[part], key=lambda row: str(row[first])) if first else entry.lists[part]
    return tuple(_line(bench, rows.columns, row, known) for row in told)


def events(bench: Bench, entry: EntryShown) -> tuple[Event, ...]:
    """All of an entry that has a time, the earliest first."""
    known, found = definitions(bench, entry.schema), list[Event]()
    for part, rows in entry.schema.lists.items():
        period = next((name for name in rows.columns if name.endswith("_period")), None)
        for row in entry.lists[part] if period else ():
            if row[f"{period}_first_date"] is None:
                continue
            found.append(
                Event(
                    row[f"{period}_first_date"],
                    row[f"{period}_last_date"],
                    str(row[str(period)]),
                    part.replace("_", " "),
                    in_words(rows, row, known),
                    str(row.get("because") or ""),
                    row[CITATION],
                )
            )
    return tuple(sorted(found, key=lambda event: (event.first, event.last, event.part, event.says)))


def in_words(rows: Rows, row: Mapping[str, Any], known: Definitions) -> str:
    """A row in a few words, as its schema says it: terms by their titles, numbers with their commas."""
    said = rows.says or f"{{{next(iter(rows.columns))}}}"
    told = {name: _told(name, column, row[name], known) for name, column in rows.columns.items()}
    return " ".join(re.sub(r"\{(.*?)\}", lambda found: told[found[1]], said).split())


def _told(name: str, column: Column, value: Any, known: Definitions) -> str:
    if value is None:
        return ""
    if name.endswith("_usd"):
        return f"${value:,f}".removesuffix(".00")
    if name.endswith("_number"):
        return f"{value.normalize():,f}" if isinstance(value, Decimal) else f"{value:,}"
    return str(known.get(column.of or "", {}).get(str(value), {}).get("title") or value)


def _line(bench: Bench, columns: Mapping[str, Column], row: Mapping[str, Any], known: Definitions) -> Line:
    cells = tuple(_cell(bench, name, column, row, known) for name, column in columns.items())
    return Line(tuple(cell for cell in cells if cell.name != "title"), row[CITATION], row[TOLD])


def _cell(bench: Bench, name: str, column: Column, row: Mapping[str, Any], known: Definitions) -> Cell:
    value, called = row[name], column.thing(name, row)
    if value is None:
        return Cell(name, column, None)
    kinds = [kind for kind in (column.names, column.of) if kind and called]
    if entry := next((found for kind in kinds if (found := bench.kept.entry_of(str(kind), str(called)))), None):
        is_called = column.called or entry.name != value
        return Cell(name, column, value if is_called else entry.title, path=f"/registers/{entry.about}")
    if column.of in known:
        term = known[str(column.of)].get(str(value), {})
        return Cell(name, column, term.get("title") or value, str(term.get("definition") or ""))
    path, asked = leads(str(column.names or ""), str(called))
    says = bench.kept.title(column.names, str(called)) if column.names and not column.called else value
    return Cell(name, column, says, path=path, asked=asked)


def leads(kind: str, name: str) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    """The document that tells of a thing, by its kind, with its parameters; '' where there is none."""
    match kind:
        case Names.RECIPIENT:
            return "/explore", {"metric": ("obligations",), "where": (f"recipient={name}",), "by": ("fiscal_year",)}
        case Names.AWARD:
            return "/why", {"metric": ("obligations",), "where": (f"piid={name}",)}
    return "", {}


def register_rows(bench: Bench) -> list[dict[str, Any]]:
    """Every register: what it is called, how many entries were told of, what it is about and what it never does."""
    return [
        {
            "register": name,
            "title": schema.title,
            "entries": len(bench.kept.of(name)),
            "about": schema.about,
            "never": schema.never,
        }
        for name, schema in bench.kept.schemas.items()
    ]


def brief_rows(entries: Sequence[EntryShown]) -> list[dict[str, Any]]:
    """Each entry as one row: its fields, how many rows each list has, when it was told, how many Findings it has."""
    return [
        {
            "entry": one.name,
            **{name: one.facts[name] for name in one.schema.fields},
            **{part: len(rows) for part, rows in one.lists.items()},
            "findings": len(one.findings),
            CITATION: one.facts[CITATION],
            TOLD: one.facts[TOLD],
        }
        for one in entries
    ]


def register_whole(schema: Schema) -> dict[str, Any]:
    """What a register is and what its columns mean, as JSON holds it."""
    lists = [(name, rows.means, rows.columns) for name, rows in schema.lists.items()]
    columns = [
        {"part": part, "column": name, "means": one.means, "must": one.must, "of": one.of}
        for part, _, of in (("facts", "", schema.fields), *lists)
        for name, one in of.items()
    ]
    return {
        "register": schema.name,
        "title": schema.title,
        "about": schema.about,
        "never": schema.never,
        "columns": columns,
    }


def entry_rows(entry: EntryShown) -> Iterator[dict[str, Any]]:
    """Every cell of an entry that is not empty as a row of `ROW`."""
    schema = entry.schema
    lists = ((name, rows.columns, entry.lists[name]) for name, rows in schema.lists.items())
    for part, columns, rows in (("facts", schema.fields, (entry.facts,)), *lists):
        for number, row in enumerate(rows, start=1):
            for name, column in columns.items():
                if row[name] is not None:
                    cited = {CITATION: row[CITATION], TOLD: row[TOLD]}
                    told = {"part": part, "row": number, "column": name, "value": row[name], "means": column.means}
                    yield told | cited


def entry_whole(entry: EntryShown) -> dict[str, Any]:
    """All of an entry as JSON holds it."""
    return {
        "register": entry.schema.name,
        "entry": entry.name,
        "title": entry.title,
        "facts": entry.facts,
        "lists": {name: list(rows) for name, rows in entry.lists.items()},
        "findings": [{"finding": one.id, "kind": one.kind, "says": one.says} for one in entry.findings],
        "never": entry.schema.never,
    }


def last_told(entries: Sequence[EntryShown]) -> date | None:
    """The last day on which anything of these entries was told; None where none of it is told with its day."""
    rows = (row for one in entries for row in (one.facts, *(row for of in one.lists.values() for row in of)))
    return max((row[TOLD] for row in rows if row[TOLD] is not None), default=None)
