"""Turns a tab's titled tables into rows of single, labelled figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tallystick.workbooks import (
    Block,
    Blocks,
    Figure,
    Grammar,
    Sheet,
    cell_name,
    is_number,
    number_in,
    spaced,
    texts_of,
    titled_blocks,
)

from .kinds import Kind, Tab
from .labels import AREAS, PART_OF, STUBS
from .words import (
    FISCAL_YEAR,
    MONTHS,
    fiscal_year,
    fiscal_year_of,
    month_in,
    month_of,
    plain,
    quarter_of,
)

Row = dict[str, object]
TOTAL = "total"
_COUNTS = ("persons", "hearings", "placements", "usd")
_OPEN_LABEL = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
"""A country, which may stand without figures."""


@dataclass(frozen=True)
class Reading:
    """What was read of one sheet. `unclear` says what no rule knows; `main` which main figures may be among it."""

    fiscal_year: str
    rows: tuple[Row, ...]
    unclear: tuple[str, ...]
    main: tuple[str, ...]


@dataclass(frozen=True)
class _Place:
    """The words that say what a figure is of: those of its row, of the rows it belongs to, and of its column."""

    group: str
    row: str
    code: str
    column: str
    month: date | None
    period: str


def figures(sheet: Sheet, tab: Tab) -> Reading:
    """Every figure of the tab's tables; the fiscal year is what its titles say, or else its latest month's."""
    blocks = titled_blocks(
        sheet.rows,
        Grammar(
            is_title=lambda text: tab.kind(text) is not None,
            is_stub=lambda text: plain(text) in STUBS,
            is_group=lambda text: plain(text) in tab.groups,
            is_row=lambda text: plain(text) in tab.row_labels or bool(_OPEN_LABEL.fullmatch(text)),
        ),
    )
    about = _fiscal_year(sheet, tab, blocks)
    rows: list[Row] = []
    told: list[str] = []
    for block in blocks.found:
        kind = tab.kind(block.title)
        assert kind is not None
        told += _left_out(block)
        for figure, place in _placed(block, kind, about):
            rows.append(_row(figure, place, block, kind))
            told += _unknown(place, kind)
    missing = _missing(tab, rows)
    unread = [*_strays(blocks), *(f"no table under '{title}'" for title in blocks.empty)]
    about = about or max((fiscal_year_of(row["month"]) for row in rows if isinstance(row["month"], date)), default="")
    shared = {"tab": tab.tab, "sheet": sheet.name, "fiscal_year": about, "stretch": f"FY{about}/{tab.tab}"}
    unclear = tuple(dict.fromkeys([*told, *unread, *missing]))
    return Reading(about, tuple(shared | row for row in rows), unclear, tuple(missing) if unread else ())


def _left_out(block: Block) -> Iterator[str]:
    """Heads that the publisher left out and that leave no doubt."""
    if any(figure.heads == ("",) for figure in block.figures):
        yield f"no column heads under '{block.title}'"
    years = {str(head) for figure in block.figures for head in figure.heads[:1] if is_number(head)}
    if years and len(years) < len({month.year for month in _months(block).values()}):
        yield f"a year is missing over the months of '{block.title}'"


def _missing(tab: Tab, rows: list[Row]) -> list[str]:
    """Tables that the tab always has and that were not found: numbers under an unknown title may be theirs."""
    there = {row["title"] for row in rows}
    return [f"no table '{kind.title}'" for kind in tab.kinds if kind.is_main and kind.title not in there]


def _fiscal_year(sheet: Sheet, tab: Tab, blocks: Blocks) -> str:
    """What the line over the whole tab says, or else the latest that a table's title says; blank if none does."""
    over = (
        text for text in texts_of(sheet) if tab.kind(text) is None and re.fullmatch(tab.titles, text, re.IGNORECASE)
    )
    return next(filter(None, map(fiscal_year, over)), "") or max(
        (fiscal_year(block.title) for block in blocks.found), default=""
    )


def _placed(block: Block, kind: Kind, about: str) -> Iterator[tuple[Figure, _Place]]:
    """The block's figures with what they are of. Rows under a head (an area, an agency) belong to it."""
    head = ""
    last = -1
    titled = _only_year(block.title) or about
    months = _months(block) if len(block.figures[0].heads) > 1 else {}
    for figure in block.figures:
        group, row, code = _labels(figure, block)
        if figure.row != last and row:
            head = _head(row, kind, head)
        last = figure.row
        if kind.heads or kind.by_area:
            group, row = head if row else "", TOTAL if _is_head(row, kind) else row
        year = fiscal_year(group) or fiscal_year(row) or titled
        column, month, period = _time(figure, block, months, year)
        yield figure, _Place(group, row, code, column or _only_column(kind), month, period)


def _only_column(kind: Kind) -> str:
    """The one label that the heads of a table's single column of figures ever had; blank if it had several."""
    return next(iter(kind.columns)) if kind.columns and len(kind.columns) == 1 else ""


def _labels(figure: Figure, block: Block) -> tuple[str, str, str]:
    """What a row belongs to, what it is itself, and the code that stands beside its name."""
    labels = [plain(label) for label in figure.labels]
    if len(labels) == 1:
        return plain(figure.group), labels[0], ""
    if "code" in plain(block.stubs[-1]):
        return "", labels[0], figure.labels[-1]
    return labels[0], labels[-1] or (TOTAL if labels[0] == TOTAL else ""), ""


def _is_head(row: str, kind: Kind) -> bool:
    return row in dict(kind.heads) or (kind.by_area and (row in AREAS or row == TOTAL))


def _head(row: str, kind: Kind, before: str) -> str:
    """The head that a row belongs to. One that is neither a head nor known below one may be either: it gets none."""
    if _is_head(row, kind):
        return dict(kind.heads).get(row, row)
    return before if kind.rows is None or row in kind.rows else ""


def _time(figure: Figure, block: Block, months: dict[int, date], year: str) -> tuple[str, date | None, str]:
    """The column's label, and the month or the other period that the figure is of."""
    label = figure.heads[-1]
    for head in figure.heads:
        if isinstance(head, date):
            return MONTHS[head.month - 1], date(head.year, head.month, 1), ""
    if figure.column in months:
        return plain(spaced(label)), months[figure.column], ""
    said = spaced(label)
    month = month_in(year, said) or month_of(block.title)
    if month_in(year, said):
        return said[:3].lower(), month, ""
    return plain(said), month, "" if month else _period(block, figure, said)


def _months(block: Block) -> dict[int, date]:
    """The month of each column whose heads are a year, a month and perhaps `mid` and `end`.

    A year that was left out where January follows December is the next one.
    """
    found: dict[int, date] = {}
    last = date.min
    stated = missed = 0
    for figure in sorted(block.figures, key=lambda figure: figure.column):
        year, name = figure.heads[0], spaced(figure.heads[1])[:3].lower()
        if figure.column in found or name not in MONTHS or not isinstance(year, int | float):
            continue
        missed = missed if year == stated else 0
        stated = int(year)
        month = date(stated + missed, MONTHS.index(name) + 1, 1)
        if month < last:
            missed += 1
            month = month.replace(year=stated + missed)
        found[figure.column] = last = month
    return found


def _period(block: Block, figure: Figure, column: str) -> str:
    """`FY2022`, or `FY2022 Q1`; blank where the figure is of the tab's own day or year."""
    quarter = quarter_of(block.title)
    if quarter:
        return f"FY{fiscal_year(block.title)} {quarter}"
    year = fiscal_year(column) or fiscal_year(figure.labels[0])
    return f"FY{year}" if year else ""


def _only_year(title: str) -> str:
    """The fiscal year of a title that names one alone."""
    return fiscal_year(title) if len(FISCAL_YEAR.findall(title)) == 1 else ""


def _row(figure: Figure, place: _Place, block: Block, kind: Kind) -> Row:
    number = figure.value if is_number(figure.value) else number_in(spaced(figure.value))
    unit = _unit(kind, place)
    return {
        "cell": cell_name(figure.row, figure.column),
        "title": kind.title,
        "group_label": place.group,
        "row_label": place.row,
        "code": place.code,
        "column_label": place.column,
        "month": place.month,
        "period": place.period,
        "value": number,
        "says": "" if is_number(figure.value) else spaced(figure.value),
        "unit": unit,
        "group_part_of": _part_of(place.group, "group", kind, unit),
        "row_part_of": _part_of(place.row, "row", kind, unit),
        "column_part_of": _part_of(place.column, "column", kind, unit),
        "is_total": TOTAL in (place.group, place.row, place.column),
        "title_as_written": block.title,
        "row_as_written": " | ".join(filter(None, (figure.group, *figure.labels))),
        "column_as_written": " | ".join(spaced(head) for head in figure.heads if head != ""),
    }


def _unit(kind: Kind, place: _Place) -> str:
    if "%" in (place.column + place.row) or place.column.startswith("percent"):
        return "share"
    if "$" in place.row or "cost" in place.column:
        return "usd"
    if place.column.startswith("average ") or place.column == "alip" or place.row.startswith("alos"):
        return "days"
    return kind.unit


def _part_of(label: str, along: str, kind: Kind, unit: str) -> str:
    """The label whose count is the sum of this one and its like; blank for totals and where nothing adds up."""
    adds = along in kind.adds and unit in _COUNTS and label not in ("", TOTAL)
    return PART_OF.get(label, TOTAL) if adds else ""


def _unknown(place: _Place, kind: Kind) -> Iterator[str]:
    """What of a figure's labels no rule knows. Labels that are open must be there, at least."""
    groups = kind.groups if kind.groups is not None else frozenset(dict(kind.heads).values())
    told = [("row", place.row, kind.rows), ("column", place.column, kind.columns)]
    if kind.groups and (place.group or kind.rows == kind.groups):
        told.append(("group", place.group, groups))
    if kind.heads or kind.by_area:
        told.append(("group", place.group, groups | (AREAS | {TOTAL} if kind.by_area else frozenset())))
    for what, label, known in told:
        if (known is not None and label not in known) or not label:
            yield f"{what} '{label}' under '{kind.title}'"


def _strays(blocks: Blocks) -> Iterator[str]:
    """Numbers under words that are no title any rule knows, one line for all under the same words."""
    for under in dict.fromkeys(stray.under for stray in blocks.strays):
        cells = [cell_name(stray.row, stray.column) for stray in blocks.strays if stray.under == under]
        yield f"{len(cells)} number(s) from {cells[0]} on under '{under[:120]}'"
