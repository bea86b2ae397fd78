"""Reads the first line of delimited text: which columns are there, which nobody named, how they write dates."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import islice

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.nouns.source import Column, Publication, Source, Type
from tallystick.sources import typed
from tallystick.sources.flowing import opened, read_through

_SAMPLE_ROWS = 500


@dataclass(frozen=True)
class Header:
    """The columns of one member as the publisher wrote them, held against what the source names.

    `missing` are our columns that every release must have. `forms` says how each column writes dates here, `again`
    which name each column repeats that stands there twice.
    """

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    forms: Mapping[str, str]
    again: Mapping[str, str] = field(default_factory=dict)

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
        return _header(member, source, publication)
    except ReleaseError:
        read_through(member)  # damage may be all that is wrong with its first lines
        raise


def _header(member: Member, source: Source, publication: Publication) -> Header:
    names, sample = _first_lines(member, source)
    if not any(names):
        raise ReleaseError(
            "the file has no header", where=f"{member.name}, line 1", next_step="the file is empty: get it again"
        )
    # Re-saving adds nameless columns (row numbers, trailing commas): each is known by its place.
    names = [name or f"(column {place})" for place, name in enumerate(names, start=1)]
    ours = {theirs for own, column in publication.columns.items() for theirs in column.names(own)}
    dropped = {name for names in publication.drop.values() for name in names}
    _is_header(names, sample, ours | dropped, f"{member.name}, line 1")
    names, again = _told_apart(names, sample, f"{member.name}, line 1")
    missing = [own for own, c in publication.columns.items() if c.required and not set(c.names(own)) & set(names)]
    unknown = [name for name in names if name not in ours | dropped | set(again)]
    return Header(tuple(names), tuple(unknown), tuple(missing), _forms(names, sample, publication), again)


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
    columns = {name: [row[place : place + 1] for row in sample] for place, name in enumerate(told)}
    twice = sorted({name for repeat, name in again.items() if columns[repeat] != columns[name]})
    if twice:
        raise ReleaseError(
            f"the header names a column twice, with different cells: {', '.join(map(repr, twice))}",
            where=where,
            next_step="see which of the two is meant; the file cannot be read as it stands",
        )
    return told, again


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


def _first_lines(member: Member, source: Source) -> tuple[list[str], list[list[str]]]:
    try:
        with TextIOWrapper(opened(member), encoding="utf-8", errors="replace", newline="") as file:
            rows = list(islice(csv.reader(file, delimiter=source.delimiter), _SAMPLE_ROWS + 1))
    except csv.Error as error:
        raise ReleaseError(
            f"this is not delimited text: {error}",
            where=f"{member.name}, in the first {_SAMPLE_ROWS} rows",
            next_step="check that the file is the one the source describes",
        ) from error
    return [name.removeprefix("\ufeff").strip() for name in rows[0]] if rows else [], rows[1:]
