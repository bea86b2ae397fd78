"""Figures of a tab beside their totals and beside the release before; one fault each, and none in an ordinary tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.checks.judge import judge_whole
from tallystick.nouns.expected import Across, AddsUp, Entities, Figures
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Cadence, Expect, Publication, Source

FIGURES, PLACES, SCOPE = "made_figures", "made_places", "FY2024/detention"
MONTHS = {"oct": date(2023, 10, 1), "nov": date(2023, 11, 1), "dec": date(2023, 12, 1), "total": None}
LEVELS, SEXES = ["level_a", "level_b"], ["male", "female"]
TOLD = Expect(
    figures=Figures(
        value="value", by=["title", "row", "column"], unit="unit", counted=["persons"],
        month="month", period="period",
        part_of={"row": "row_part_of", "column": "column_part_of"},
        rises=[{"title": ["book-ins"], "row": ["total"], "column": ["total"]}],
    )
)  # fmt: skip
OF_PLACES = Expect(
    adds_up=[AddsUp(says="levels and sexes count the same", parts={"levels": LEVELS, "sexes": SEXES})],
    across=[Across(says="places add up to the tab", columns=SEXES, table=FIGURES, value="value",
                   where={"title": "held", "row": "total"})],
    entities=Entities(name="name", place=["city"], counts=[*LEVELS, *SEXES]),
)  # fmt: skip


def _release(day: date) -> Release:
    return Release(Provenance("made", f"{day}.xlsx", as_of=day), str(day), 1, datetime(2026, 1, 1, tzinfo=UTC))


def _figure(title: str, row: str, column: str, value: int, **more: Any) -> Row:
    return {
        "title": title, "row": row, "column": column, "value": Decimal(value), "unit": "persons", "scope": SCOPE,
        "row_part_of": None if row == "total" else "total", "month": MONTHS.get(column), "cell": f"{row}:{column}",
        "column_part_of": None if column == "total" else "total", "fiscal_year": "2024", "sheet": "Detention", **more,
    }  # fmt: skip


def figures(grown: int = 0) -> Rows:
    """Book-ins by agency and month, and those held by place: `grown` more since."""
    counts = {"ice": [8_000, 9_000, 10_000 + grown], "cbp": [20_000, 15_000, 12_000 + grown]}
    rows = [
        _figure("book-ins", row, column, value)
        for row, values in {**counts, "total": [sum(pair) for pair in zip(*counts.values(), strict=True)]}.items()
        for column, value in zip(MONTHS, [*values, sum(values)], strict=True)
    ]
    return (*rows, _figure("held", "total", "now", sum(int(p["male"] + p["female"]) for p in places())))


def places() -> Rows:
    return tuple(
        {"name": f"PLACE {n}", "city": f"CITY {n}", "scope": "FY2024/facilities", "sheet_row": n + 8,
         "level_a": Decimal(n * 7 + 20), "level_b": Decimal(90 - n), "male": Decimal(n * 5 + 80),
         "female": Decimal(n + 30), "fiscal_year": "2024"}
        for n in range(30)
    )  # fmt: skip


def found(rows: Rows, of: Rows, before: Rows = (), were: Rows = ()) -> dict[str, Finding]:
    source = Source(
        title="Made", publisher="Made", licence="none", citation="none", cadence=Cadence.WEEKLY, id="made",
        publishes={FIGURES: Publication(grain="one figure", columns={}, expect=TOLD),
                   PLACES: Publication(grain="one place", columns={}, expect=OF_PLACES)},
    )  # fmt: skip
    then = _release(date(2024, 1, 18))
    last = {(FIGURES, SCOPE): (then, before or figures()), (PLACES, "FY2024/facilities"): (then, were or places())}
    dossier = Dossier(_release(date(2024, 2, 1)), source, {FIGURES: rows, PLACES: of}, {}, {}, last)
    return {finding.kind: finding for finding in judge_whole(dossier)}


def changed(rows: Rows, change: Callable[[dict[str, Any]], None], wanted: Callable[[Row], bool]) -> Rows:
    made = []
    for row in rows:
        copy = dict(row)
        if wanted(row):
            change(copy)
        made.append(copy)
    return tuple(made)


def test_an_ordinary_tab_gives_no_finding() -> None:
    assert found(figures(), places()) == {}


@given(st.sampled_from([f"{row}:{column}" for row in ("ice", "cbp") for column in ("oct", "nov", "dec")]))
def test_a_part_ten_times_too_large_is_severe_and_its_total_is_named(cell: str) -> None:
    rows = changed(figures(), lambda row: row.update(value=row["value"] * 10), lambda row: row["cell"] == cell)
    apart = found(rows, places())["parts_and_total"]
    assert (apart.severity, apart.scope) == (Severity.SEVERE, SCOPE)
    assert {told["cell"] for told in apart.evidence} == {f"total:{cell.split(':')[1]}", f"{cell.split(':')[0]}:total"}


@pytest.mark.parametrize(("by", "severity"), [(4, Severity.NOTE), (900, Severity.WARNING)])
def test_parts_a_little_apart_from_their_total_are_told_by_how_far(by: int, severity: Severity) -> None:
    rows = changed(figures(), lambda row: row.update(value=row["value"] + by), lambda row: row["cell"] == "ice:oct")
    assert found(rows, places())["parts_and_total"].severity is severity


def test_a_total_that_stands_twice_says_nothing() -> None:
    twice = (*figures(), _figure("book-ins", "total", "oct", 1))
    assert "parts_and_total" not in found(twice, places(), twice)


def test_a_count_of_the_year_so_far_that_fell_is_severe_and_one_that_grew_is_not() -> None:
    fell = found(figures(), places(), figures(grown=4_000))["cumulative_falls"]
    assert (fell.severity, fell.evidence[0]["cell"]) == (Severity.SEVERE, "total:total")
    assert "cumulative_falls" not in found(figures(grown=4_000), places())


def test_a_month_that_was_over_and_says_something_else_is_a_warning_with_both_values() -> None:
    def restate(row: dict[str, Any]) -> None:
        row["value"] = row["value"] - 1_500

    rows = changed(figures(), restate, lambda row: row["column"] in ("oct", "total") and row["row"] != "ice")
    told = found(rows, places())["restatement"]
    assert (told.severity, told.evidence[0]["was"], told.evidence[0]["now"]) == (Severity.WARNING, "20000", "18500")


def test_a_month_that_was_told_and_is_zero_is_a_warning_with_its_cell_and_what_it_was() -> None:
    rows = changed(figures(), lambda row: row.update(value=Decimal(0)), lambda row: row["column"] == "nov")
    told = found(rows, places())["counts_zeroed"]
    assert (told.severity, told.count, told.scope) == (Severity.WARNING, 3, SCOPE)
    assert told.evidence[0] == {
        "sheet": "Detention", "cell": "total:nov", "of": "book-ins: total, nov", "was": "24000", "now": "0",
    }  # fmt: skip


def test_those_held_on_a_day_may_become_none() -> None:
    rows = changed(figures(), lambda row: row.update(value=Decimal(0)), lambda row: row["title"] == "held")
    assert "counts_zeroed" not in found(rows, ())


def test_two_labels_that_changed_places_are_severe_where_both_are_parts_of_one_total() -> None:
    other = {"ice": "cbp", "cbp": "ice"}
    rows = changed(figures(), lambda row: row.update(row=other[row["row"]]), lambda row: row["row"] in other)
    told = found(rows, places())["labels_exchanged"]
    assert (told.severity, told.scope) == (Severity.SEVERE, SCOPE)
    assert "'cbp'" in told.says
    assert "'ice'" in told.says


@given(by=st.floats(0.8, 1.25))
def test_figures_that_all_moved_alike_did_not_change_places(by: float) -> None:
    rows = changed(
        figures(),
        lambda row: row.update(value=round(row["value"] * Decimal(by))),
        lambda row: row["title"] == "book-ins",
    )
    assert "labels_exchanged" not in found(rows, places())


def test_people_counted_under_another_name_while_the_total_stays_are_a_warning() -> None:
    other = {"ice": "cbp", "cbp": "ice"}
    rows = changed(figures(), lambda row: row.update(row=other[row["row"]]), lambda row: row["row"] in other)
    assert found(rows, places())["moved_between_parts"].severity is Severity.WARNING


def test_a_part_under_a_new_name_is_a_note_and_one_that_is_gone_a_warning() -> None:
    renamed = changed(figures(), lambda row: row.update(row="ero"), lambda row: row["row"] == "ice")
    assert found(renamed, places())["renamed_category"].severity is Severity.NOTE
    gone = tuple(row for row in figures() if row["row"] != "ice")
    assert found(gone, places())["category_gone"].severity is Severity.WARNING


PLACE_FAULTS: dict[str, tuple[Callable[[Rows], Rows], str]] = {
    "a column is zeroed": (lambda rows: changed(rows, lambda r: r.update(level_a=Decimal(0)), bool), "column_zeroed"),
    "columns change places": (
        lambda rows: changed(rows, lambda r: r.update(level_a=r["level_b"], level_b=r["level_a"]), bool),
        "swapped_columns",
    ),
    "a column shifts into the next": (
        lambda rows: changed(rows, lambda r: r.update(level_b=r["male"], male=r["female"]), bool),
        "columns_apart",
    ),
    "the tab is of a time with fewer people": (
        lambda rows: changed(rows, lambda r: r.update({c: r[c] / 3 for c in (*LEVELS, *SEXES)}), bool),
        "tables_apart",
    ),
    "one place's numbers stand at another of its name": (
        lambda rows: changed(rows, lambda r: r.update(rows[3], city="ELSEWHERE"), lambda r: r["city"] == "CITY 4"),
        "merged_by_name",
    ),
    "places are gone": (lambda rows: rows[:20], "removed"),
    "a place is renamed": (
        lambda rows: changed(rows, lambda r: r.update(name="NEW NAME"), lambda r: r["city"] == "CITY 4"),
        "renamed",
    ),
}


@pytest.mark.parametrize("fault", PLACE_FAULTS)
def test_a_fault_among_places_is_found(fault: str) -> None:
    put, kind = PLACE_FAULTS[fault]
    assert kind in found(figures(), put(places()))
