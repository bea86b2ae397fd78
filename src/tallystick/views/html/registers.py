"""The pages of registers: the entries of one, and one entry with its time, money, papers, Findings and neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.bench import Bench
from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.register import CITATION, TOLD, EntryShown, Names, Rows
from tallystick.nouns.register import Beside as Told
from tallystick.nouns.sheet import FilledSheet
from tallystick.views.charts.alone import Provenance, alone
from tallystick.views.entry import Event, Line, events, facts, last_told, leads, lines
from tallystick.views.entry_files import files
from tallystick.views.html.render import document
from tallystick.views.html.sheets import notes_of, parts_of
from tallystick.views.kinds.entries import Entries
from tallystick.views.shown import Chart, Column, Mark, Shown
from tallystick.views.visit import Document, Visit

_KINDS = {
    "recipient": "Vendors",
    "body": "Public bodies",
    "award": "Contracts",
    "solicitation": "Solicitations",
    "paper": "Papers",
    "report": "Reports",
    "recommendation": "Recommendations",
    "use_case": "Uses of AI",
    "court_case": "Court cases",
}
_EVENT = (
    Column("period", "when"),
    Column("says", "what"),
    Column("part", "told under"),
    Column("because", "because"),
)
_MANY = 20


@dataclass(frozen=True)
class Part:
    """One list of an entry: its rows in words, and the columns that any of them fills."""

    name: str
    rows: Rows
    lines: Sequence[Line]
    columns: Sequence[str]

    @property
    def is_long(self) -> bool:
        """Whether it is folded away: few read so many rows down."""
        return len(self.lines) > _MANY


@dataclass(frozen=True)
class Beside:
    """What releases tell of an entry: the `table` of its rows, what they are and where they were looked for."""

    table: str
    told: Told
    rows: Sequence[Mapping[str, Any]]
    columns: Sequence[str]


def every(visit: Visit, _: Mapping[str, str]) -> Document:
    """The registers: what each holds, and how many entries."""
    kept = visit.bench.kept
    listed = [(schema, len(kept.of(name))) for name, schema in kept.schemas.items()]
    return document("every_register.html", visit, listed=listed)


def register(visit: Visit, path: Mapping[str, str]) -> Document:
    """The entries of the register called `register`, narrowed by its terms. Raises `UnknownName`, `UsageError`."""
    shown = Entries(register=path["register"]).shown(visit)
    return document("register.html", visit, shown=shown, schema=shown.about.schema)


def entry(visit: Visit, path: Mapping[str, str]) -> Document:
    """The entry called `entry` of a register. Raises `UnknownName` with near names."""
    bench = visit.bench
    shown = bench.kept.one(path["register"], path["entry"])
    sheet = _sheet(bench, shown)
    parts = [_part(bench, shown, name) for name in shown.schema.lists]
    return document(
        "entry.html",
        visit,
        entry=shown,
        facts=facts(bench, shown),
        parts=parts,
        is_undated=any(part.lines for part in parts if any(name.endswith("_period") for name in part.rows.columns)),
        beside=[beside(bench, shown, table) for table in shown.schema.beside],
        told_by=last_told(bench.kept.of(shown.schema.name)) or bench.day,
        timeline=timeline(shown.title, events(bench, shown), visit),
        near=around(visit, shown.schema.name, shown.name),
        leads=leads,
        sheet=sheet,
        has_sheet=shown.schema.one in bench.sheets,
        money=parts_of(sheet, visit) if sheet else [],
        notes=notes_of(sheet) if sheet else [],
        claims=[(one, bench.reading(one.name).word) for one in bench.kept.asking(shown.schema.name, shown.name)],
    )


def beside(bench: Bench, entry: EntryShown, table: str) -> Beside:
    """The rows of a table made from releases that are of an entry."""
    one = entry.schema.one
    mine = sorted((row for row in bench.table(table) if row[one] == entry.name), key=_in_text)
    columns = [name for name in (mine[0] if mine else ()) if name not in (one, CITATION, TOLD)]
    return Beside(table, entry.schema.beside[table], mine, columns)


def _in_text(row: Mapping[str, Any]) -> list[str]:
    """What orders rows of which the table has no order: whoever makes its file again has the same."""
    return [str(cell) for cell in row.values()]


def timeline(title: str, happened: Sequence[Event], visit: Visit) -> Shown:
    """What happened to an entry as a chart and a table."""
    rows = tuple(vars(event) for event in happened)
    chart = Chart(Mark.TIMELINE, "first", "says", "", series="part", until="last") if rows else None
    called = visit.words("Timeline of {title}", title=title)
    return Shown(called, columns=_EVENT, rows=rows, chart=chart, edition=visit.bench.edition.id)


def graph(visit: Visit, path: Mapping[str, str]) -> Document:
    """The neighbourhood of an entry as a drawing of its own. Raises `UnknownName`, `UsageError` where it has none."""
    shown = around(visit, path["register"], path["entry"])
    if shown.chart is None:
        raise UsageError("there is nothing to draw here", where=path["entry"], next_step="it names nothing yet")
    here = f"/registers/{path['register']}/{path['entry']}"
    drawn = alone(shown, shown.chart, visit.words, Provenance(visit.links.whole(here), shown.edition))
    return Document(f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'.encode(), "image/svg+xml")


def exported(visit: Visit, path: Mapping[str, str]) -> Document:
    """The whole register as a file. Raises `UnknownName` for a register or form that there is not."""
    register = path["register"]
    if path["file"] != register:
        raise UnknownName("file", path["file"], (register,))
    return files(visit.bench, register, path["form"])


def around(visit: Visit, register: str, name: str) -> Shown:
    """What an entry names, kind by kind, and the entries that name the same: as a graph and a list."""
    near = visit.bench.kept.near(register, name)
    titles = {called: schema.title for called, schema in visit.bench.kept.schemas.items()}
    rows = tuple(
        {
            "kind": titles.get(one.thing.kind, visit.words(_KINDS.get(one.thing.kind, one.thing.kind))),
            "title": one.thing.title,
            "others": tuple(other.title for other in one.others),
            "near": one,
        }
        for one in near.near
    )
    called = visit.words("What is near {title}", title=near.entry.title)
    chart = Chart(Mark.GRAPH, "kind", "title", "", series="kind") if rows else None
    return Shown(called, rows=rows, chart=chart, edition=visit.bench.edition.id)


def _part(bench: Bench, entry: EntryShown, name: str) -> Part:
    told = lines(bench, entry, name)
    rows = entry.schema.lists[name]
    filled = [column for column in rows.columns if any(row[column] is not None for row in entry.lists[name])]
    return Part(name, rows, told, filled)


def _sheet(bench: Bench, entry: EntryShown) -> FilledSheet | None:
    """The figures of an entry, where people wrote a sheet of what such an entry is called and it names a contract."""
    named, is_paid = entry.schema.one, any(column.names == Names.AWARD for column, _, _ in entry.cells)
    return bench.sheet(named, [entry.name]) if is_paid and named in bench.sheets else None
