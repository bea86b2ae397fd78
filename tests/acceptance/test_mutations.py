"""An ordinary workbook gives no severe Finding; the same with one error put into it gives that error's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from scripts.spreadsheet import Made, Value, write

from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.member import Member
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.workbooks import workbook

pytestmark = pytest.mark.real_data
HALF_A_YEAR_BEFORE, BEFORE, ORDINARY = (f"*FY24_detentionStats{day}2024.xlsx" for day in ("0104", "0620", "0718"))
NAME = "FY24_detentionStats07182024.xlsx"
PARTS_OF_THE_DETAINED = ("Convicted Criminal", "Other Immigration Violator")
Cells = list[list[Value]]
Book = dict[str, Cells]
Mutation = Callable[[Book, Mapping[str, Book]], None]


def _book(path: Path) -> tuple[Book, set[str]]:
    """The cells of each sheet, and which are hidden."""
    opened = workbook(Member(path.name, path))
    cells = {sheet.name: [[_value(cell) for cell in row] for row in sheet.rows] for sheet in opened.sheets}
    return cells, {sheet.name for sheet in opened.sheets if sheet.is_hidden}


def _value(cell: object) -> Value:
    return None if cell == "" else cell if isinstance(cell, str | float | int) else str(cell)[:10]


def _tab(book: Book, word: str) -> tuple[str, Cells]:
    return next((name, cells) for name, cells in book.items() if word in name)


def _columns(cells: Cells, *heads: str) -> tuple[int, list[int]]:
    """The row after the heads, and the column that each stands over."""
    row = next(n for n, cells_of in enumerate(cells) if heads[0] in cells_of)
    return row + 1, [cells[row].index(head) for head in heads]


def zero_a_column(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "Facilities")
    first, (column,) = _columns(cells, "Level A")
    for row in cells[first:]:
        row[column] = 0.0


def swap_two_columns(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "Facilities")
    first, (one, other) = _columns(cells, "Level A", "Level B")
    for row in cells[first:]:
        row[one], row[other] = row[other], row[one]


def shift_a_column(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "Facilities")
    first, (start, end) = _columns(cells, "Level A", "Male Crim")
    for row in cells[first:]:
        row[start : end + 1] = [0.0, *row[start:end]]


def double_the_rows(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "Facilities")
    first, _ = _columns(cells, "Level A")
    cells += [list(row) for row in cells[first:]]


def shift_the_months(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "Detention FY24")
    first, (start, end) = _columns(cells, "Oct", "Jul")
    for row in cells[first : first + 3]:
        row[start : end + 1] = [0.0, *row[start:end]]


def exchange_two_rows(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "Detention FY24")
    one, other = (next(n for n, row in enumerate(cells) if row[0] == name) for name in PARTS_OF_THE_DETAINED)
    cells[one][1:6], cells[other][1:6] = cells[other][1:6], cells[one][1:6]


def double_some_rows(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "Facilities")
    first, _ = _columns(cells, "Level A")
    cells += [list(row) for row in cells[first + 10 : first + 50]]


def drop_a_category(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "ATD FY24")
    place = next(n for n, row in enumerate(cells) if row[0] == "SmartLINK")
    cells[place] = [None, None, *cells[place][2:]]


def relabel_the_year(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "Facilities")
    for row in cells[:8]:
        row[:] = [re.sub(r"FY(20)?24", r"FY\g<1>23", cell) if isinstance(cell, str) else cell for cell in row]


def bump_the_date(book: Book, others: Mapping[str, Book]) -> None:
    name, _ = _tab(book, "Facilities")
    _, before = _tab(others["before"], "Facilities")
    book[name] = [
        [re.sub(r"\d\d?/\d\d?/2024", "07/08/2024", cell) if isinstance(cell, str) else cell for cell in row]
        if any(isinstance(cell, str) and "Source" in cell for cell in row)
        else row
        for row in before
    ]


def paste_a_tab_of_half_a_year_before(book: Book, others: Mapping[str, Book]) -> None:
    name, _ = _tab(book, "Facilities")
    book[name] = _tab(others["half a year before"], "Facilities")[1]


def ten_times_a_total(book: Book, _others: Mapping[str, Book]) -> None:
    _, cells = _tab(book, "Detention FY24")
    row = next(row for row in cells if "Total" in row and sum(isinstance(cell, float) for cell in row) > 10)
    last = max(n for n, cell in enumerate(row) if isinstance(cell, float))
    row[last] = 10 * sum(cell for cell in row[last:] if isinstance(cell, float))


def hide_a_sheet(book: Book, _others: Mapping[str, Book]) -> None:
    """Done by the writer: see `_made`."""


MUTATIONS: dict[Mutation, tuple[set[str], Severity]] = {
    zero_a_column: ({"column_zeroed", "columns_apart"}, Severity.SEVERE),
    swap_two_columns: ({"swapped_columns"}, Severity.SEVERE),
    shift_a_column: ({"columns_apart", "swapped_columns", "column_zeroed"}, Severity.SEVERE),
    double_the_rows: ({"doubled_rows"}, Severity.SEVERE),
    double_some_rows: ({"doubled_rows"}, Severity.SEVERE),
    shift_the_months: ({"shifted_column"}, Severity.SEVERE),
    exchange_two_rows: ({"labels_exchanged"}, Severity.SEVERE),
    drop_a_category: ({"category_gone", "parts_and_total"}, Severity.SEVERE),
    relabel_the_year: ({"wrong_fiscal_year"}, Severity.SEVERE),
    bump_the_date: ({"date_bumped"}, Severity.WARNING),
    paste_a_tab_of_half_a_year_before: ({"stale_tab"}, Severity.SEVERE),
    ten_times_a_total: ({"parts_and_total"}, Severity.SEVERE),
    hide_a_sheet: ({"missing_scope", "hidden_sheet"}, Severity.WARNING),
}


@pytest.fixture(scope="module")
def books(real_data: Path) -> Mapping[str, Path]:
    folder = real_data / "detention_statistics" / "xlsx"
    wanted = {"half a year before": HALF_A_YEAR_BEFORE, "before": BEFORE, "ordinary": ORDINARY}
    return {name: next(folder.glob(pattern)) for name, pattern in wanted.items()}


@pytest.fixture(scope="module")
def begun(books: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the releases before were taken in."""
    folder, home = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("home") / "begun"
    for name in ("half a year before", "before"):
        shutil.copy(books[name], folder)
    pipeline = _pipeline(home)
    pipeline.take_in(folder)
    pipeline.standing()
    return home


def _pipeline(home: Path) -> Pipeline:
    return Pipeline(Settings(home=home, records=(bundled_records(),), threads=1, memory_limit="2GB"))


def _found(begun: Path, folder: Path, made: list[Made]) -> list[Finding]:
    """The Findings about a workbook of these sheets, taken in after those before."""
    home, came = folder / "home", folder / "came"
    shutil.copytree(begun, home)
    came.mkdir()
    write(came / NAME, made)
    pipeline = _pipeline(home)
    (release,) = pipeline.take_in(came).taken
    return [finding for finding in pipeline.standing().findings if finding.release == release.id]


def _made(book: Book, hidden: set[str]) -> list[Made]:
    return [Made(name, {(0, 0): cells}, name in hidden) for name, cells in book.items()]


def test_the_workbook_without_an_error_is_not_stopped(books: Mapping[str, Path], begun: Path, tmp_path: Path) -> None:
    found = _found(begun, tmp_path, _made(*_book(books["ordinary"])))
    kinds = {kind for kinds, _ in MUTATIONS.values() for kind in kinds}
    asking = [finding for finding in found if finding.severity is not Severity.NOTE and finding.kind in kinds]
    assert [finding.says for finding in asking] == []
    assert [finding.says for finding in found if finding.severity is Severity.SEVERE] == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_an_error_put_into_it_is_found(
    mutation: Mutation, books: Mapping[str, Path], begun: Path, tmp_path: Path
) -> None:
    book, hidden = _book(books["ordinary"])
    mutation(book, {name: _book(path)[0] for name, path in books.items()})
    if mutation is hide_a_sheet:
        hidden.add(_tab(book, "Detention FY24")[0])
    kinds, least = MUTATIONS[mutation]
    found = _found(begun, tmp_path, _made(book, hidden))
    order = list(Severity)
    caught = [f for f in found if f.kind in kinds and order.index(f.severity) >= order.index(least)]
    assert caught, [(finding.severity, finding.kind, finding.says[:200]) for finding in found]
