"""Lines above a table: read by patterns, kept in every row, and never taken for rows or for a header."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.nouns.finding import Severity
from tallystick.nouns.source import ABOVE
from tallystick.sources.preamble import preamble
from tests.sources.readings import Line, finding, kinds

SOURCE = """
title: Counts
publisher: An office
licence: us-public-domain
citation: https://example.gov/counts
cadence: once
delimiter: "|"
redacted: ['\\(B\\)\\(\\d\\)(?:\\([A-Z]\\))?']
preamble: ['An office', '(?P<title>Counts of (?P<year>\\d{{4}})(?: \\((?P<first>[\\d/]+) - (?P<last>[\\d/]+)\\))?)']
releases:
  match: ['payments\\S*']
{releases}
publishes:
  counts_published:
    grain: one count
    scope: [fiscal_year(day)]
    columns:
      title: {{of: (above) title, required: true}}
      year: {{of: (above) year, type: code, required: true}}
      first_date: {{of: (above) first, type: date}}
      last_date: {{of: (above) last, type: date}}
      day: {{type: date, required: true}}
      level: {{type: code, required: true, values: [NA]}}
      people: {{type: integer}}
{more}
"""
HEAD = "day|level|people\n"
ROWS = "1/2/2018|NA|3\n1/3/2018|(B)(7)(E) |4\n1/4/2018||5\n"


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path, source=SOURCE)


def test_what_stands_above_the_table_is_a_column_of_every_row(line: Line) -> None:
    made = line.add('"An office"||\n||\n"Counts of 2018 (10/1/2017 - 8/31/2018)"||\n' + HEAD + ROWS)
    (told,) = set(line.rows(made, "title, year, first_date::VARCHAR, last_date::VARCHAR"))
    assert told == ("Counts of 2018 (10/1/2017 - 8/31/2018)", "2018", "2017-10-01", "2018-08-31")
    assert not kinds(made) & {"strange_preamble", "misfit_cell"}


def test_a_group_that_no_line_has_is_blank_and_the_table_is_read_all_the_same(line: Line) -> None:
    made = line.add("An office||\nCounts of 2018||\n" + HEAD + ROWS)
    assert set(line.rows(made, "first_date, last_date")) == {(None, None)}
    assert [people for (people,) in line.rows(made, "people")] == [3, 4, 5]


def test_a_line_that_no_pattern_knows_stops_the_release(line: Line) -> None:
    made = line.add("An office||\nCorrected on Monday||\nCounts of 2018||\n" + HEAD + ROWS)
    found = finding(made, "strange_preamble")
    assert found.severity is Severity.SEVERE
    assert "Corrected on Monday" in found.says


def test_a_title_over_two_lines_of_a_cell_does_not_shift_the_rows(line: Line) -> None:
    made = line.add('"An office"||\n"Counts of 2018"||\n"An\noffice"||\n' + HEAD + ROWS)
    assert finding(made, "strange_preamble").severity is Severity.SEVERE
    assert [people for (people,) in line.rows(made, "people")] == [3, 4, 5]


def test_an_empty_line_above_does_not_shift_the_rows(line: Line) -> None:
    made = line.add("An office||\n\nCounts of 2018||\n\n" + HEAD + ROWS)
    assert [people for (people,) in line.rows(made, "people")] == [3, 4, 5]


def test_blacked_out_blank_and_named_are_three_things(line: Line) -> None:
    made = line.add("An office||\nCounts of 2018||\n" + HEAD + ROWS)
    assert [level for (level,) in line.rows(made, "level")] == ["NA", "(redacted)", None]
    assert not kinds(made) & {"unknown_category", "misfit_cell"}


def test_a_blacked_out_number_does_not_fit_its_column(line: Line) -> None:
    made = line.add("An office||\nCounts of 2018||\n" + HEAD + "1/2/2018|NA|(B)(4)\n")
    assert finding(made, "misfit_cell").count == 1


@given(st.lists(st.sampled_from(["An office", "Counts of 2018", ""]), max_size=8), st.booleans())
def test_the_header_is_found_however_many_lines_stand_above_it(above: list[str], has_mark: bool) -> None:
    lines = [[cell, "", ""] for cell in above]
    rows = [*lines, ["day", "level", "people"], ["1", "2", "3"]]
    if has_mark:
        rows[0] = ["\ufeff" + rows[0][0], *rows[0][1:]]
    known = {"day", "level", "people", "\ufeffday"}
    told = preamble(rows, ["An office", r"(?P<title>Counts of \d{4})"], known)
    assert told.skip == len(above)
    assert told.below == [["1", "2", "3"]]
    assert told.above == {ABOVE + "title": "Counts of 2018" if "Counts of 2018" in above else ""}
    assert told.strange == ()


def test_a_source_without_patterns_has_its_header_on_the_first_line() -> None:
    told = preamble([["a", "b"], ["day", "level"]], [], {"day", "level"})
    assert (list(told.header), told.skip, told.above) == (["a", "b"], 0, {})
