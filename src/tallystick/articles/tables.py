"""Tables of an article: each number of a row with what its column, its row and the line above the table say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tallystick.articles.article import Cell, Paragraph
from tallystick.articles.find import quantities
from tallystick.articles.quantity import Kind, Quantity

BETWEEN = " | "
MOST_LETTERS = 160
"""A longer cell is prose, and what holds it is a page's layout and no table."""
_SCALE = re.compile(
    r"(?i)[\s,]*\(?\b(?:figures\s)?(?:in\s)?(?P<sign>\$|US\$|dollars in\s)?\s?(?P<scale>thousand|million|billion)s"
    r"(?P<dollars>\sof\s(?:US\s)?dollars)?\b\)?|[\s,]*\((?P<money>\$|USD|dollars)(?:\s(?P<of>thousand|million|billion)s)?\)"
)
_PERCENT = re.compile(r"(?i)[\s,]*\((?:%|percent|in percent)\)|^(?:percent|%|share)\b(?:\sof\s)?")
_OF_YEARS = re.compile(r"(?i)^(?:fiscal year|FY)s?$")
_TO_WHAT = re.compile(
    r"^(?:[Tt]able|TABLE|[Ff]igure)(?:\s[\dA-Z]{1,3})?[.:]?(?=\s|$)\s*|,?\s\b(?:by|per)\s[a-z-]+(?:\sand\s[a-z-]+)?\s*$|\s*:\s*$"
)
_SOME = re.compile(r"(?i)\b(?:top|largest|biggest|highest|lowest|selected|sample|samples|examples?|single|partial)\b")
_TOTAL = re.compile(r"(?i)^(?:grand |sub)?totals?$|^all\b|^sum$")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_BARE = re.compile(r"[#]?[\d.,]+")


def rows_of(rows: Sequence[Sequence[str]], caption: str = "") -> tuple[Paragraph, ...]:
    """The rows as paragraphs; each number has a cell that says its line in words where that can be told safely."""
    heads = rows[0] if rows and _is_head(rows[0]) else ()
    body = rows[1:] if heads else rows
    made = [Paragraph(BETWEEN.join(heads))] if heads else []
    return (*made, *(_row(row, heads if len(heads) == len(row) else (), caption) for row in body if any(row)))


def heading(above: str) -> str:
    """The line above a table as its heading; empty where it is prose."""
    return above if len(above) <= MOST_LETTERS and not above.endswith((".", "!", "?")) else ""


def _is_head(row: Sequence[str]) -> bool:
    return len(row) > 1 and not any(_numbers(cell) for cell in row)


def _numbers(text: str) -> list[Quantity]:
    return [one for one in quantities(text) if one.kind is not Kind.PERIOD]


def _row(row: Sequence[str], heads: Sequence[str], caption: str) -> Paragraph:
    numbered = [bool(_numbers(cell)) for cell in row]
    if all(numbered) and len(row) > 1:
        numbered[0] = False  # a row's first cell says what it is of, or which it is
    labels = [
        _label(cell, heads[place] if heads else "")
        for place, cell in enumerate(row)
        if cell and not numbered[place] and not (_BARE.fullmatch(cell) and not _YEAR.fullmatch(cell))
    ]
    cells, at = [], 0
    for place, cell in enumerate(row):
        if numbered[place]:
            head = heads[place] if heads else ""
            cells.append(Cell(at, at + len(cell), *_said(caption, labels, head, cell)))
        at += len(cell) + len(BETWEEN)
    return Paragraph(BETWEEN.join(row), cells=tuple(cells))


def _label(cell: str, head: str) -> str:
    """What the row is of; a bare year under `Fiscal year` is one."""
    if _YEAR.fullmatch(cell) and _OF_YEARS.match(head):
        return f"fiscal year {cell}"
    # a total of rows is of those that are listed, which need not be all there are
    return "total of the rows listed" if _TOTAL.match(cell) else cell


def _said(caption: str, labels: Sequence[str], head: str, cell: str) -> tuple[str, str]:
    """The words before the number, and the number with its unit; no words where they would not be safe."""
    about = [_TO_WHAT.sub("", _plain(caption)), *labels, _plain(head)]
    words = " — ".join(part for part in about if part)
    told = _with_unit(cell, f"{caption} {head}" if _SCALE.search(caption) else head)
    unsafe = _SOME.search(words) or any(_numbers(part) for part in about) or len(_numbers(told)) != 1
    return ("" if unsafe or not words else f"{words}: "), told


def _plain(text: str) -> str:
    """A heading without its unit."""
    return _PERCENT.sub("", _SCALE.sub("", text)).strip()


def _with_unit(cell: str, head: str) -> str:
    """The number with the unit that its column states and it does not."""
    if not _BARE.fullmatch(cell.removeprefix("$").strip()):
        return cell
    if _PERCENT.search(head) and not cell.startswith("$"):
        return f"{cell}%"
    scale = _SCALE.search(head)
    if scale is None:
        return cell
    money = scale["sign"] or scale["dollars"] or scale["money"]
    sign = "$" if money and not cell.startswith("$") else ""
    size = scale["scale"] or scale["of"]
    return f"{sign}{cell} {size.lower()}" if size else f"{sign}{cell}"


def read_cells(text: str, cells: Sequence[Cell]) -> Iterator[tuple[Quantity, str, Quantity | None]]:
    """Each number of a row in its place, the line that says it in words, and the number within that line.

    A number that cannot be said safely has no line.
    """
    for cell in cells:
        line = f"{cell.says}{cell.number}"
        said = [one for one in _numbers(line) if one.start >= len(cell.says)]
        if cell.says and len(said) == 1:
            yield replace(said[0], text=text[cell.start : cell.end], start=cell.start, end=cell.end), line, said[0]
            continue
        for one in _numbers(text[cell.start : cell.end]):
            yield replace(one, start=cell.start + one.start, end=cell.start + one.end), "", None
