"""Finds the titled tables that people lay out on one sheet, wherever they stand: by titles and labels, not addresses.

A block is a title, below it one or more rows of heads (a merged head counts for the columns it spans), and rows of
labels and figures. Blocks may stand side by side and move from one issue to the next. What is a title, a head over
row labels, or a line that heads a group of rows is the caller's knowledge; a number outside every block is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tallystick.sources.workbook import Cell

Grid = Sequence[Sequence[Cell]]
_DEEPEST_HEAD = 8
_MERGED_LABEL = 4
_BLANK_RUN = 3
_LABEL_AND_FIGURE = 2
_MARKER = re.compile(r"[-–—*.]+|n/?a|null|#\w+[/!?]*", re.IGNORECASE)
_AS_TEXT = re.compile(r"\(?-?\$?\d[\d,]*(?:\.\d+)?%?\)?")


@dataclass(frozen=True)
class Grammar:
    """What a caller knows of a sheet's words. Each is asked of a text with single spaces.

    `is_title`: heads a block. `is_stub`: is the head over a column of row labels (the first column of a block always
    is). `is_group`: a line of words within a block that heads the rows under it. `is_row`: a row's label, which may
    stand without figures.
    """

    is_title: Callable[[str], bool]
    is_stub: Callable[[str], bool]
    is_group: Callable[[str], bool]
    is_row: Callable[[str], bool]


@dataclass(frozen=True)
class Figure:
    """One cell of a block: where it stands (from 0), its labels and heads as written, outermost first, and its value.

    `labels` has one text a label column, the outer ones carried down over merged cells; `group` is the line of words
    above it, blank if none; `heads` is one blank where a single column of figures has no head. A value that
    is no number is what stands there instead (`-`).
    """

    row: int
    column: int
    group: str
    labels: tuple[str, ...]
    heads: tuple[Cell, ...]
    value: Cell


@dataclass(frozen=True)
class Block:
    """One titled table: its title as written and where that stands, the heads over its labels, and its figures."""

    title: str
    row: int
    column: int
    stubs: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Stray:
    """A number in no block, and the line of words nearest above it, which may be the title that nobody knew."""

    row: int
    column: int
    under: str


@dataclass(frozen=True)
class Blocks:
    found: tuple[Block, ...]
    strays: tuple[Stray, ...]
    empty: tuple[str, ...]
    """Titles under which no table was found."""


@dataclass(frozen=True)
class _Frame:
    """The heads of a block, from row `top` to the one before `first`: the columns of labels and of figures."""

    labels: tuple[int, ...]
    heads: dict[int, tuple[Cell, ...]]
    stubs: tuple[str, ...]
    top: int
    first: int

    @property
    def columns(self) -> tuple[int, ...]:
        return (*self.labels, *self.heads)


Place = tuple[int, int]


def titled_blocks(rows: Grid, grammar: Grammar) -> Blocks:
    """Every titled block of a sheet, in the order of their titles; each number of the sheet is in one or a stray."""
    titles = {
        (r, c): text
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if (text := _words(cell)) and grammar.is_title(text)
    }
    read: set[Place] = set()
    blocks: list[Block] = []
    empty: list[str] = []
    for (r, c), text in titles.items():
        frame = _frame(rows, (r, c), titles, grammar)
        figures = tuple(_figures(rows, frame, titles, grammar)) if frame else ()
        if frame is None or not figures:
            empty.append(text)
            continue
        read |= {(figure.row, figure.column) for figure in figures}
        read |= {(row, column) for row in range(frame.top, frame.first) for column in frame.columns}
        blocks.append(Block(text, r, c, frame.stubs, figures))
    return Blocks(tuple(blocks), tuple(_strays(rows, read)), tuple(empty))


def spaced(cell: Cell) -> str:
    """The words of a cell with single spaces and nothing around them."""
    return " ".join(str(cell).split())


def number_in(text: str) -> float | None:
    """The number that a text writes (`1,234`, `45%` as 0.45, `(7)` as -7); None where it writes anything else."""
    if not _AS_TEXT.fullmatch(text.strip()):
        return None
    number = float(re.sub(r"[^\d.]", "", text)) / (100 if "%" in text else 1)
    return -number if text.strip()[0] in "(-" else number


def is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _frame(rows: Grid, title: Place, titles: dict[Place, str], grammar: Grammar) -> _Frame | None:
    """The heads below a title; None where there are none before the next title or a line of figures."""
    top, left = title
    for r in range(top + 1, min(top + 1 + _DEEPEST_HEAD, len(rows))):
        if (r, left) in titles:
            return None
        edge = _edge(rows, title, r, titles)
        filled = [c for c in range(left, edge) if _at(rows, r, c) != ""]
        if not any(c > left for c in filled):
            continue
        if not _is_head(rows, r, left, edge):
            return _headless(r, filled) if left in filled and len(filled) == _LABEL_AND_FIGURE else None
        left = _leftmost(rows, title, r, titles)
        deepest = r
        while _at(rows, deepest + 1, left) == "" and _is_head(rows, deepest + 1, left + 1, edge):
            deepest += 1
        frame = _framed(rows, (r, deepest), range(left, edge), grammar)
        return frame if frame and not is_number(_at(rows, frame.first, left)) else None
    return None


def _headless(first: int, filled: list[int]) -> _Frame:
    """A block whose heads were left out: one column of labels and one of figures leave no doubt."""
    label, figures = filled
    return _Frame((label,), {figures: ("",)}, ("",), first, first)


def _leftmost(rows: Grid, title: Place, r: int, titles: dict[Place, str]) -> int:
    """The first column of the heads, words all: a title may stand over a later one, if no table begins before it."""
    top, left = title
    first = left
    while first > 0 and (cell := _at(rows, r, first - 1)) != "" and not is_number(cell):
        first -= 1
    beside = any(column < left and abs(row - top) <= _DEEPEST_HEAD for row, column in titles)
    return left if beside else first


def _framed(rows: Grid, heads: tuple[int, int], span: range, grammar: Grammar) -> _Frame | None:
    """Columns of labels come first; those of figures end at the first that has no head, once they have begun."""
    top, deepest = heads
    labels = [span.start]
    while labels[-1] + 1 < span.stop and grammar.is_stub(spaced(_at(rows, top, labels[-1] + 1))):
        labels.append(labels[-1] + 1)
    start = labels[-1] + 1
    while start < span.stop and start - labels[-1] <= _MERGED_LABEL and _at(rows, deepest, start) == "":
        start += 1
    end = start
    while end < span.stop and _at(rows, deepest, end) != "":
        end += 1
    if start == end:
        return None
    stubs = tuple(spaced(_at(rows, top, c)) for c in labels)
    if end - start == 1 and (moved := _under_merged(rows, deepest + 1, range(start, span.stop))):
        return _Frame(tuple(labels), {moved: (_at(rows, deepest, start),)}, stubs, top, deepest + 1)
    paths = {c: tuple(_spanning(rows, r, c, start) for r in range(top, deepest + 1)) for c in range(start, end)}
    return _Frame(tuple(labels), paths, stubs, top, deepest + 1)


def _under_merged(rows: Grid, first: int, span: range) -> int | None:
    """The one column with a number under a single head that is merged over several; None where it stands below it."""
    numbers = [c for c in span if is_number(_at(rows, first, c))]
    return (
        numbers[0]
        if len(numbers) == 1 and numbers[0] != span.start and _at(rows, first - 1, numbers[0]) == ""
        else None
    )


def _spanning(rows: Grid, r: int, column: int, start: int) -> Cell:
    """The head of a column in one row of heads, which may be merged over the columns to its right."""
    filled = (cell for c in range(column, start - 1, -1) if (cell := _at(rows, r, c)) != "")
    return next(filled, "")


def _figures(rows: Grid, frame: _Frame, titles: dict[Place, str], grammar: Grammar) -> Iterator[Figure]:
    group = ""
    carried = [""] * len(frame.labels)
    for r in range(frame.first, len(rows)):
        cells = {c: cell for c in frame.heads if (cell := _at(rows, r, c)) != ""}
        labels = [spaced(_at(rows, r, c)) for c in frame.labels]
        if any((r, c) in titles for c in range(frame.columns[0], frame.columns[-1] + 1)):
            return
        if not cells:
            if labels[0] and grammar.is_group(labels[0]):
                group = labels[0]
            elif not _goes_on(rows, r, frame, grammar):
                return
            continue
        if not any(map(is_number, cells.values())) and not all(_is_marker(cell) for cell in cells.values()):
            return
        for i in range(len(labels) - 1):
            if labels[i]:
                carried[i] = labels[i]
        for c, cell in cells.items():
            yield Figure(r, c, group, (*carried[:-1], labels[-1]), frame.heads[c], cell)


def _goes_on(rows: Grid, r: int, frame: _Frame, grammar: Grammar) -> bool:
    """Whether labelled figures follow a row without any: a blank one, or a few whose labels are those of rows."""
    for below in range(r + 1, r + 1 + _BLANK_RUN):
        label = spaced(_at(rows, below - 1, frame.labels[-1])) or spaced(_at(rows, below - 1, frame.labels[0]))
        if label and not grammar.is_row(label):
            return False
        if any(is_number(_at(rows, below, c)) for c in frame.heads):
            return any(isinstance(cell := _at(rows, below, c), str) and cell != "" for c in frame.labels)
        if not label or any(_at(rows, below, c) != "" for c in frame.heads):
            return False
    return False


def _edge(rows: Grid, title: Place, deepest: int, titles: dict[Place, str]) -> int:
    """The column at which the blocks to the right begin that stand beside this title and its heads."""
    top, left = title
    beside = (
        c for r, c in titles if c > left and r <= deepest and (r >= top or _lowest(rows, (r, c), titles) >= top)
    )
    return min(beside, default=max(len(row) for row in rows))


def _lowest(rows: Grid, title: Place, titles: dict[Place, str]) -> int:
    """The last row before a blank one or the next title, at the title's column and to its right."""
    top, left = title
    r = top
    while any(cell != "" for cell in _from(rows, r + 1, left)) and not any(
        row == r + 1 and column >= left for row, column in titles
    ):
        r += 1
    return r


def _is_head(rows: Grid, r: int, left: int, edge: int) -> bool:
    """Whether a row holds words, months or years and no figures. Years count only where words stand below them."""
    cells = [cell for c in range(left, edge) if (cell := _at(rows, r, c)) != ""]
    numbers = [float(cell) for cell in cells if isinstance(cell, int | float) and is_number(cell)]
    if not numbers:
        return bool(cells)
    below = [cell for c in range(left + 1, edge) if (cell := _at(rows, r + 1, c)) != ""]
    return all(1990 <= number <= 2100 for number in numbers) and bool(below) and not any(map(is_number, below))


def _strays(rows: Grid, read: set[Place]) -> Iterator[Stray]:
    under = ""
    for r, row in enumerate(rows):
        numbers = [c for c, cell in enumerate(row) if is_number(cell)]
        if not numbers:
            under = next((spaced(cell) for cell in row if isinstance(cell, str) and spaced(cell)), under)
        for c in numbers:
            if (r, c) not in read:
                yield Stray(r, c, under)


def _is_marker(cell: Cell) -> bool:
    """Whether a cell says that there is no number (`-`), writes one as text, or is a date where one belongs."""
    if not isinstance(cell, str):
        return isinstance(cell, date)
    return bool(_MARKER.fullmatch(cell.strip())) or number_in(cell) is not None


def _words(cell: Cell) -> str:
    """What a cell says as a title: words, or a month that a spreadsheet keeps as a day."""
    if isinstance(cell, date):
        return f"{cell:%B %Y}"
    return spaced(cell) if isinstance(cell, str) else ""


def _at(rows: Grid, r: int, c: int) -> Cell:
    """The cell, blank outside the sheet and where there is only space."""
    if r >= len(rows) or c >= len(rows[r]):
        return ""
    cell = rows[r][c]
    return "" if isinstance(cell, str) and not cell.strip() else cell


def _from(rows: Grid, r: int, left: int) -> Iterator[Cell]:
    return (_at(rows, r, c) for c in range(left, len(rows[r]))) if r < len(rows) else iter(())
