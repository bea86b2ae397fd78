"""Reads delimited text strictly: every column named, every cell typed, every row accounted for."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from tallystick.engines.duckdb import named, quoted
from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.nouns.source import WITHHELD, Column, Mask, Publication, Source, Type
from tallystick.sources import typed
from tallystick.sources.persons import looks_like_a_person
from tallystick.sources.repair import repaired

_PERSON = "is about a natural person"
PROVENANCE = ("release_id", "scope", "member", "source_row")


@dataclass(frozen=True)
class Header:
    """The columns of one member as the publisher wrote them, held against what the source names."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def header(member: Member, source: Source, publication: Publication) -> Header:
    """Read the first line of `member`. Raises `ReleaseError` when there is none or a column stands twice."""
    try:
        with member.path.open(encoding=source.encoding, newline="") as file:
            names = next(csv.reader(file, delimiter=source.delimiter), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReleaseError(
            f"this is not {source.encoding} text: {error}",
            where=f"{member.name}, line 1",
            next_step="check that the file is the one the source describes",
        ) from error
    names = [name.removeprefix("\ufeff").strip() for name in names]
    if not any(names):
        raise ReleaseError("the file has no header", where=f"{member.name}, line 1")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ReleaseError(f"the header names a column twice: {', '.join(twice)}", where=f"{member.name}, line 1")
    ours = {theirs for own, column in publication.columns.items() for theirs in column.names(own)}
    dropped = {name for names in publication.drop.values() for name in names}
    missing = [
        own
        for own, column in publication.columns.items()
        if column.required and not set(column.names(own)) & set(names)
    ]
    return Header(tuple(names), tuple(n for n in names if n not in ours | dropped), tuple(missing))


def select(member: Member, head: Header, source: Source, publication: Publication, release_id: str) -> str:
    """The SELECT that turns `member` into typed rows with their provenance and a list of misfits."""
    values, misfits = [], []
    for own, column in publication.columns.items():
        theirs = _theirs(own, column, head)
        if theirs is None:
            values.append(f"CAST(NULL AS {typed.PARQUET_TYPE[column.type]}) AS {named(own)}")
            continue
        value = typed.value(named(theirs), column)
        values.append(f"{withheld(value, named(_PERSON)) if column.mask else value} AS {named(own)}")
        if condition := typed.misfit(named(theirs), column):
            shown = f"{quoted(theirs + ': ')} || {named(theirs)}"
            misfits.append(f"CASE WHEN {condition} THEN {shown} END")
    listed = f"nullif(concat_ws(' | ', {', '.join(misfits)}), '')" if misfits else "CAST(NULL AS VARCHAR)"
    return (
        f"SELECT {quoted(release_id)} AS release_id, {_scope(publication)} AS scope, "
        f"{quoted(member.name)} AS member, source_row, * EXCLUDE (source_row) FROM ("
        f"SELECT source_row, {', '.join(values)}, {listed} AS misfits "
        f"FROM ({_cells(member, head, source, publication)}))"
    )


def _cells(member: Member, head: Header, source: Source, publication: Publication) -> str:
    """The cells of every named column once repaired, with the row's number and whether it is about a person."""
    cells = [f"{repaired(named(n), column, source)} AS {named(n)}" for n, column in found(head, publication).items()]
    if any(column.mask for column in publication.columns.values()):
        cells.append(f"{_person(head, publication)} AS {named(_PERSON)}")
    return f"SELECT row_number() OVER () AS source_row, {', '.join(cells)} FROM {rows(member, head, source)}"


def rows(member: Member, head: Header, source: Source) -> str:
    """The rows of `member` as a table expression, every cell the text it is."""
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in head.names)
    return (
        f"read_csv({quoted(str(member.path))}, columns = {{{columns}}}, auto_detect = false, header = true, "
        f"delim = {quoted(source.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, "
        f"encoding = {quoted(source.encoding)}, max_line_size = 16777216)"
    )


def found(head: Header, publication: Publication) -> dict[str, Column]:
    """The columns that this file has, by the publisher's name."""
    columns = {_theirs(own, column, head): column for own, column in publication.columns.items()}
    return {theirs: column for theirs, column in columns.items() if theirs is not None}


def _theirs(own: str, column: Column, head: Header) -> str | None:
    """The publisher's name for the column in this file."""
    return next((name for name in column.names(own) if name in head.names), None)


def _person(head: Header, publication: Publication) -> str:
    """The condition that a row is about a natural person: its masked names look so, or it says so itself."""
    names = [
        _theirs(own, column, head)
        for own, column in publication.columns.items()
        if column.mask is Mask.NATURAL_PERSON and column.type is Type.TEXT
    ]
    conditions = [looks_like_a_person(f"trim({named(name)})") for name in names if name is not None]
    conditions += [
        f"coalesce({named(theirs)} IN ({', '.join(map(quoted, values))}), false)"
        for theirs, values in publication.persons.items()
        if theirs in head.names
    ]
    return " OR ".join(conditions) or "false"


def withheld(value: str, person: str) -> str:
    """`value`, or the mark of a withheld cell where the row is about a natural person."""
    return f"CASE WHEN {person} THEN {quoted(WITHHELD)} ELSE {value} END"


def _scope(publication: Publication) -> str:
    if not publication.scope:
        return "'all'"
    return " || '/' || ".join(_scope_part(part) for part in publication.scope)


def _scope_part(part: str) -> str:
    if part.startswith("fiscal_year(") and part.endswith(")"):
        day = named(part.removeprefix("fiscal_year(").removesuffix(")"))
        return f"'FY' || (year({day}) + (month({day}) >= 10)::INT)::VARCHAR"
    return f"coalesce({named(part)}, 'unknown')"
