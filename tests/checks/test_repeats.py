"""Rows that come again: counted twice, or in place of a neighbour that unstable paging pushed out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tallystick.nouns.finding import Finding, Severity
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.checks.captures import AMOUNT, ICE, Row, judged, made, of

DAY, LATER = date(2025, 2, 1), date(2025, 2, 2)


def _tied(clean: list[Row]) -> list[Row]:
    """ICE's rows 98 to 103 are given one amount, so that a page of 100 ends among them."""
    own = of(clean, "ICE")
    tied = [{**row, AMOUNT: own[98][AMOUNT]} if 98 <= place <= 103 else row for place, row in enumerate(own)]
    return [*tied, *of(clean, "CBP")]


def _pushed_out(clean: list[Row]) -> list[Row]:
    """The last row of the first page comes again on the second, where its neighbour should be."""
    return [clean[99] if place == 101 else row for place, row in enumerate(clean)]


def _of_kind(findings: tuple[Finding, ...], *kinds: str) -> list[Finding]:
    return [finding for finding in findings if finding.kind in kinds and finding.scope == ICE]


def test_a_row_again_on_the_next_page_is_a_neighbour_pushed_out(settings: Settings, tmp_path: Path) -> None:
    found = judged(Pipeline(settings), tmp_path, (_pushed_out(_tied(made())), DAY))
    (note,) = _of_kind(found, "unstable_paging", "duplicate_rows")
    assert (note.kind, note.severity, note.count) == ("unstable_paging", Severity.NOTE, 1)
    assert "the total holds" in note.says


def test_a_row_again_on_its_own_page_may_count_twice(settings: Settings, tmp_path: Path) -> None:
    rows = _tied(made())
    found = judged(Pipeline(settings), tmp_path, ([rows[98] if i == 99 else row for i, row in enumerate(rows)], DAY))
    (asked,) = _of_kind(found, "unstable_paging", "duplicate_rows")
    assert (asked.kind, asked.severity) == ("duplicate_rows", Severity.WARNING)


def test_a_row_again_in_rows_that_lie_in_no_order_may_count_twice(settings: Settings, tmp_path: Path) -> None:
    rows = _pushed_out(_tied(made()))
    found = judged(Pipeline(settings), tmp_path, (rows[1:] + rows[:1], DAY))
    assert [finding.kind for finding in _of_kind(found, "unstable_paging", "duplicate_rows")] == ["duplicate_rows"]


def test_a_neighbour_pushed_out_of_the_later_capture_is_no_change(settings: Settings, tmp_path: Path) -> None:
    whole = _tied(made())
    for folder, before, after in (("one", whole, _pushed_out(whole)), ("two", _pushed_out(whole), whole)):
        (tmp_path / folder).mkdir()
        pipeline = Pipeline(Settings(home=tmp_path / folder / "home", records=settings.records))
        found = judged(pipeline, tmp_path / folder, (before, DAY), (after, LATER))
        assert [finding.kind for finding in _of_kind(found, "restatement", "same_content")] == ["same_content"]


def test_an_action_that_went_beside_one_pushed_out_is_still_told(settings: Settings, tmp_path: Path) -> None:
    whole = _tied(made())
    found = judged(
        Pipeline(settings), tmp_path, (whole, DAY), ([r for i, r in enumerate(_pushed_out(whole)) if i != 500], LATER)
    )
    (told,) = _of_kind(found, "restatement")
    assert told.count == 1
    assert Decimal(told.evidence[0]["was"]) == Decimal(whole[500][AMOUNT])


def test_what_rows_count_twice_is_decimal_and_exact_to_the_cent(settings: Settings, tmp_path: Path) -> None:
    rows = made()
    large = {**rows[99], AMOUNT: "999999999999.99"}
    found = judged(Pipeline(settings), tmp_path, ([*rows[:99], large, large, large, *rows[100:]], DAY))
    (told,) = _of_kind(found, "duplicate_rows")
    assert told.severity is Severity.SEVERE
    assert "1,999,999,999,999.98" in told.says
    assert told.evidence[0]["usd"] == "1999999999999.98", "a DECIMAL is kept as text, a float would stay a float"
