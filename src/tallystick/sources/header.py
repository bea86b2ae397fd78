"""Reads a table's header: which columns are there, which nobody named, how they write dates, what stands above."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import TextIOWrapper
from itertools import islice

import pyarrow as pa
from pyarrow import parquet

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.nouns.source import Column, Publication, Source, Type
from tallystick.sources import typed
from tallystick.sources.flowing import opened, read_through
from tallystick.sources.preamble import preamble

_SAMPLE_ROWS = 500


@dataclass(frozen=True)
class Header:
    """The columns of one member as the publisher wrote them, held against what the source names.

    `missing` are our columns that every release must have. `forms` says how each column writes dates here, `again`
    which name each column repeats that stands there twice. `above` is what the lines above the header say, by the
    column it goes to; `skip` is how many rows these are, `strange` those that no pattern of the source knows.
    """

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    forms: Mapping[str, str]
    again: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)
    skip: int = 0
    strange: tuple[str, ...] = ()

    def found(self, publication: Publication) -> dict[str, Column]:
        """The columns of a table that this file has, by the publisher's name."""
        columns = {self.theirs(own, column): column for own, column in publication.columns.items()}
        return {theirs: column for theirs, column in columns.items() if theirs is not None}

    def theirs(self, own: str, column: Column) -> str | None:
        """The publisher's name for our column in this file; None if it has none."""
        return next((name for name in column.names(own) if name in self.names), None)


def header(member: Member, source: Source, publication: Publication) -> Header:
    """Read the first lines of `member`.

    Raises `ReleaseError` when it is damaged, and when there is no header or a column stands twice.
    """
    try:
        return _of_parquet(member, publication) if is_parquet(member) else _header(member, source, publication)
    except ReleaseError:
        read_through(member)  # damage may be all that is wrong with its first lines
        raise


def _header(member: Member, source: Source, publication: Publication) -> Header:
    lines = _first_lines(member, source)
    ours, dropped = _known(publication)
    told = preamble(lines, source.preamble, ours | dropped)
    names, sample = [name.removeprefix("\ufeff").strip() for name in told.header], told.below
    where = f"{member.name}, line {told.skip + 1}"
    if not any(names):
        raise ReleaseError("the file has no header", where=where, next_step="the file is empty: get it again")
    # Re-saving adds nameless columns (row numbers, trailing commas): each is known by its place.
    names = [name or f"(column {place})" for place, name in enumerate(names, start=1)]
    _is_header(names, sample, ours | dropped, where)
    names, again = _told_apart(names, sample, where)
    head = _held(names, publication, set(again))
    forms = _forms(
        [*names, *told.above], [[*row, *told.above.values()] for row in _square(sample, names)], publication
    )
    return replace(
        head, names=(*names, *told.above), missing=_missing((*names, *told.above), publication), forms=forms,
        again=again, above=told.above, skip=told.skip, strange=told.strange,
    )  # fmt: skip


def is_parquet(member: Member) -> bool:
    """Whether the member is a Parquet file: by its name, which its bytes must bear out."""
    if not member.name.endswith(".parquet"):
        return False
    with opened(member) as file:
        if file.read(4) != b"PAR1" or member.packed:
            raise ReleaseError(
                "this is no Parquet file that lies by itself, whatever its name says",
                where=member.name,
                next_step="unpack it if it is packed; else get the file again",
            )
    return True


def _of_parquet(member: Member, publication: Publication) -> Header:
    """The columns of a Parquet file; its dates are typed, and read as ISO text."""
    try:
        schema = parquet.read_schema(member.path)
    except (pa.ArrowInvalid, OSError) as error:
        raise ReleaseError(
            f"this Parquet file is cut off or damaged: {error}", where=member.name, next_step="get the file again"
        ) from error
    names = list(schema.names)
    twice = sorted({name for name in names if names.count(name) > 1})
    nested = sorted(f.name for f in schema if pa.types.is_nested(f.type))
    if twice or nested:
        fault = f"names a column twice: {twice[0]!r}" if twice else f"has a column of lists or records: {nested[0]!r}"
        raise ReleaseError(f"the file {fault}", where=member.name, next_step="it cannot be read as it stands")
    return replace(_held(names, publication, set()), forms=dict.fromkeys(names, typed.ISO))


def _known(publication: Publication) -> tuple[set[str], set[str]]:
    ours = {theirs for own, column in publication.columns.items() for theirs in column.names(own)}
    return ours, {name for names in publication.drop.values() for name in names}


def _held(names: list[str], publication: Publication, again: set[str]) -> Header:
    """The names held against what the source knows."""
    ours, dropped = _known(publication)
    unknown = [name for name in names if name not in ours | dropped | again]
    return Header(tuple(names), tuple(unknown), _missing(tuple(names), publication), {})


def _missing(names: tuple[str, ...], publication: Publication) -> tuple[str, ...]:
    columns = publication.columns.items()
    return tuple(own for own, c in columns if c.required and not set(c.names(own)) & set(names))


def _is_header(names: list[str], sample: list[list[str]], known: set[str], where: str) -> None:
    """Raises `ReleaseError` where the first line names no column that the source knows, and says what it is."""
    if known.intersection(names):
        return
    parted = next((sign for sign in ";\t|" if len(names) == 1 and known.intersection(names[0].split(sign))), None)
    below = next((line for line, row in enumerate(sample, start=2) if known.intersection(map(str.strip, row))), None)
    told = " | ".join(names)
    what, next_step = (
        f"the first line names no column of this source; it begins {told[:80]!r}",
        "see whether it is a file of another source, an error message, or a table without its header",
    )
    if parted:
        what, next_step = f"its cells are parted by {parted!r}", "state it as `delimiter` in source.yml"
    elif below:
        next_step = f"the header is row {below}: take away what stands above it"
    raise ReleaseError(what, where=where, next_step=next_step)


def _told_apart(names: list[str], sample: list[list[str]], where: str) -> tuple[list[str], dict[str, str]]:
    """The names with each repeat called by its place, and which name each repeats.

    A repeat is let by where its cells say the same as far as was looked; the rest are held against it row by row.
    """
    again = {f"{name} (column {place + 1})": name for place, name in enumerate(names) if name in names[:place]}
    told = [f"{n} (column {place + 1})" if n in names[:place] else n for place, n in enumerate(names)]
    places = {name: place for place, name in enumerate(told)}

    def cells(name: str) -> list[list[str]]:
        return [row[places[name] : places[name] + 1] for row in sample]

    twice = sorted({name for repeat, name in again.items() if cells(repeat) != cells(name)})
    if twice:
        raise ReleaseError(
            f"the header names a column twice, with different cells: {', '.join(map(repr, twice))}",
            where=where,
            next_step="see which of the two is meant; the file cannot be read as it stands",
        )
    return told, again


def _square(sample: list[list[str]], names: list[str]) -> list[list[str]]:
    """The sampled rows, each as long as the header."""
    return [(row + [""] * len(names))[: len(names)] for row in sample]


def _forms(names: list[str], sample: list[list[str]], publication: Publication) -> dict[str, str]:
    """How each column writes dates; one that is blank as far as was looked writes them as the file's others do."""
    days = {
        theirs
        for own, column in publication.columns.items()
        if column.type in (Type.DATE, Type.TIMESTAMP)
        for theirs in column.names(own)
    }
    cells = {
        name: [row[place] for row in sample if place < len(row)] for place, name in enumerate(names) if name in days
    }
    told = {name: typed.date_form(column) for name, column in cells.items()}
    proven = [form for form in told.values() if form]
    slashes = next((form for form in proven if form != typed.ISO), typed.MONTH_FIRST)
    usual = next(iter(proven), typed.ISO)
    return {name: told.get(name) or (slashes if typed.is_slashed(cells.get(name, ())) else usual) for name in names}


def _first_lines(member: Member, source: Source) -> list[list[str]]:
    try:
        with TextIOWrapper(opened(member), encoding="utf-8-sig", errors="replace", newline="") as file:
            return list(islice(csv.reader(file, delimiter=source.delimiter), _SAMPLE_ROWS + 1))
    except csv.Error as error:
        raise ReleaseError(
            f"this is not delimited text: {error}",
            where=f"{member.name}, in the first {_SAMPLE_ROWS} rows",
            next_step="check that the file is the one the source describes",
        ) from error
