"""Months a column off, parts at each other's level, and blocks that stand twice are found, however small the tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.checks.doubled import doubled_rows
from tallystick.checks.figures import beside_the_last
from tallystick.checks.shifted import months_shifted
from tallystick.nouns.expected import Entities, Figures
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Cadence, Expect, Publication, Source

FIGURES, PLACES, SCOPE = "made_figures", "made_places", "FY2024/detention"
MONTHS = ("oct", "nov", "dec", "jan", "feb", "mar")
BOOKED = [8_000, 9_500, 12_000, 7_000, 6_000, 300]
HELD = {"convicted": [16_000, 1_000, 17_000], "pending": [17_000, 1_900, 18_900], "other": [26_000, 8_000, 34_000]}
TOLD = Expect(
    figures=Figures(
        value="value", by=["title", "row", "column", "month"], unit="unit", counted=["persons"], month="month",
        part_of={"row": "row_part_of", "column": "column_part_of"},
    )
)  # fmt: skip
OF_PLACES = Expect(entities=Entities(name="name", place=["city"], counts=["held"]))


def _figure(title: str, row: str, column: str, value: int, month: date | None = None) -> Row:
    return {
        "title": title, "row": row, "column": column, "value": Decimal(value), "unit": "persons", "month": month,
        "scope": SCOPE, "row_part_of": "total", "column_part_of": None, "cell": f"{row}:{column}",
    }  # fmt: skip


def _booked(values: Sequence[int]) -> Rows:
    days = [date(2023 + (n > 2), (9 + n) % 12 + 1, 1) for n in range(len(MONTHS))]
    return tuple(_figure("book-ins", "ice", *told) for told in zip(MONTHS, values, days, strict=True))


def _held(levels: Mapping[str, Sequence[int]]) -> Rows:
    return tuple(
        _figure("held", row, column, value)
        for row, values in levels.items()
        for column, value in zip(("ice", "cbp", "total"), values, strict=True)
    )


def _places(number: int) -> Rows:
    return tuple(
        {"name": f"PLACE {n}", "city": "HERE", "held": Decimal(n + 1), "scope": SCOPE, "sheet_row": n + 8}
        for n in range(number)
    )


def _release(day: date) -> Release:
    return Release(Provenance("made", f"{day}.xlsx", as_of=day), str(day), 1, datetime(2026, 1, 1, tzinfo=UTC))


def _dossier(table: str, rows: Rows, before: Rows) -> Dossier:
    source = Source(
        title="Made", publisher="Made", licence="none", citation="none", cadence=Cadence.WEEKLY, id="made",
        publishes={FIGURES: Publication(grain="one figure", columns={}, expect=TOLD),
                   PLACES: Publication(grain="one place", columns={}, expect=OF_PLACES)},
    )  # fmt: skip
    last = {(table, SCOPE): (_release(date(2024, 3, 7)), before)}
    return Dossier(_release(date(2024, 3, 21)), source, {table: rows}, {}, {}, last)


def _shifted(values: Sequence[int]) -> list[Finding]:
    return list(months_shifted(_dossier(FIGURES, _booked(values), _booked(BOOKED))))


@pytest.mark.parametrize("values", [[0, *BOOKED[:-1]], [*BOOKED[1:], 0]])
def test_months_one_column_off_are_severe(values: Sequence[int]) -> None:
    (found,) = _shifted(values)
    assert (found.kind, found.severity, found.scope) == ("shifted_column", Severity.SEVERE, SCOPE)
    assert "12,000" in found.says
    assert "December 2023" in found.says


@given(corrections=st.lists(st.integers(-400, 400), min_size=6, max_size=6))
def test_months_corrected_where_they_stand_are_not_shifted(corrections: list[int]) -> None:
    assert _shifted([value + more for value, more in zip(BOOKED, corrections, strict=True)]) == []


def test_a_row_that_is_the_same_every_month_is_not_shifted() -> None:
    rows = _booked([50] * 6)
    assert list(months_shifted(_dossier(FIGURES, rows, rows))) == []


def _exchanged(now: Mapping[str, Sequence[int]]) -> list[Finding]:
    found = beside_the_last(_dossier(FIGURES, _held(now), _held(HELD)))
    return [told for told in found if told.kind == "labels_exchanged"]


@given(grown=st.lists(st.floats(0.8, 1.25), min_size=9, max_size=9))
def test_two_parts_at_each_others_level_are_severe_although_all_of_them_changed(grown: list[float]) -> None:
    now = {
        row: [round(value * grown[n * 3 + m]) for m, value in enumerate(values)]
        for n, (row, values) in enumerate(HELD.items())
    }
    assert _exchanged(now) == []
    now["convicted"], now["other"] = now["other"], now["convicted"]
    (found,) = _exchanged(now)
    assert found.severity is Severity.SEVERE
    assert "'convicted'" in found.says
    assert "'other'" in found.says
    assert found.count == 6


def test_a_block_that_stands_twice_is_severe_and_says_where() -> None:
    rows = _places(40)
    again = tuple({**row, "sheet_row": row["sheet_row"] + 100} for row in rows[10:20])
    (found,) = doubled_rows(_dossier(PLACES, (*rows, *again), rows))
    assert (found.kind, found.severity, found.count) == ("doubled_rows", Severity.SEVERE, 10)
    assert found.evidence[0] == {"sheet": None, "row": 118, "first_in_row": 18, "name": "PLACE 10"}


def test_one_row_that_stands_twice_is_a_warning_and_none_where_the_release_before_had_it() -> None:
    rows = (*_places(40), {**_places(1)[0], "sheet_row": 99})
    (found,) = doubled_rows(_dossier(PLACES, rows, _places(40)))
    assert found.severity is Severity.WARNING
    assert list(doubled_rows(_dossier(PLACES, rows, rows))) == []


def test_places_of_one_name_with_numbers_of_their_own_are_not_doubled() -> None:
    rows = tuple({**row, "name": "COUNTY JAIL"} for row in _places(40))
    assert list(doubled_rows(_dossier(PLACES, rows, rows[:20]))) == []
