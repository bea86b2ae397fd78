"""Compares two states of a table row by row, in the engine.

The rows are paired, then the cells of each pair compared. A pair shares its key; where a key stands on several
rows of one side, or the table has none, rows alike in every column are paired first, copy by copy, and what is
left is paired in order (a multiset difference). A column that some release does not have at all (every cell NULL)
is compared only between releases that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.nouns.difference import Absent, Difference, MoneyChange

PROVENANCE = ("release_id", "member", "source_row")
_ASIDE = (*PROVENANCE, "as_of", "#")
_NOT_COMPARED = ("scope", "misfits", "repairs")


@dataclass(frozen=True)
class _Shape:
    """The columns of the comparison: those that pair, those compared, and those of them not every release has."""

    key: tuple[str, ...]
    compared: tuple[str, ...]
    partial: tuple[str, ...]
    money: tuple[str, ...]

    @property
    def strict(self) -> tuple[str, ...]:
        """What two rows must share to be called alike."""
        return tuple(dict.fromkeys([*self.key, *(name for name in self.compared if name not in self.partial)]))


Ours = Mapping[str, Sequence[str]]
"""By release: the columns of its rows that are derived by us."""


@dataclass(frozen=True)
class Pairing:
    """How rows are paired and compared: by a `key`, without the columns `aside`; and which columns are `ours`."""

    key: Sequence[str]
    aside: Iterable[str] = ()
    ours: Ours = field(default_factory=dict)


def difference(engine: DuckDB, table: str, names: tuple[str, str], pairing: Pairing) -> Difference:
    """What changed between the engine's tables `before` and `after`, two states of `table` called `names`."""
    for side in ("before", "after"):
        _number(engine, side)
    shape, absent = _shape(engine, tuple(pairing.key), {*_NOT_COMPARED, *pairing.aside})
    _compare(engine, shape, absent)
    ours = _say_whose(engine, shape, pairing.ours)
    counts = dict(engine.run("SELECT change, count(*) FROM changes GROUP BY change").fetchall())
    columns = engine.run(
        "SELECT name, count(*) FROM (SELECT unnest(columns) AS name FROM changes) GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    added, removed, changed = (counts.get(change, 0) for change in ("added", "removed", "changed"))
    return Difference(
        table,
        *names,
        key=shape.key,
        added=added,
        removed=removed,
        changed=changed,
        unchanged=_count(engine, '"after rows"') - added - changed,
        columns=dict(columns),
        money=_money(engine, shape),
        absent=tuple(absent),
        rows=engine.query(_rows(shape)),
        cells=engine.query(_cells(shape)),
        ours=ours,
        derived=_count(engine, "changes WHERE changed_by = 'derived'"),
    )


def _say_whose(engine: DuckDB, shape: _Shape, ours: Ours) -> tuple[str, ...]:
    """Add to `changes` whose each is (`changed_by`) and how much money it moves (`moved`); the derived columns.

    A cell is derived by us if either of its two releases has none of its own in that column.
    """
    releases: dict[str, list[str]] = {}
    for release, columns in ours.items():
        for name in columns:
            releases.setdefault(name, []).append(quoted(release))
    derived = {name: ", ".join(ids) for name, ids in releases.items() if name in shape.compared}
    whens = [
        f"CASE WHEN old.release_id IN ({ids}) OR new.release_id IN ({ids}) THEN {quoted(name)} END"
        for name, ids in derived.items()
    ]
    made = f"[{', '.join(whens)}]" if whens else "CAST([] AS VARCHAR[])"
    moved = " + ".join(f"abs(coalesce(new.{named(n)}, 0) - coalesce(old.{named(n)}, 0))" for n in shape.money[:1])
    engine.run(
        f"""CREATE TEMP TABLE judged AS SELECT c.*, {moved or "0"} AS moved,
            CASE WHEN change = 'changed' AND len(columns) > 0 AND list_has_all({made}, columns)
                 THEN 'derived' ELSE 'publisher' END AS changed_by
        FROM changes AS c LEFT JOIN "before rows" AS old ON old."#" = b
        LEFT JOIN "after rows" AS new ON new."#" = a"""
    )
    engine.run("DROP TABLE changes")
    engine.run("ALTER TABLE judged RENAME TO changes")
    return tuple(name for name in shape.compared if name in derived)


def _number(engine: DuckDB, side: str) -> None:
    """Number the rows as `"#"` and see to the columns that say where a row lies."""
    missing = [name for name in PROVENANCE if name not in _types(engine, side)]
    nothing = "".join(f", CAST(NULL AS VARCHAR) AS {named(name)}" for name in missing)
    engine.run(f'CREATE TEMP VIEW "{side} rows" AS SELECT rowid AS "#", *{nothing} FROM "{side}"')


def _count(engine: DuckDB, source: str) -> int:
    (count,) = engine.run(f"SELECT count(*) FROM {source}").fetchone() or (0,)
    return int(count)


def _types(engine: DuckDB, name: str) -> dict[str, str]:
    return {row[0]: row[1] for row in engine.run(f'DESCRIBE "{name}"').fetchall()}


def _shape(engine: DuckDB, key: tuple[str, ...], aside: set[str]) -> tuple[_Shape, list[Absent]]:
    before, after = _types(engine, "before rows"), _types(engine, "after rows")
    shared = [name for name in before if name in after and (name in key or name not in _ASIDE)]
    held = {side: _held(engine, side, shared) for side in ("before", "after")}
    absent = list(_absences(shared, held))
    absent += [
        Absent(name, "after", (), _count(engine, f'"before rows" WHERE {named(name)} IS NOT NULL'))
        for name in before
        if name not in after
    ]
    absent += [
        Absent(name, "before", (), _count(engine, f'"after rows" WHERE {named(name)} IS NOT NULL'))
        for name in after
        if name not in before
    ]
    rest = tuple(name for name in shared if name not in key and name not in aside)
    partial = tuple(name for name in rest if any(a.column == name for a in absent))
    money = tuple(n for n in rest if n.endswith("_usd") and before[n].startswith("DECIMAL") and n not in partial)
    kept = [a for a in absent if a.column not in aside and a.rows]
    return _Shape(tuple(name for name in key if name in shared), rest, partial, money), kept


def _held(engine: DuckDB, side: str, columns: Sequence[str]) -> dict[str | None, dict[str, int]]:
    """How many rows of each release hold a value in each column."""
    counts = "".join(f", count({named(name)})" for name in columns)
    rows = engine.run(f'SELECT release_id{counts} FROM "{side} rows" GROUP BY release_id ORDER BY 1').fetchall()
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def _absences(columns: Sequence[str], held: dict[str, dict[str | None, dict[str, int]]]) -> Iterable[Absent]:
    for side, other in (("before", "after"), ("after", "before")):
        for name in columns:
            without = [release for release, counts in held[side].items() if not counts[name]]
            elsewhere = sum(counts[name] for counts in held[other].values())
            if without and elsewhere:
                yield Absent(name, side, tuple(release for release in without if release), elsewhere)


def _compare(engine: DuckDB, shape: _Shape, absent: Sequence[Absent]) -> None:
    """Make the table `changes`: row numbers `b` before and `a` after, `change`, and the `columns` that differ."""
    engine.run("CREATE TEMP TABLE changes (b BIGINT, a BIGINT, change VARCHAR, columns VARCHAR[])")
    differs = {name: _differs(name, [a for a in absent if a.column == name]) for name in shape.compared}
    if not shape.key:
        _compare_many(engine, shape, differs, {side: f'"{side} rows"' for side in ("before", "after")})
        return
    keys = ", ".join(map(named, shape.key))
    repeated = [f'SELECT {keys} FROM "{side} rows" GROUP BY ALL HAVING count(*) > 1' for side in ("before", "after")]
    engine.run(f'CREATE TEMP TABLE "repeated keys" AS {" UNION ".join(repeated)}')
    single = many = {side: f'"{side} rows"' for side in ("before", "after")}
    if _count(engine, '"repeated keys"'):
        among = f'JOIN "repeated keys" AS k ON {_same("r", "k", shape.key)}'
        single = {side: f"(SELECT * FROM {rows} AS r ANTI {among})" for side, rows in single.items()}
        many = {side: f"(SELECT * FROM {rows} AS r SEMI {among})" for side, rows in many.items()}
        _compare_many(engine, shape, differs, many)
    _insert(
        engine,
        f"{single['before']} AS old FULL JOIN {single['after']} AS new ON {_same('old', 'new', shape.key)}",
        differs,
    )


def _compare_many(engine: DuckDB, shape: _Shape, differs: Mapping[str, str], sources: Mapping[str, str]) -> None:
    """Compare rows whose key does not tell them apart: those alike first, copy by copy, then what is left.

    Two rows are alike when two hashes of 64 bits, over all cells in both orders, agree.
    """
    cells = ", ".join(map(named, shape.strict))
    turned = ", ".join(map(named, reversed(shape.strict)))
    order = ", ".join([*map(named, shape.partial), '"#"'])
    for side, source in sources.items():
        hashed = f"SELECT *, hash({cells}) AS h, hash('other', {turned}) AS g FROM {source}"
        copy = f"row_number() OVER (PARTITION BY h, g ORDER BY {order})"
        engine.run(f'CREATE TEMP TABLE "{side} copies" AS SELECT "#", h, g, {copy} AS copy FROM ({hashed})')
    engine.run(
        'CREATE TEMP TABLE alike AS SELECT b."#" AS b, a."#" AS a '
        'FROM "before copies" AS b JOIN "after copies" AS a USING (h, g, copy)'
    )
    if shape.partial:
        pairs = 'alike JOIN "before rows" AS old ON old."#" = alike.b JOIN "after rows" AS new ON new."#" = alike.a'
        _insert(engine, pairs, differs)
    # Without a key nothing pairs what is left.
    order = ", ".join(map(named, [*shape.strict, *shape.partial, "#"]))
    partition = ", ".join(map(named, shape.key))
    nth = f"row_number() OVER (PARTITION BY {partition} ORDER BY {order})" if shape.key else "NULL"
    left = {
        side: f'(SELECT *, {nth} AS "nth" FROM {source} AS r ANTI JOIN alike ON r."#" = alike.{side[0]})'
        for side, source in sources.items()
    }
    if shape.key:
        on = _same("old", "new", (*shape.key, "nth"))
        _insert(engine, f"{left['before']} AS old FULL JOIN {left['after']} AS new ON {on}", differs)
        return
    for side, change in (("before", "removed"), ("after", "added")):
        numbers = '"#", NULL' if side == "before" else 'NULL, "#"'
        engine.run(f"INSERT INTO changes SELECT {numbers}, '{change}', [] FROM {left[side]}")


def _insert(engine: DuckDB, pairs: str, differs: Mapping[str, str]) -> None:
    """Put those of the `pairs` (rows `old` and `new`) that are not the same into `changes`."""
    listed = ", ".join(f"CASE WHEN {test} THEN {quoted(name)} END" for name, test in differs.items())
    found = f"list_filter([{listed}], lambda name: name IS NOT NULL)" if listed else "CAST([] AS VARCHAR[])"
    whole = 'old."#" IS NOT NULL AND new."#" IS NOT NULL'
    engine.run(
        f"""INSERT INTO changes SELECT old."#", new."#",
            CASE WHEN old."#" IS NULL THEN 'added' WHEN new."#" IS NULL THEN 'removed' ELSE 'changed' END,
            CASE WHEN {whole} THEN {found} ELSE [] END
        FROM {pairs} WHERE NOT ({whole}) OR {" OR ".join(f"({test})" for test in differs.values()) or "false"}"""
    )


def _differs(name: str, absent: Sequence[Absent]) -> str:
    column = named(name)
    tests = [f"old.{column} IS DISTINCT FROM new.{column}"]
    for a in absent:
        row = "old" if a.side == "before" else "new"
        releases = ", ".join(map(quoted, a.releases))
        tests.append(f"coalesce({row}.release_id NOT IN ({releases}), true)" if releases else "false")
    return " AND ".join(tests)


def _money(engine: DuckDB, shape: _Shape) -> tuple[MoneyChange, ...]:
    """How each total moved; left out where one side holds no amount at all: unknown is not zero."""
    if not shape.money:
        return ()
    totals = [
        engine.run(f'SELECT {_sums("{}", shape)} FROM "{side} rows"').fetchone() for side in ("before", "after")
    ]
    moves = []
    for change, cell in (
        ("added", "new.{}"),
        ("removed", "old.{}"),
        ("changed", "coalesce(new.{0}, 0) - coalesce(old.{0}, 0)"),
    ):
        moves.append(engine.run(f"SELECT {_sums(cell, shape)} {_CHANGES} AND change = '{change}'").fetchone())
    by_column = zip(shape.money, *(sums for sums in (*totals, *moves) if sums), strict=True)
    return tuple(
        MoneyChange(name, before, after, *(before - before if moved is None else moved for moved in moved_by))
        for name, before, after, *moved_by in by_column
        if before is not None and after is not None
    )


def _sums(cell: str, shape: _Shape) -> str:
    return ", ".join(f"sum({cell.format(named(name))})" for name in shape.money)


_CHANGES = (
    'FROM changes LEFT JOIN "before rows" AS old ON old."#" = b LEFT JOIN "after rows" AS new ON new."#" = a '
    "WHERE true"
)

# What the publisher changed first, and of that what moves the most money; a removal is as much news as an addition.
_WEIGHT = "changed_by = 'derived', moved DESC"


def _rows(shape: _Shape) -> str:
    keys = [f"coalesce(old.{named(name)}, new.{named(name)}) AS {named(name)}" for name in shape.key]
    sides = [("old", "before"), ("new", "after")]
    cells = [
        f"{row}.{named(name)} AS {named(f'{name}_{side}')}"
        for name in (*shape.compared, *PROVENANCE)
        for row, side in sides
    ]
    chosen = ", ".join(["change", "changed_by", "array_to_string(columns, ', ') AS columns", *keys, *cells])
    order = ", ".join([_WEIGHT] + [str(n + 4) for n in range(len(shape.key))] + ["1", "b", "a"])
    return f"SELECT {chosen} {_CHANGES} ORDER BY {order}"


def _cells(shape: _Shape) -> str:
    keys = "".join(f"old.{named(name)}, " for name in shape.key)

    def text(row: str) -> str:
        whens = " ".join(f"WHEN {quoted(n)} THEN {row}.{named(n)}::VARCHAR" for n in shape.compared)
        return f'CASE "#name" {whens} END' if whens else "NULL"

    # A pair of rows has one line for each of its columns that differ.
    return (
        f'SELECT {keys}changed_by, "#name" AS column, {text("old")} AS before, {text("new")} AS after '
        f"FROM (SELECT b, a, changed_by, moved, unnest(columns) AS \"#name\" FROM changes WHERE change = 'changed') "
        f'JOIN "before rows" AS old ON old."#" = b JOIN "after rows" AS new ON new."#" = a '
        f'ORDER BY {_WEIGHT}, {keys}b, a, "#name"'
    )


def _same(left: str, right: str, columns: Sequence[str]) -> str:
    return " AND ".join(f"{left}.{named(c)} IS NOT DISTINCT FROM {right}.{named(c)}" for c in columns)
