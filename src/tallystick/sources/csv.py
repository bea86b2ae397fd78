"""Reads delimited text strictly: every column named, every cell typed, every row accounted for."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.member import Member
from tallystick.nouns.release import Release
from tallystick.nouns.source import REDACTED, WITHHELD, Column, Correction, Mask, Publication, Source, Type
from tallystick.sources import typed
from tallystick.sources.contacts import without_contacts
from tallystick.sources.header import Header, is_parquet
from tallystick.sources.persons import looks_like_a_person
from tallystick.sources.prose import without_people
from tallystick.sources.repair import marks, needs_repair, repaired, unblanked

_LONGEST_LINE = 16 << 20
_BUFFER = 32 << 20  # the engine's own default would be sixteen of the longest lines
_SAYS_A_PERSON = "says that it is about a natural person"
_SAYS_AN_ORGANISATION = "says that it is about an organisation"
_PERSON = "is about a natural person"
UNKNOWN = "unknown"


def select(member: Member, head: Header, source: Source, publication: Publication, release: Release) -> str:
    """The SELECT that turns `member` into typed rows with their provenance, a list of misfits and one of repairs.

    `source_row` counts the rows that the engine could read, from 1; `as_of` is the day that the release is said to
    speak for, NULL where nobody said one.
    """
    values, misfits = [], []
    for own, column in publication.columns.items():
        theirs = head.theirs(own, column)
        if theirs is None:
            values.append(f"CAST(NULL AS {typed.PARQUET_TYPE[column.type]}) AS {named(own)}")
            continue
        text, cell = named(theirs), _cell(own, theirs, column)
        value = typed.value(cell, column)
        values.append(f"{_masked(value, column.mask, _names(head, publication))} AS {named(own)}")
        if condition := typed.misfit(text, cell, column):
            misfits.append((condition, f"{quoted(theirs + ': ')} || {text}"))
    misfits += [
        (named(repeat), quoted(f"{repeat}: not what {name} says")) for repeat, name in _again(head, publication)
    ]
    return (
        f"SELECT {quoted(release.id)} AS release_id, {_as_of(release)} AS as_of, {scope(publication)} AS scope, "
        f"{quoted(member.name)} AS member, * FROM ("
        f"SELECT source_row, {', '.join(values)}, {_listed(misfits)} AS misfits, repairs "
        f"FROM ({_taken(head, publication)} FROM ({_cells(member, head, source, publication)})))"
    )


def _cell(own: str, theirs: str, column: Column) -> str:
    """Where the cell of a column stands as the engine takes its text."""
    return named(theirs if column.type in (Type.TEXT, Type.CODE) else f"{own}, taken")


def _taken(head: Header, publication: Publication) -> str:
    """SELECT the text of the cells, what the engine takes each for, once for its value and its judgement, and whom
    the row is about."""
    taken = ["*"]
    for own, column in publication.columns.items():
        theirs = head.theirs(own, column)
        if theirs is not None and _cell(own, theirs, column) != named(theirs):
            taken.append(f"{typed.taken(named(theirs), column, head.forms[theirs])} AS {_cell(own, theirs, column)}")
    if _has_masked(publication):
        taken.append(f"{_person(head, publication)} AS {named(_PERSON)}")
    return f"SELECT {', '.join(taken)}"


def _as_of(release: Release) -> str:
    stated = release.provenance.as_of or release.provenance.published
    return f"DATE {quoted(stated.isoformat())}" if stated else "CAST(NULL AS DATE)"


def _cells(member: Member, head: Header, source: Source, publication: Publication) -> str:
    """Every named cell as trimmed text, mended and corrected, with the row's number and whom it is about."""
    cells = [
        f"{_corrected(text(theirs, column, source), own, head, source, publication)} AS {named(theirs)}"
        for own, column in publication.columns.items()
        if (theirs := head.theirs(own, column)) is not None
    ]
    cells += [
        f"{named(repeat)} IS DISTINCT FROM {named(name)} AS {named(repeat)}"
        for repeat, name in _again(head, publication)
    ]
    cells.append(f"{marks(head.found(publication))} AS repairs")
    if _has_masked(publication):
        cells.append(f"{_stated(head, publication.persons)} AS {named(_SAYS_A_PERSON)}")
        cells.append(f"{_stated(head, publication.organisations)} AS {named(_SAYS_AN_ORGANISATION)}")
    return f"SELECT row_number() OVER () AS source_row, {', '.join(cells)} FROM {rows(member, head, source)}"


def _again(head: Header, publication: Publication) -> list[tuple[str, str]]:
    """The columns that stand there a second time, with the one of ours that each repeats."""
    found = head.found(publication)
    return [(repeat, name) for repeat, name in head.again.items() if name in found]


def rows(member: Member, head: Header, source: Source) -> str:
    """The member's rows as text, as the engine reads them; what it cannot parse goes to its table of rejects.

    What stands above the table is a column that says the same in every row.
    """
    if is_parquet(member):
        cells = ", ".join(f"CAST({named(name)} AS VARCHAR) AS {named(name)}" for name in head.names)
        return f"(SELECT {cells} FROM read_parquet({quoted(str(member.path))}))"
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in head.names if name not in head.above)
    read = (
        f"read_csv({quoted(member.address)}, columns = {{{columns}}}, auto_detect = false, header = true, "
        f"skip = {head.skip}, "
        f"delim = {quoted(source.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, "
        f"store_rejects = true, max_line_size = {_LONGEST_LINE}, buffer_size = {_BUFFER})"
    )
    if not head.above:
        return read
    above = ", ".join(f"{quoted(said)} AS {named(name)}" for name, said in head.above.items())
    return f"(SELECT *, {above} FROM {read})"


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


def text(theirs: str, column: Column, source: Source) -> str:
    """The cell as text, repaired and trimmed; NULL where it says nothing."""
    cell = unblanked(named(theirs), source)
    plain = _trimmed(cell)
    if column.repairs:  # few cells need one, and each pattern costs more than all else that is asked of a cell
        needed, cell = needs_repair(named(theirs), column), repaired(cell, column)
        plain = f"CASE WHEN {needed} THEN {_trimmed(cell)} ELSE {plain} END"
    if not source.redacted or column.type not in (Type.TEXT, Type.CODE):
        return plain
    blacked_out = " OR ".join(f"regexp_full_match(trim({cell}), {quoted(mark)}, 'i')" for mark in source.redacted)
    maybe = f"(contains({cell}, ')') OR starts_with({cell}, 'R'))"  # spares most cells the patterns
    return f"CASE WHEN {maybe} AND ({blacked_out}) THEN {quoted(REDACTED)} ELSE {plain} END"


def _trimmed(cell: str) -> str:
    """Few cells have edge spaces, and trimming copies every cell it is asked about. Nothing but blanks and signs that
    control a printer comes before '!'."""
    return f"CASE WHEN {cell} < '!' OR suffix({cell}, ' ') THEN nullif(trim({cell}), '') ELSE {cell} END"


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
    looks = " OR ".join(looks_like_a_person(named(name)) for name in _names(head, publication)) or "false"
    return f"{named(_SAYS_A_PERSON)} OR (({looks}) AND NOT {named(_SAYS_AN_ORGANISATION)})"


def _has_masked(publication: Publication) -> bool:
    return any(column.mask is Mask.NATURAL_PERSON for column in publication.columns.values())


def _names(head: Header, publication: Publication) -> list[str]:
    """The publisher's columns with names that may be a natural person's."""
    masked = [
        head.theirs(own, column)
        for own, column in publication.columns.items()
        if column.mask is Mask.NATURAL_PERSON and column.type is Type.TEXT
    ]
    return [name for name in masked if name is not None]


def _long_words(text: str) -> str:
    """The words of four letters and more in a text expression: shorter ones are initials, titles and articles."""
    return f"regexp_extract_all(upper({text}), {quoted('[A-Z]{4,}')})"


def _stated(head: Header, values: Mapping[str, list[str]]) -> str:
    """The condition that one of the publisher's columns has one of its `values`; never NULL."""
    said = [f"coalesce({typed.among(named(name), v)}, false)" for name, v in values.items() if name in head.names]
    return " OR ".join(said) or "false"


def _masked(value: str, mask: Mask | None, names: list[str]) -> str:
    """The value as its column's mask lets it through.

    A text without its contacts, and without anything where it repeats a word of the `names` of the natural person
    that the row is about; the mark of a withheld cell in that row's other masked columns; a blank stays blank.
    """
    if mask is None:
        return value
    if mask is Mask.CONTACTS or mask is Mask.PROSE:
        text = without_contacts(value) if mask is Mask.CONTACTS else without_people(value)
        if not names:
            return text
        told = " || ' ' || ".join(f"coalesce({named(name)}, '')" for name in names)
        shared = f"list_has_any({_long_words(value)}, {_long_words(told)})"
        own = f"CASE WHEN {shared} THEN {quoted(WITHHELD)} ELSE {text} END"
        return f"CASE WHEN {named(_PERSON)} THEN {own} ELSE {text} END"
    return f"CASE WHEN {named(_PERSON)} AND {value} IS NOT NULL THEN {quoted(WITHHELD)} ELSE {value} END"
