"""From pending to listed, counted from the files by their definition alone: no table and no code of the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

import pytest
from python_calamine import CalamineWorkbook

from tallystick.bench import Bench
from tallystick.nouns.metric import Question

pytestmark = pytest.mark.real_data
Entry = tuple[str, str, str]
Lists = tuple[list[tuple[date, set[Entry]]], list[tuple[date, set[Entry]]]]
NEWEST = date(2025, 11, 30)
WINDOW = (date(2025, 5, 12), date(2025, 7, 16))


def entries(folder: Path) -> Iterator[tuple[date, set[Entry]]]:
    """The lists of 2025 from February to November by the day in their names: state, agency and model of each row."""
    for path in sorted(folder.glob("*.xlsx")):
        day = day_of(path.name)
        if date(2025, 2, 1) <= day <= NEWEST:
            yield day, set(rows(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()))


def day_of(name: str) -> date:
    if found := re.search(r"-(\d{4})(\d\d)(\d\d)\d{6}", name):
        return date(int(found[1]), int(found[2]), int(found[3]))
    month, day, year = (int(part) for part in re.findall(r"(\d\d)0?(\d\d)(20\d\d)(?!\d)", name)[0])
    return date(year, month, day)


def rows(cells: list[list[object]]) -> Iterator[Entry]:
    names: list[str] = []
    for line in cells:
        said = [re.sub(r"\s+", " ", str(cell).replace("’", "'")).strip().lower() for cell in line]
        if names and any(said):
            row = dict(zip(names, said, strict=False))
            yield row["state"], row["law enforcement agency"], row["support type"][:4]
        elif "state" in said and "law enforcement agency" in said:
            names = said


@pytest.fixture(scope="module")
def lists(real_data: Path) -> Lists:
    """The pending and the participating lists, the earliest first."""
    folder = real_data / "agreements_287g"
    pending, listed = (
        sorted(entries(folder / name), key=lambda one: one[0]) for name in ("pending", "participating")
    )
    return pending, listed


def followed(lists: Lists, first: date, last: date, until: date) -> tuple[int, int, list[int], list[int]]:
    """Requests pending between two days, how many were listed by `until`, and of those first pending from the second
    day on how many days until they were listed, and until the last list that still had them as pending."""
    pending, listed = lists
    within = set().union(*(its for day, its in pending if first <= day <= last))
    begun, gone, known = dict[Entry, date](), dict[Entry, date](), dict[Entry, date]()
    for day, its in pending:
        begun = dict.fromkeys(its, day) | begun
        gone |= dict.fromkeys(its, day) if day <= last else {}
    for day, its in listed:
        known |= {one: day for one in its & within if one not in known and begun[one] <= day <= until}
    new = [one for one in known if begun[one] >= first + timedelta(1)]
    days = [(known[one] - begun[one]).days for one in new]
    return len(within), len(known), days, [(gone[one] - begun[one]).days for one in new]


def test_the_figures_known_of_pending_requests_are_those_of_their_definition(lists: Lists, real_bench: Bench) -> None:
    requests, listed, days, pending = followed(lists, *WINDOW, until=date(2025, 7, 25))
    assert (requests, listed, len(days), median(days), quantiles(days)) == (266, 229, 142, 12, [3, 12, 21])
    assert median(pending) == 10  # days until the last list that has a request as pending: not yet listed then
    asked = {"start": date(2025, 5, 13), "end": WINDOW[1], "as_known_on": date(2025, 7, 25)}
    found = real_bench.ask(Question("days_from_pending_to_listed", **asked)).value  # type: ignore[arg-type]
    assert found == median(days)


def test_the_median_grows_while_those_that_waited_long_come_to_be_listed(
    lists: Lists,
) -> None:
    requests, listed, days, _ = followed(lists, date(2025, 5, 14), date(2025, 7, 15), until=NEWEST)
    assert (requests, listed, median(days)) == (254, 234, 13)
    soon = followed(lists, date(2025, 5, 14), date(2025, 7, 15), until=date(2025, 7, 16))[2]
    assert median(soon) < median(days)
