"""Reads delimited text strictly: every column named, every cell typed, every row accounted for."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from tallystick.engines.duckdb import named, quoted
from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.nouns.source import WITHHELD, Column, Correction, Mask, Publication, Source, Type
from tallystick.sources import typed
from tallystick.sources.contacts import without_contacts
from tallystick.sources.persons import looks_like_a_person
from tallystick.sources.repair import repaired

_SAMPLE_ROWS = 500
_LONGEST_LINE = 16 << 20
_BUFFER = 32 << 20  # the engine's own default would be sixteen of the longest lines
_PERSON = "is about a natural person"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Header:
    """The columns of one member as the publisher wrote them, held against what the source names.

    `missing` are our columns that every release must have. `forms` says how each column writes dates here.
    """

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    forms: Mapping[str, str]

    def found(self, publication: Publication) -> dict[str, Column]:
        """The columns of a table that this file has, by the publisher's name."""
        columns = {self.theirs(own, column): column for own, column in publication.columns.items()}
        return {theirs: column for theirs, column in columns.items() if theirs is not None}

    def theirs(self, own: str, column: Column) -> str | None:
        """The publisher's name for our column in this file; None if it has none."""
        return next((name for name in column.names(own) if name in self.names), None)


def header(member: Member, source: Source, publication: Publication) -> Header:
    """Read the first lines of `member`. Raises `ReleaseError` when there is no header or a column stands twice."""
    names, sample = _first_lines(member, source)
    if not any(names):
        raise ReleaseError(
            "the file has no header", where=f"{member.name}, line 1", next_step="the file is empty: get it again"
        )
    # Re-saving adds nameless columns (row numbers, trailing commas): each is known by its place.
    names = [name or f"(column {place})" for place, name in enumerate(names, start=1)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ReleaseError(
            f"the header names a column twice: {', '.join(map(repr, twice))}",
            where=f"{member.name}, line 1",
            next_step="see which of the two is meant; the file cannot be read as it stands",
        )
    ours = {theirs for own, column in publication.columns.items() for theirs in column.names(own)}
    dropped = {name for names in publication.drop.values() for name in names}
    missing = [own for own, c in publication.columns.items() if c.required and not set(c.names(own)) & set(names)]
    unknown = [name for name in names if name not in ours | dropped]
    return Header(tuple(names), tuple(unknown), tuple(missing), _forms(names, sample, publication))


def _forms(names: list[str], sample: list[list[str]], publication: Publication) -> dict[str, str]:
    """How each column writes dates; one that is blank as far as was looked writes them as the file's others do."""
    days = {
        theirs
        for own, column in publication.columns.items()
        if column.type in (Type.DATE, Type.TIMESTAMP)
        for theirs in column.names(own)
    }
    told = {
        name: typed.date_form(row[place] for row in sample if place < len(row))
        for place, name in enumerate(names)
        if name in days
    }
    usual = next((form for form in told.values() if form), typed.ISO)
    return {name: told.get(name) or usual for name in names}


def select(member: Member, head: Header, source: Source, publication: Publication, release_id: str) -> str:
    """The SELECT that turns `member` into typed rows with their provenance and a list of misfits.

    `source_row` counts the rows that the engine could read, from 1.
    """
    values, misfits = [], []
    for own, column in publication.columns.items():
        theirs = head.theirs(own, column)
        if theirs is None:
            values.append(f"CAST(NULL AS {typed.PARQUET_TYPE[column.type]}) AS {named(own)}")
            continue
        value = typed.value(named(theirs), column, head.forms[theirs])
        values.append(f"{_masked(value, column.mask)} AS {named(own)}")
        if condition := typed.misfit(named(theirs), column, head.forms[theirs]):
            misfits.append((condition, f"{quoted(theirs + ': ')} || {named(theirs)}"))
    return (
        f"SELECT {quoted(release_id)} AS release_id, {scope(publication)} AS scope, "
        f"{quoted(member.name)} AS member, * FROM ("
        f"SELECT source_row, {', '.join(values)}, {_listed(misfits)} AS misfits "
        f"FROM ({_cells(member, head, source, publication)}))"
    )


def _cells(member: Member, head: Header, source: Source, publication: Publication) -> str:
    """Every named cell as trimmed text, mended and corrected, with the row's number and whom it is about."""
    cells = [
        f"{_corrected(text(theirs, column, source), own, head, source, publication)} AS {named(theirs)}"
        for own, column in publication.columns.items()
        if (theirs := head.theirs(own, column)) is not None
    ]
    if any(column.mask is Mask.NATURAL_PERSON for column in publication.columns.values()):
        cells.append(f"{_person(head, publication)} AS {named(_PERSON)}")
    return f"SELECT row_number() OVER () AS source_row, {', '.join(cells)} FROM {rows(member, head, source)}"


def rows(member: Member, head: Header, source: Source) -> str:
    """The member's rows as text, as the engine reads them; what it cannot parse goes to its table of rejects."""
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in head.names)
    return (
        f"read_csv({quoted(str(member.path))}, columns = {{{columns}}}, auto_detect = false, header = true, "
        f"delim = {quoted(source.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, "
        f"store_rejects = true, max_line_size = {_LONGEST_LINE}, buffer_size = {_BUFFER})"
    )


def scope(publication: Publication) -> str:
    """The stretch of the series that a row belongs to, over our columns; never NULL."""
    if not publication.scope:
        return "'all'"
    return " || '/' || ".join(part_of_scope(part) for part in publication.scope)


def part_of_scope(part: str) -> str:
    """`sub_agency_code`, or `fiscal_year(action_date)` as FY2025 (October begins the next), as text, never NULL."""
    if part.startswith("fiscal_year(") and part.endswith(")"):
        day = named(part.removeprefix("fiscal_year(").removesuffix(")"))
        return f"coalesce('FY' || (year({day}) + (month({day}) >= 10)::INT)::VARCHAR, '{UNKNOWN}')"
    return f"coalesce({named(part)}::VARCHAR, '{UNKNOWN}')"


def corrections(own: str, source: Source, publication: Publication) -> tuple[Correction, ...]:
    """The source's corrections of one column of a table."""
    table_of = {id(told): name for name, told in source.publishes.items()}
    return tuple(
        c for c in source.corrections if c.column == own and c.table in ("", table_of.get(id(publication), ""))
    )


def where(correction: Correction, head: Header, source: Source, publication: Publication) -> str:
    """The condition, over the publisher's text, that a row is one the correction is about."""
    tests = []
    for own, wanted in correction.where.items():
        column = publication.columns[own]
        theirs = head.theirs(own, column)
        tests.append(f"{text(theirs, column, source)} = {quoted(wanted)}" if theirs else "false")
    return " AND ".join(tests) or "true"


def _first_lines(member: Member, source: Source) -> tuple[list[str], list[list[str]]]:
    try:
        with member.path.open(encoding="utf-8", errors="replace", newline="") as file:
            rows = list(islice(csv.reader(file, delimiter=source.delimiter), _SAMPLE_ROWS + 1))
    except csv.Error as error:
        raise ReleaseError(
            f"this is not delimited text: {error}",
            where=f"{member.name}, in the first {_SAMPLE_ROWS} rows",
            next_step="check that the file is the one the source describes",
        ) from error
    return [name.removeprefix("\ufeff").strip() for name in rows[0]] if rows else [], rows[1:]


def text(theirs: str, column: Column, source: Source) -> str:
    """The cell as text, repaired and trimmed; NULL where it says nothing."""
    cell = repaired(named(theirs), column, source)
    # Few cells have edge spaces, and trimming copies every cell it is asked about; the engine reads '' as NULL.
    return (
        f"CASE WHEN {cell} LIKE ' %' OR {cell} LIKE '% ' OR {cell} = '' THEN nullif(trim({cell}), '') ELSE {cell} END"
    )


def _corrected(cell: str, own: str, head: Header, source: Source, publication: Publication) -> str:
    for told in corrections(own, source, publication):
        about = where(told, head, source, publication)
        cell = f"CASE WHEN {cell} = {quoted(told.says)} AND {about} THEN {quoted(told.means)} ELSE {cell} END"
    return cell


def _listed(misfits: list[tuple[str, str]]) -> str:
    if not misfits:
        return "CAST(NULL AS VARCHAR)"
    anywhere = " OR ".join(f"({condition})" for condition, _ in misfits)
    told = ", ".join(f"CASE WHEN {condition} THEN {shown} END" for condition, shown in misfits)
    return f"CASE WHEN {anywhere} THEN concat_ws(' | ', {told}) END"


def _person(head: Header, publication: Publication) -> str:
    """The condition that a row is about a natural person: it says so itself, or its masked names look so.

    A row that says it is about an organisation is believed over what its names look like.
    """
    names = [
        head.theirs(own, column)
        for own, column in publication.columns.items()
        if column.mask is Mask.NATURAL_PERSON and column.type is Type.TEXT
    ]
    looks = " OR ".join(looks_like_a_person(f"trim({named(name)})") for name in names if name is not None)
    organisation = _stated(head, publication.organisations)
    return f"({_stated(head, publication.persons)}) OR (({looks or 'false'}) AND NOT ({organisation}))"


def _stated(head: Header, values: Mapping[str, list[str]]) -> str:
    """The condition that one of the publisher's columns has one of its `values`; never NULL."""
    said = [f"coalesce({typed.among(named(name), v)}, false)" for name, v in values.items() if name in head.names]
    return " OR ".join(said) or "false"


def _masked(value: str, mask: Mask | None) -> str:
    """The value as its column's mask lets it through.

    A text without its contacts; the mark of a withheld cell where the row is about a natural person; a blank stays
    blank.
    """
    if mask is None:
        return value
    if mask is Mask.CONTACTS:
        return without_contacts(value)
    held = f"CASE WHEN {value} IS NOT NULL THEN {quoted(WITHHELD)} END"
    return f"CASE WHEN {named(_PERSON)} THEN {held} ELSE {value} END"
