"""Breaks between the years of one agency."""

from __future__ import annotations

from datetime import date

from tallystick.checks.series import year_breaks
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.finding import Finding, Severity

DAY = date(2020, 1, 15)


def year(number: int, rows: int, *incomplete: Finding, agency: str = "7012", day: date = DAY) -> Coverage:
    return Coverage("actions", f"{agency}/FY{number}", f"r{number}", "a.csv", day, rows, incomplete)


def test_a_year_with_far_fewer_rows_than_the_one_before_is_a_break() -> None:
    (found,) = year_breaks([year(2014, 4000), year(2015, 1500), year(2016, 2000)])
    assert (found.kind, found.scope, found.release) == ("year_break", "7012/FY2015", "r2015")


def test_years_of_several_agencies_are_not_compared() -> None:
    assert not list(year_breaks([year(2014, 4000), year(2015, 400, agency="7014")]))


def test_a_year_that_is_missing_cut_off_or_still_running_makes_no_break() -> None:
    cut = Finding("r2015", "truncated_capture", Severity.INCOMPLETE, "cut off")
    assert not list(year_breaks([year(2013, 4000), year(2015, 400)]))
    assert not list(year_breaks([year(2014, 4000), year(2015, 400, cut)]))
    assert not list(year_breaks([year(2014, 4000), year(2015, 400, day=date(2015, 3, 1))]))
