"""Shows cells as they stood in a release, around what a Finding is about.

What is dropped or masked when a release is read is withheld here too: the column stands there without its cells. Of a
file whose rows are persons nothing is shown at all.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice

from tallystick.archive.store import Store
from tallystick.errors import ReleaseError
from tallystick.nouns.finding import Finding
from tallystick.nouns.member import Member
from tallystick.nouns.release import Release
from tallystick.nouns.source import Source
from tallystick.nouns.stood import Around, Stood
from tallystick.sources.flowing import opened
from tallystick.sources.members import members
from tallystick.sources.preamble import preamble
from tallystick.sources.read import reader
from tallystick.sources.spots import Spot, spots
from tallystick.sources.window import Laid, header_row, piece, placed
from tallystick.sources.workbook import Workbook, workbook

_MOST_PIECES = 3
_MOST_ROWS = 300_000
_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_LEFT_OUT_EVERYWHERE = frozenset({"address", "street address", "phone", "telephone", "fax", "email", "e-mail"})


@dataclass(frozen=True)
class Kept:
    """What of a source's columns may be shown: those `published`, by any of their names; never those `withheld`."""

    published: frozenset[str]
    withheld: frozenset[str]

    @classmethod
    def of(cls, source: Source) -> Kept:
        tables = source.publishes.values()
        columns = [(own, column) for table in tables for own, column in table.columns.items()]
        dropped = [name for table in tables for names in table.drop.values() for name in names]
        masked = [name for own, column in columns if column.mask for name in column.names(own)]
        published = frozenset(
            _plain(name) for own, column in columns if not column.mask for name in column.names(own)
        )
        return cls(published, frozenset(map(_plain, [*dropped, *masked])) | _LEFT_OUT_EVERYWHERE)

    def is_withheld(self, name: str, in_sheet: bool) -> bool:
        """Whether a column of that name is: of a plain table every one that is not published."""
        return name in self.withheld or not (in_sheet or name in self.published)


def around(finding: Finding, release: Release, source: Source, store: Store) -> Around:
    """The pieces of the release's files that hold the evidence of a Finding.

    Where nothing can be shown it says why.
    """
    if source.counts_persons:
        return Around(because="a row of this file is about one person: its rows are counted and never shown")
    if finding.kind == "withheld_cell":
        return Around(because="these cells are withheld: they may tell of a natural person")
    columns = {name: column for table in source.publishes.values() for name, column in table.columns.items()}
    wanted = list(spots(finding, columns))
    if not wanted:
        return Around(because="the evidence is about the file as a whole and names no cell of it")
    kept = Kept.of(source)
    headed = {own: [_plain(name) for name in column.names(own)] for own, column in columns.items()}
    is_workbook = release.name.lower().endswith(_WORKBOOKS)
    if not is_workbook and reader(source) is not None:
        return Around(because="the file is no table of cells as it stands")
    try:
        with members(release, store, text=not is_workbook) as files:
            laid = _of_workbooks(files, wanted) if is_workbook else _of_tables(files, wanted, source, headed)
            pieces = tuple(islice(_pieces(laid, headed, kept), _MOST_PIECES))
    except ReleaseError as error:
        return Around(because=f"the file cannot be read: {error.what}")
    return Around(pieces, "" if pieces else "the evidence names no cell that stands in this file")


def _pieces(laid: Iterable[tuple[Laid, Sequence[Spot]]], headed: dict[str, list[str]], kept: Kept) -> Iterator[Stood]:
    for sheet, wanted in laid:
        places = [place for spot in wanted if (place := placed(sheet, spot, headed)) is not None]
        while places:
            made, places = piece(sheet, places, kept.is_withheld)
            yield made


def _of_workbooks(files: Iterable[Member], wanted: Sequence[Spot]) -> Iterator[tuple[Laid, Sequence[Spot]]]:
    for member in files:
        book = workbook(member)
        for sheet in book.sheets:
            its = [spot for spot in wanted if _is_of(spot, book, sheet.name, sheet.place)]
            if its:
                rows = dict(enumerate(sheet.rows))
                yield Laid(member.name, sheet.name, rows, header_row(rows)), its


def _is_of(spot: Spot, book: Workbook, name: str, place: int) -> bool:
    """Whether a place may lie on a sheet: the one it names; a row of no named sheet on the longest that is shown."""
    if spot.sheet is not None or spot.place is not None:
        return spot.sheet in (name, name.strip()) or spot.place == place
    longest = max(book.shown, key=lambda sheet: len(sheet.rows), default=None)
    is_shown = any(sheet.name == name for sheet in book.shown)
    return is_shown and (spot.says is not None or (longest is not None and longest.name == name))


def _of_tables(
    files: Iterable[Member], wanted: Sequence[Spot], source: Source, headed: dict[str, list[str]]
) -> Iterator[tuple[Laid, Sequence[Spot]]]:
    """The rows near the places that are asked for; row 0 is the header, and the others count from 1."""
    known = {name for own in headed for name in headed[own]}
    for member in files:
        its = [spot for spot in wanted if spot.member in (None, member.name)]
        near = {meant + step for spot in its if (meant := _source_row(spot)) for step in (-2, -1, 0, 1, 2)}
        encoding = source.encoding_of(member.name)
        if member.name.endswith((".parquet", ".json")) or not its:
            continue
        with TextIOWrapper(opened(member), encoding=encoding, errors="replace", newline="") as file:
            table = csv.reader(file, delimiter=source.delimiter)
            top = list(islice(table, 31))
            told = preamble(top, source.preamble, known)
            rows = {0: tuple(name.removeprefix("\ufeff").strip() for name in told.header)}
            last: deque[tuple[int, tuple[str, ...]]] = deque(maxlen=3)
            found = {spot: False for spot in its if spot.says is not None}
            for number, row in enumerate((*told.below, *islice(table, _MOST_ROWS)), start=1):
                last.append((number, tuple(row)))
                said = [spot for spot in found if not found[spot] and spot.says in row]
                if said:
                    found |= dict.fromkeys(said, True)
                    near |= {number + 1, number + 2}
                    rows |= dict(last)
                if number in near:
                    rows[number] = tuple(row)
        yield Laid(member.name, None, dict(rows), 0), its


def _source_row(spot: Spot) -> int | None:
    """The row of a plain table that is meant, which no sheet counts otherwise."""
    return spot.source_row if spot.source_row is not None else spot.row + 1 if spot.row is not None else None


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
