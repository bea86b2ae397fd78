"""Makes an Edition's tables: views over its Parquet files, row-mapped Parquet by release, and derived tables.

What maps rows one by one is made once for each release and kept by what it was made from, so a new release
costs its own rows only. What needs all rows is a view, derived when somebody asks and then kept likewise; only
what the mapping looks things up in is made for each Edition.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from os import utime
from pathlib import Path
from shutil import copyfile

from ibis.backends.sql.datatypes import DuckDBType

from tallystick.archive.durable import incoming, settle
from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.engines.engine import ParquetView
from tallystick.nouns.edition import Edition, Part
from tallystick.nouns.table import Derivation
from tallystick.tables.amend import superseded, superseded_rows
from tallystick.tables.fingerprint import contents
from tallystick.tables.graph import Graph
from tallystick.tables.lying import tell
from tallystick.tables.precedence import Grade, Offer, spoken_for
from tallystick.tables.registers import Register

MATCHES = "recipient_matches"
_OF_READING = (("misfits", "VARCHAR"), ("repairs", "VARCHAR"))
"""What every published file has beside its columns: a table without one has the columns of one with."""
_MANY = 16  # files of one table, from which on they are gathered into one
_SMALL = 8 << 20  # bytes of a file, on average, at most: to open larger ones is little beside reading them


@dataclass(frozen=True)
class Warehouse:
    """Where published and derived Parquet files and the Editions' database files lie."""

    root: Path

    def published(self, part: Part) -> Path:
        return self.root / "published" / part.table / part.parquet

    def derived(self, name: str, fingerprint: str) -> Path:
        return self.root / "derived" / name / f"{fingerprint}.parquet"

    def edition(self, edition_id: str) -> Path:
        return self._editions / f"{edition_id}.duckdb"

    @property
    def _editions(self) -> Path:
        """Where Editions lie. Their files name others by whole paths, so that a home that was moved makes its own."""
        return self.root / "editions" / hashlib.sha256(str(self.root).encode()).hexdigest()[:8]

    def forget(self, most: int) -> None:
        """Take away the database files of Editions beyond the `most` used last: each is made again when asked.

        Who has one open keeps it.
        """
        for its_id in self.made()[most:]:
            self.edition(its_id).unlink(missing_ok=True)

    def made(self) -> Sequence[str]:
        """The ids of the Editions whose database files are there, the last used first."""
        files = [(path.stat().st_mtime_ns, path.stem) for path in self._editions.glob("*.duckdb")]
        return [its_id for _, its_id in sorted(files, reverse=True)]


_ONE_FOR_ANOTHER = 2
"""Of so many releases two Editions have parts that differ where one release took the place of another."""


def build(
    edition: Edition,
    graph: Graph,
    warehouse: Warehouse,
    settings: tuple[int, str],
    before: Callable[[Edition], Iterable[Edition]] = lambda _: (),
) -> Path:
    """Make the database file of `edition`, or return the one that is there. Visible only when whole.

    `before` gives Editions under the same code: from the file of the one that is most alike, where it is there, what
    they have in common is copied, and only what rests on another release is made anew.
    """
    final = warehouse.edition(edition.id)
    if final.exists():
        with suppress(OSError):  # a home that may only be read
            utime(final)
        return final
    threads, memory = settings
    with incoming(warehouse.root) as temporary:
        anew = _begun(edition, graph, warehouse, temporary, before(edition))
        with DuckDB(temporary, threads=threads, memory=memory) as engine:
            _fill(engine, edition, graph, warehouse, anew)
            engine.run("CHECKPOINT")
        settle(temporary, final)
    return final


def _begun(
    edition: Edition, graph: Graph, warehouse: Warehouse, temporary: Path, before: Iterable[Edition]
) -> Set[str]:
    """Copy the file of the Edition that is most alike to `temporary`; the names that are still to be made in it."""
    left = [(_anew(edition, one, graph), one.id) for one in _alike(edition, before)]
    for anew, its_id in sorted(left, key=lambda pair: len(pair[0])):
        if len(anew) < len(graph.names):
            with suppress(FileNotFoundError):
                copyfile(warehouse.edition(its_id), temporary)
                return anew
    return frozenset(graph.names)


def _alike(edition: Edition, before: Iterable[Edition]) -> Sequence[Edition]:
    """Those among which the most alike is looked for: the first that differs in one release alone, else all."""
    found, parts = list[Edition](), set(edition.parts)
    for one in before:
        if one.merged == edition.merged:
            found.append(one)
            if len({part.release for part in parts.symmetric_difference(one.parts)}) <= _ONE_FOR_ANOTHER:
                return found[-1:]
    return found


def _anew(edition: Edition, other: Edition, graph: Graph) -> Set[str]:
    """The tables that rest on a published table of which two Editions have other parts."""
    differ = {name for name in graph.catalog.published if edition.of(name) != other.of(name)}
    return {name for name in graph.names if graph.made_from(name) & differ}


def _clear(engine: DuckDB, anew: Set[str]) -> None:
    """Take away what the file of another Edition has under the names that are made anew: what was a table there may
    be a view here, and rows superseded there need not be."""
    told = "SELECT table_schema, table_type, table_name FROM information_schema.tables ORDER BY ALL"
    for schema, kind, name in engine.run(told).fetchall():
        if name in anew:
            what = "VIEW" if kind == "VIEW" else "TABLE"
            engine.run(f"DROP {what} {named(schema)}.{named(name)}")


def _fill(engine: DuckDB, edition: Edition, graph: Graph, warehouse: Warehouse, anew: Set[str]) -> None:
    tables = {name for name in anew if not graph.is_over_all_rows(name)}
    bound_to = engine.columns(tables)
    _clear(engine, tables)
    files: dict[str, Mapping[Part, Path]] = {}
    for name in graph.names:
        if name not in tables:
            continue
        if name in graph.catalog.published:
            files[name] = _published(engine, name, edition, graph, warehouse)
        elif name in graph.parts:
            files[name] = _mapped(engine, name, edition, graph, warehouse)
        elif name in graph.registers:
            engine.create(name, _register(graph.registers[name], edition).select())
        else:
            engine.create(name, graph.derived(graph.derivations[name]))
    if engine.columns(tables) != bound_to:  # to bind a view costs as much as to ask it, and says the same of the same
        for name in (name for name in graph.names if name in anew and name not in tables):
            engine.run(f"CREATE OR REPLACE VIEW {named(name)} AS {graph.derived(graph.derivations[name])}")
    tell(engine, files, warehouse.root)


def _register(kept: Register, edition: Edition) -> Register:
    """The register, and in the one of matches those that people decided at this bench."""
    if kept.name != MATCHES:
        return kept
    here = {"choice": "yes", "because": "decided at this bench", "citation": "the ledger"}
    return kept.adding([{"recipient": one, "stands_as": other, **here} for one, other in edition.merged])


def _published(
    engine: DuckDB, name: str, edition: Edition, graph: Graph, warehouse: Warehouse
) -> Mapping[Part, Path]:
    parts = edition.of(name)
    if not parts:
        _empty(engine, name, graph, _OF_READING)
        return {}
    paths = {part: warehouse.published(part) for part in parts}
    view = parquet_view(paths, superseded(engine, name, graph.catalog.published[name], paths))
    engine.view(name, view)
    size = sum(path.stat().st_size for path in paths.values())
    if len(parts) >= _MANY and size <= _SMALL * len(parts) and view.superseded is None:
        engine.view(name, ParquetView((_gathered(engine, name, parts, warehouse),), {}, None))
    return paths


def _gathered(engine: DuckDB, name: str, parts: Sequence[Part], warehouse: Warehouse) -> Path:
    """The rows of many small files in one: any statement that names the table, even in a view, opens each of them."""
    path = warehouse.derived(name, hashlib.sha256(repr(parts).encode()).hexdigest()[:12])
    if not path.exists():
        write(engine, f"SELECT * FROM {named(name)}", path, warehouse)
    return path


def write(engine: DuckDB, sql: str, path: Path, warehouse: Warehouse) -> None:
    """Write rows that can be derived again. Visible only when whole."""
    with incoming(warehouse.root) as temporary:
        engine.write_lightly(sql, temporary)
        settle(temporary, path)


def parquet_view(paths: Mapping[Part, Path], out: str | None = None) -> ParquetView:
    """The view of the parts' files: rows outside a part's scopes stay out, and those of the table `out`."""
    whole = tuple(path for part, path in paths.items() if not part.scopes)
    partial = {path: part.scopes for part, path in paths.items() if part.scopes}
    return ParquetView(whole, partial, out)


def _mapped(engine: DuckDB, name: str, edition: Edition, graph: Graph, warehouse: Warehouse) -> Mapping[Part, Path]:
    paths: dict[Part, Path] = {}
    by_derivation: list[tuple[Derivation, dict[Part, Path]]] = []
    for derivation, parts in mapped_parts(name, edition, graph):
        made = {kept: _mapped_part(engine, derivation, part, graph, warehouse) for kept, part in parts.items()}
        by_derivation.append((derivation, made))
        paths |= made
    if paths:
        engine.view(name, parquet_view(paths, superseded_rows(engine, name, by_derivation)))
    else:
        _empty(engine, name, graph)
    return paths


def mapped_parts(name: str, edition: Edition, graph: Graph) -> Iterator[tuple[Derivation, Mapping[Part, Part]]]:
    """Each derivation of a row-mapped table, and the parts it maps: what counts of each in the table, by that."""
    mains = [derivation.inputs[0] for derivation in graph.parts[name]]
    speaks = spoken_for(_offers(part for main in mains for part in edition.of(main)))
    for derivation in graph.parts[name]:
        made: dict[Part, Part] = {}
        for part in edition.of(derivation.inputs[0]):
            scopes = tuple(scope for scope in part.scopes if speaks[part.stretch(scope)] == part.table)
            if scopes or not part.scopes:
                made[replace(part, table=name, scopes=scopes)] = part
        yield derivation, made


def _offers(parts: Iterable[Part]) -> Iterator[Offer]:
    for part in parts:
        for scope in part.scopes:
            yield part.stretch(scope), part.table, Grade.PART if scope in part.incomplete else Grade.WHOLE


def _mapped_part(engine: DuckDB, derivation: Derivation, part: Part, graph: Graph, warehouse: Warehouse) -> Path:
    """The Parquet of one release's rows as `derivation` maps them, made if it is not there.

    Known by what it was made from: the rows, the SQL, and the contents of the lookups. A change of anything
    else, another release's rows say, leaves it as it is.
    """
    sql = graph.derived(derivation)
    told = "\n".join(
        [part.sha256, sql, *(f"{name}{contents(engine, named(name))}" for name in derivation.inputs[1:])]
    )
    path = warehouse.derived(derivation.name, f"{part.release}-{hashlib.sha256(told.encode()).hexdigest()[:12]}")
    if path.exists():
        return path
    name = derivation.inputs[0]
    engine.run(
        f"CREATE OR REPLACE TEMP VIEW {named(name)} AS "
        f"SELECT * FROM read_parquet({quoted(str(warehouse.published(part)))})"
    )
    with incoming(warehouse.root) as temporary:
        engine.write(sql, temporary)
        settle(temporary, path)
    engine.run(f"DROP VIEW temp.{named(name)}")
    return path


def _empty(engine: DuckDB, name: str, graph: Graph, beside: Sequence[tuple[str, str]] = ()) -> None:
    columns = [*_sql_types(graph.unbound(name)), *beside]
    fields = [f"CAST(NULL AS {dtype}) AS {named(column)}" for column, dtype in columns]
    engine.create(name, f"SELECT {', '.join(fields)} WHERE false")


def _sql_types(table: object) -> list[tuple[str, str]]:
    schema = table.schema()  # type: ignore[attr-defined]
    types = {dtype: DuckDBType.from_ibis(dtype).sql("duckdb") for dtype in set(schema.types)}
    return [(name, types[dtype]) for name, dtype in schema.items()]
