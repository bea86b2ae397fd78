"""Compares two states of a table row by row, in the engine.

The rows are paired, then the cells of each pair compared. A pair shares its key; where a key stands on several
rows of one side, or the table has none, rows alike in every column are paired first, copy by copy, and what is
left is paired in order (a multiset difference). A column that some release does not have at all (every cell NULL)
is compared only between releases that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.nouns.difference import Absent, Difference, MoneyChange

PROVENANCE = ("release_id", "member", "source_row")
_NOT_COMPARED = ("scope", "misfits")


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


def difference(
    engine: DuckDB, table: str, names: tuple[str, str], key: Sequence[str], aside: Iterable[str] = ()
) -> Difference:
    """What changed between the engine's tables `before` and `after`, two states of `table` called `names`.

    Columns `aside` are left out of the comparison. Both tables get columns that say where a row lies, if they
    have none.
    """
    for side in ("before", "after"):
        _number(engine, side)
    shape, absent = _shape(engine, tuple(key), {*_NOT_COMPARED, *aside})
    _pair(engine, shape)
    _judge(engine, shape, absent)
    counts = dict(engine.run("SELECT change, count(*) FROM changes GROUP BY change").fetchall())
    columns = engine.run(
        "SELECT name, count(*) FROM (SELECT unnest(columns) AS name FROM changes) GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return Difference(
        table,
        *names,
        key=shape.key,
        added=counts.get("added", 0),
        removed=counts.get("removed", 0),
        changed=counts.get("changed", 0),
        unchanged=counts.get("unchanged", 0),
        columns=dict(columns.fetchall()),
        money=tuple(money for column in shape.money if (money := _money(engine, column))),
        absent=tuple(absent),
        rows=engine.query(_rows(shape)),
        cells=engine.query(_cells(shape)),
    )


def _number(engine: DuckDB, side: str) -> None:
    """Number the rows as `"#"` and see to the columns that say where a row lies."""
    missing = [name for name in PROVENANCE if name not in _types(engine, side)]
    nothing = "".join(f", CAST(NULL AS VARCHAR) AS {named(name)}" for name in missing)
    engine.run(f'CREATE TEMP TABLE "{side} rows" AS SELECT row_number() OVER () AS "#", *{nothing} FROM "{side}"')


def _types(engine: DuckDB, name: str) -> dict[str, str]:
    return {row[0]: row[1] for row in engine.run(f'DESCRIBE "{name}"').fetchall()}


def _shape(engine: DuckDB, key: tuple[str, ...], aside: set[str]) -> tuple[_Shape, list[Absent]]:
    before, after = _types(engine, "before rows"), _types(engine, "after rows")
    shared = [name for name in before if name in after and name != "#" and name not in PROVENANCE]
    held = {side: _held(engine, side, shared) for side in ("before", "after")}
    absent = list(_absences(shared, held))
    absent += [Absent(name, "after", (), _filled(engine, "before", name)) for name in before if name not in after]
    absent += [Absent(name, "before", (), _filled(engine, "after", name)) for name in after if name not in before]
    rest = tuple(name for name in shared if name not in key and name not in aside)
    partial = tuple(name for name in rest if any(a.column == name for a in absent))
    money = tuple(name for name in rest if name.endswith("_usd") and before[name].startswith("DECIMAL"))
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


def _filled(engine: DuckDB, side: str, column: str) -> int:
    (count,) = engine.run(f'SELECT count({named(column)}) FROM "{side} rows"').fetchone() or (0,)
    return int(count)


def _pair(engine: DuckDB, shape: _Shape) -> None:
    """Make the table `pairs` of row numbers: `b` before, `a` after; one of them NULL where a row has no partner."""
    keys = ", ".join(map(named, shape.key))
    if shape.key:
        repeated = [
            f'SELECT {keys} FROM "{side} rows" GROUP BY ALL HAVING count(*) > 1' for side in ("before", "after")
        ]
        engine.run(f'CREATE TEMP TABLE "repeated keys" AS {" UNION ".join(repeated)}')
    for side in ("before", "after"):
        rows = f'SELECT * FROM "{side} rows" AS r'
        among = f'JOIN "repeated keys" AS k ON {_same("r", "k", shape.key)}'
        engine.run(f'CREATE TEMP VIEW "{side} many" AS {rows} {f"SEMI {among}" if shape.key else ""}')
        engine.run(f'CREATE TEMP VIEW "{side} single" AS {rows} {f"ANTI {among}" if shape.key else "WHERE false"}')
        order = ", ".join([*map(named, shape.partial), *map(named, PROVENANCE), '"#"'])
        engine.run(
            f'CREATE TEMP TABLE "{side} copies" AS SELECT *, row_number() OVER '
            f'(PARTITION BY {", ".join(map(named, shape.strict))} ORDER BY {order}) AS "copy" FROM "{side} many"'
        )
    alike = _same("b", "a", (*shape.strict, "copy"))
    engine.run(
        f'CREATE TEMP TABLE pairs AS SELECT b."#" AS b, a."#" AS a FROM "before copies" AS b '
        f'JOIN "after copies" AS a ON {alike}'
    )
    for side, letter in (("before", "b"), ("after", "a")):
        order = ", ".join(map(named, [*shape.strict, *shape.partial, "#"]))
        nth = f"row_number() OVER (PARTITION BY {keys} ORDER BY {order})" if shape.key else "NULL"
        engine.run(
            f'CREATE TEMP TABLE "{side} left" AS SELECT *, {nth} AS "nth" FROM "{side} copies" AS r '
            f'ANTI JOIN pairs ON r."#" = pairs.{letter}'
        )
    rest, single = ("false", "false")
    if shape.key:
        rest, single = _same("b", "a", (*shape.key, "nth")), _same("b", "a", shape.key)
    engine.run(
        f'INSERT INTO pairs SELECT b."#", a."#" FROM "before left" AS b FULL JOIN "after left" AS a ON {rest} '
        f'UNION ALL SELECT b."#", a."#" FROM "before single" AS b FULL JOIN "after single" AS a ON {single}'
    )


def _judge(engine: DuckDB, shape: _Shape, absent: Sequence[Absent]) -> None:
    """Make the table `changes`: each pair with its `change` and the list of `columns` that differ."""
    differs = ", ".join(
        f"CASE WHEN {_differs(name, [a for a in absent if a.column == name])} THEN {quoted(name)} END"
        for name in shape.compared
    )
    listed = f"list_filter([{differs}], lambda name: name IS NOT NULL)" if differs else "CAST([] AS VARCHAR[])"
    engine.run(
        f"CREATE TEMP TABLE changes AS SELECT b, a, CASE WHEN b IS NULL THEN 'added' WHEN a IS NULL THEN 'removed' "
        f"WHEN len(found) > 0 THEN 'changed' ELSE 'unchanged' END AS change, "
        f"CASE WHEN b IS NOT NULL AND a IS NOT NULL THEN found ELSE [] END AS columns FROM "
        f'(SELECT p.b, p.a, {listed} AS found FROM pairs AS p LEFT JOIN "before rows" AS old ON old."#" = p.b '
        f'LEFT JOIN "after rows" AS new ON new."#" = p.a)'
    )


def _differs(name: str, absent: Sequence[Absent]) -> str:
    column = named(name)
    tests = [f"old.{column} IS DISTINCT FROM new.{column}"]
    for a in absent:
        row = "old" if a.side == "before" else "new"
        releases = ", ".join(map(quoted, a.releases))
        tests.append(f"coalesce({row}.release_id NOT IN ({releases}), true)" if releases else "false")
    return " AND ".join(tests)


def _money(engine: DuckDB, name: str) -> MoneyChange | None:
    """How the total moved; None where one side holds no amount at all: unknown is not zero."""
    column = named(name)
    sums = engine.run(
        f"SELECT sum(old.{column}), sum(new.{column}), "
        f"sum(new.{column}) FILTER (change = 'added'), sum(old.{column}) FILTER (change = 'removed'), "
        f"sum(coalesce(new.{column}, 0) - coalesce(old.{column}, 0)) FILTER (b IS NOT NULL AND a IS NOT NULL) "
        f'FROM changes LEFT JOIN "before rows" AS old ON old."#" = b LEFT JOIN "after rows" AS new ON new."#" = a'
    ).fetchone()
    if sums is None or sums[0] is None or sums[1] is None:
        return None
    nothing = sums[0] - sums[0]
    return MoneyChange(name, *(nothing if total is None else total for total in sums))


_CHANGES = (
    'FROM changes LEFT JOIN "before rows" AS old ON old."#" = b LEFT JOIN "after rows" AS new ON new."#" = a '
    "WHERE change <> 'unchanged'"
)


def _rows(shape: _Shape) -> str:
    keys = [f"coalesce(old.{named(name)}, new.{named(name)}) AS {named(name)}" for name in shape.key]
    sides = [("old", "before"), ("new", "after")]
    cells = [
        f"{row}.{named(name)} AS {named(f'{name}_{side}')}"
        for name in (*shape.compared, *PROVENANCE)
        for row, side in sides
    ]
    chosen = ", ".join(["change", "array_to_string(columns, ', ') AS columns", *keys, *cells])
    order = ", ".join([str(n + 3) for n in range(len(shape.key))] + ["1", "b", "a"])
    return f"SELECT {chosen} {_CHANGES} ORDER BY {order}"


def _cells(shape: _Shape) -> str:
    keys = "".join(f"old.{named(name)}, " for name in shape.key)

    def text(row: str) -> str:
        whens = " ".join(f"WHEN {quoted(n)} THEN {row}.{named(n)}::VARCHAR" for n in shape.compared)
        return f'CASE "#name" {whens} END' if whens else "NULL"

    # A pair of rows has one line for each of its columns that differ.
    return (
        f'SELECT {keys}"#name" AS column, {text("old")} AS before, {text("new")} AS after '
        f"FROM (SELECT b, a, unnest(columns) AS \"#name\" FROM changes WHERE change = 'changed') "
        f'JOIN "before rows" AS old ON old."#" = b JOIN "after rows" AS new ON new."#" = a '
        f'ORDER BY {keys}b, a, "#name"'
    )


def _same(left: str, right: str, columns: Sequence[str]) -> str:
    return " AND ".join(f"{left}.{named(c)} IS NOT DISTINCT FROM {right}.{named(c)}" for c in columns)
