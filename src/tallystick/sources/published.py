"""What is judged of a published file as it was written: rows that could not be read, categories, pairs, scopes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.member import Member
from tallystick.nouns.release import Release
from tallystick.nouns.source import REDACTED, WITHHELD, Pair, Publication, Source, Type
from tallystick.sources.csv import part_of_scope
from tallystick.sources.header import is_parquet

_EVIDENCE_ROWS = 20
_DAMAGED = r"[-+]?[0-9]+(\.[0-9]+)?[eE]\+[0-9]+|[-+]?(inf|Inf|infinity|Infinity|nan|NaN)|#(REF!|N/A|NAME\?|VALUE!|#+)"

_ENDS = ("nf", "nfinity", "nan", "aN")


@dataclass(frozen=True)
class Written:
    """One table of a release as it was written: its Parquet file and what the source says of it."""

    release: Release
    source: Source
    publication: Publication
    path: Path
    engine: DuckDB

    @property
    def rows(self) -> str:
        return f"read_parquet({quoted(str(self.path))})"

    @property
    def stated(self) -> str:
        """The condition that a row states something, and does not only take another away."""
        deletes = self.source.deletes
        if deletes is None or deletes.column not in self.publication.columns:
            return "true"
        return f"{named(deletes.column)} IS DISTINCT FROM {quoted(deletes.value)}"

    def finding(
        self, kind: str, says: str, evidence: Iterable[Mapping[str, object]], count: int, next_step: str
    ) -> Finding:
        shown = tuple(dict(row) for row in evidence)[:_EVIDENCE_ROWS]
        return Finding(self.release.id, kind, Severity.SEVERE, says, evidence=shown, count=count, next_step=next_step)


def judge(written: Written) -> Iterator[Finding]:
    """Every Finding about the rows of a published file."""
    yield from misfits(written)
    yield from categories(written)
    yield from damaged_codes(written)
    yield from blanks(written)
    yield from file_name(written)
    for pair in written.publication.expect.pairs:
        yield from pairs(written, pair)


def unreadable_rows(engine: DuckDB, release: Release, members: Collection[Member]) -> Iterator[Finding]:
    """Rows that the engine could not take apart: too few or too many cells, an open quote, bytes that are no text."""
    name_of = {member.address: member.name for member in members}
    paths = ", ".join(map(quoted, name_of))
    if all(map(is_parquet, members)):
        return
    rows = engine.run(
        "SELECT file_path, line, arg_min(column_name, byte_position), arg_min(error_type::VARCHAR, byte_position), "
        "arg_min(split_part(error_message, chr(10), 1), byte_position), count(*) OVER () "
        "FROM reject_errors JOIN reject_scans USING (scan_id, file_id) "
        f"WHERE file_path IN ({paths}) GROUP BY file_path, line ORDER BY file_path, line LIMIT {_EVIDENCE_ROWS}"
    ).fetchall()
    if rows:
        count = rows[0][-1]
        yield Finding(
            release.id,
            "unreadable_row",
            Severity.SEVERE,
            f"{release.name} has {count} row(s) that cannot be taken apart into cells",
            evidence=tuple(
                {"member": name_of[path], "line": line, "column": column, "fault": fault.lower(), "because": because}
                for path, line, column, fault, because, _ in rows
            ),
            count=count,
            next_step="look at the lines: get the file again if it was cut off, else ask the publisher",
        )


def misfits(written: Written) -> Iterator[Finding]:
    """Cells that do not fit their column's type, and names that a map of values lacks."""
    (count,) = written.engine.run(f"SELECT count(misfits) FROM {written.rows}").fetchone() or (0,)
    if count:
        rows = written.engine.run(
            f"SELECT member, source_row, misfits FROM {written.rows} WHERE misfits IS NOT NULL "
            f"ORDER BY member, source_row LIMIT {_EVIDENCE_ROWS}"
        ).fetchall()
        yield written.finding(
            "misfit_cell",
            f"{written.release.name} has {count} row(s) with a cell that does not fit its column",
            ({"member": member, "row": row, "cells": cells} for member, row, cells in rows),
            count,
            "see the cells; a new category or format is named in source.yml",
        )


def categories(written: Written) -> Iterator[Finding]:
    """Values that a column's list or pattern does not know, each with the first row that has it."""
    for own, column in written.publication.columns.items():
        if isinstance(column.values, list):
            known = [*column.values, WITHHELD, REDACTED]
            strange = f"{named(own)} NOT IN ({', '.join(map(quoted, known))})"
        elif column.matches and column.type in (Type.TEXT, Type.CODE):
            fits = f"regexp_full_match({named(own)}, {quoted(column.matches)})"
            strange = f"NOT {fits} AND {named(own)} NOT IN ({quoted(WITHHELD)}, {quoted(REDACTED)})"
        else:
            continue
        rows = written.engine.run(
            f"SELECT {named(own)}, count(*) AS of_it, arg_min(member, source_row), min(source_row) "
            f"FROM {written.rows} WHERE {strange} GROUP BY 1 ORDER BY of_it DESC, 1"
        ).fetchall()
        if rows:
            told = ", ".join(repr(value) for value, *_ in rows[:5])
            yield written.finding(
                "unknown_category",
                f"{written.release.name} has {len(rows)} value(s) never seen in {own}: {told}",
                ({"column": own, "value": v, "rows": n, "member": m, "row": row} for v, n, m, row in rows),
                sum(count for _, count, *_ in rows),
                "see what the publisher means by each, and name it in source.yml",
            )


def damaged_codes(written: Written) -> Iterator[Finding]:
    """Codes that a program took for numbers (`7.0E+4020`, `inf`) or could not show (`#REF!`, `########`)."""
    open_codes = [
        own
        for own, column in written.publication.columns.items()
        if column.type is Type.CODE and column.matches is None and column.values is None
    ]
    for own in _suspected(written, open_codes):
        rows = written.engine.run(
            f"SELECT {named(own)}, count(*) AS of_it, arg_min(member, source_row), min(source_row) "
            f"FROM {written.rows} WHERE regexp_full_match({named(own)}, {quoted(_DAMAGED)}) "
            "GROUP BY 1 ORDER BY of_it DESC, 1"
        ).fetchall()
        if rows:
            yield written.finding(
                "damaged_code",
                f"{written.release.name} has {len(rows)} value(s) of {own} that a program made of codes: "
                f"{rows[0][0]!r}",
                ({"column": own, "value": v, "rows": n, "member": m, "row": row} for v, n, m, row in rows),
                sum(count for _, count, *_ in rows),
                "get the file as the publisher made it: a spreadsheet took codes for numbers, and they are lost",
            )


def _suspected(written: Written, columns: list[str]) -> list[str]:
    """The columns in which anything has a sign of damage: one cheap pass, so that patterns are tried seldom."""
    if not columns:
        return []
    signs = (f"count_if({_may_be_damaged(named(own))})" for own in columns)
    (found,) = written.engine.run(f"SELECT {', '.join(signs)} FROM {written.rows}").fetchall()
    return [column for column, count in zip(columns, found, strict=True) if count]


def _may_be_damaged(code: str) -> str:
    """A condition that is true of whatever fits the pattern, and cheaper: most ask only for a code's first or last
    signs."""
    ends = " OR ".join(f"suffix({code}, {quoted(end)})" for end in _ENDS)
    return f"contains({code}, '+') OR prefix({code}, '#') OR {ends}"


def blanks(written: Written) -> Iterator[Finding]:
    """Rows without the columns that say which stretch they belong to, or without the key that a delta amends by."""
    key = written.publication.key
    columns = written.publication.columns
    days = [part[len("fiscal_year(") : -1] for part in written.publication.scope if part.startswith("fiscal_year(")]
    places = [part for part in written.publication.scope if part in columns and columns[part].required]
    lacking = " OR ".join(f"{named(own)} IS NULL" for own in [*days, *places]) or "false"
    if len(key) == 1 and written.source.deletes is not None:
        has_any = f"(SELECT count({named(key[0])}) FROM {written.rows}) > 0"
        lacking = f"{lacking} OR ({named(key[0])} IS NULL AND {has_any})"
    rows = written.engine.run(
        f"SELECT member, source_row, scope, count(*) OVER () FROM {written.rows} "
        f"WHERE ({lacking}) AND {written.stated} ORDER BY member, source_row LIMIT {_EVIDENCE_ROWS}"
    ).fetchall()
    if rows:
        yield written.finding(
            "blank_key",
            f"{written.release.name} has {rows[0][-1]} row(s) that lack their key, their day or their office",
            ({"member": member, "row": row, "scope": scope} for member, row, scope, _ in rows),
            rows[0][-1],
            "ask the publisher; without them the rows cannot be placed",
        )


def file_name(written: Written) -> Iterator[Finding]:
    """Rows that say something else than the file's name does."""
    said = next(filter(None, (re.fullmatch(p, written.release.name) for p in written.source.releases.match)), None)
    groups = said.groupdict() if said else {}
    for group, part in written.publication.expect.file_name.items():
        if groups.get(group) is None:
            continue
        wanted = ("FY" if part.startswith("fiscal_year(") else "") + groups[group]
        rows = written.engine.run(
            f"SELECT {part_of_scope(part)} AS says, count(*), arg_min(member, source_row), min(source_row) "
            f"FROM {written.rows} WHERE {written.stated} GROUP BY 1 HAVING says <> {quoted(wanted)} ORDER BY 2 DESC"
        ).fetchall()
        if rows:
            count = sum(row[1] for row in rows)
            yield written.finding(
                "not_what_the_name_says",
                f"{written.release.name} says {wanted}, and {count} row(s) in it say {rows[0][0]}",
                ({"column": part, "says": v, "rows": n, "member": m, "row": row} for v, n, m, row in rows),
                count,
                "the file was renamed or holds more than its name says: find out which",
            )


def pairs(written: Written, pair: Pair) -> Iterator[Finding]:
    """Codes with a description that is another code's: exchanged between the columns, or matched up anew.

    Publishers reword descriptions and reuse them over the years, so only a description that nearly always (nine
    times in ten, and not elsewhere for this code) belongs to another code of the release is held against a row.
    """
    code, name = named(pair.code), named(pair.name)
    told = (
        f"SELECT {code} AS code, {name} AS name, count(*) AS n, arg_min(member, source_row) AS member, "
        f"min(source_row) AS source_row FROM {written.rows} "
        f"WHERE {code} IS NOT NULL AND {name} IS NOT NULL GROUP BY 1, 2"
    )
    rows = written.engine.run(
        f"WITH told AS MATERIALIZED ({told}), "
        "owner AS (SELECT name, arg_max(code, n) AS code, max(n) AS n, sum(n) AS of_all FROM told GROUP BY 1), "
        "own AS (SELECT code, arg_max(name, n) AS name FROM told GROUP BY 1) "
        "SELECT told.code, told.name, told.n, told.member, told.source_row FROM told JOIN owner USING (name) "
        "JOIN own ON own.code = told.code WHERE (owner.code <> told.code AND own.name <> told.name "
        "AND owner.n >= 0.9 * owner.of_all) OR EXISTS (FROM told AS other WHERE other.name = told.code "
        "AND other.code = told.name AND other.code <> other.name) ORDER BY told.n DESC, 1, 2"
    ).fetchall()
    if rows:
        first = f"{rows[0][0]} '{rows[0][1]}'"
        yield written.finding(
            "swapped_pair",
            f"{written.release.name} has {pair.code} and {pair.name} matched up anew {len(rows)} time(s): {first}",
            ({"code": c, "name": d, "rows": n, "member": m, "row": row} for c, d, n, m, row in rows),
            sum(row[2] for row in rows),
            "see whether columns were exchanged; if the publisher renamed a code, wait for its list of codes",
        )
