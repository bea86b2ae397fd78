"""Rows outside what is covered, without a group, blacked out, counted by another date; gaps that leap; homonyms."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.nouns.finding import Finding, Severity
from tests.sources.readings import Line

SOURCE = """
title: Counts
publisher: An office
licence: us-public-domain
citation: https://example.gov/counts
cadence: once
redacted: ['\\(B\\)\\(\\d\\)']
releases:
  match: ['payments\\S*']
{releases}
publishes:
  counts_published:
    grain: one person
    one_row_a_person: true
    scope: [fiscal_year(day)]
    columns:
      first: {{type: date}}
      last: {{type: date}}
      year: {{type: code, required: true}}
      day: {{type: date, required: true}}
      left: {{type: date}}
      area: {{}}
      name: {{}}
      level: {{type: code}}
      people: {{type: integer}}
    expect:
      identifiers_removed: they were taken out
      covers: {{day: day, first: first, last: last, fiscal_year: year}}
      counted_by: [{{day: day, event: left, says: who left is counted later}}]
      groups: [{{column: area, known: [north, south, west], later: {{west: made later}}}}]
      missing: [{{column: name, by: day, weight: people}}]
      homonyms: [{{name: name, key: level}}]
{more}
"""
HEAD = "first,last,year,day,left,area,name,level,people"


def judged(folder: Path, *rows: str) -> dict[str, list[Finding]]:
    """The Findings about a release of these rows, by kind."""
    line = Line(folder, source=SOURCE)
    line.add("\n".join([HEAD, *rows]) + "\n")
    found: dict[str, list[Finding]] = {}
    for finding in line.pipeline.standing().findings:
        found.setdefault(finding.kind, []).append(finding)
    return found


def row(day: str = "2018-01-02", left: str = "2018-01-01", area: str = "north", **cells: str) -> str:
    told = {"first": "", "last": "", "name": "ELM", "level": "a", "people": "1"} | cells
    return ",".join(
        [told["first"], told["last"], "2018", day, left, area, told["name"], told["level"], told["people"]]
    )


def test_clean_rows_give_only_the_note_on_a_group_made_later(tmp_path: Path) -> None:
    found = judged(tmp_path, row(), row(area="south", name="OAK"))
    kinds = ("out_of_range", "counting_rule", "redaction", "homonyms", "missingness_shift", "indistinguishable_rows")
    assert not set(kinds) & set(found)
    (later,) = found["missing_group"]
    assert (later.severity, "made later" in later.says) == (Severity.NOTE, True)


def test_a_row_outside_the_days_stated_is_told_with_its_day(tmp_path: Path) -> None:
    stated = {"first": "2017-10-01", "last": "2018-08-31"}
    (found,) = judged(tmp_path, row(**stated), row(day="2018-09-01", **stated))["out_of_range"]
    assert (found.count, found.severity) == (1, Severity.WARNING)
    assert "2018-09-01" in found.says


def test_without_stated_days_the_whole_fiscal_year_is_covered(tmp_path: Path) -> None:
    found = judged(tmp_path, row(day="2018-09-30"), row(day="2017-10-01"), row(day="2017-09-30"))
    assert [finding.count for finding in found["out_of_range"]] == [1]


def test_rows_without_a_group_and_groups_unknown_or_absent_are_each_told(tmp_path: Path) -> None:
    found = judged(tmp_path, row(area=""), row(area="east"))
    assert [finding.count for finding in found["unlisted_group"]] == [1]
    assert {finding.says.split(" in ")[0]: finding.severity for finding in found["missing_group"]} == {
        "1 of 2 row(s) of FY2018": Severity.WARNING,
        "FY2018": Severity.WARNING,
    }


def test_equal_rows_without_identifiers_are_counted_and_are_no_duplicates(tmp_path: Path) -> None:
    found = judged(tmp_path, row(), row(), row(), row(area="south", name="OAK"))
    (alike,) = found["indistinguishable_rows"]
    assert (alike.count, alike.severity) == (2, Severity.NOTE)
    assert "duplicate_rows" not in found


def test_blacked_out_cells_are_counted_and_what_the_others_say_is_told(tmp_path: Path) -> None:
    found = judged(tmp_path, row(level="(B)(7)", name="OAK"), row(level="NA"), row(level="NA", area="south"))
    (blacked_out,) = found["redaction"]
    assert blacked_out.count == 1
    assert "every other row says 'NA'" in blacked_out.says


def test_a_year_counted_by_one_date_and_lived_by_another_is_told(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, row(left="2017-09-30"), row())["counting_rule"]
    assert (found.count, found.severity) == (1, Severity.NOTE)
    assert "who left is counted later" in found.says


def test_one_name_of_two_keys_is_told_and_two_names_of_one_are_not(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, row(level="a"), row(level="b"), row(name="OAK", level="a"))["homonyms"]
    assert found.evidence == ({"name": "ELM", "keys": "a, b"},)


def quarters(*blank: int) -> list[str]:
    """A hundred people in each of the quarters from October 2017 on, so many of them without a name."""
    days = ["2017-10-05", "2018-01-05", "2018-04-05", "2018-07-05"]
    told = zip(days, blank, strict=False)
    return [
        row(day=day, name=name, people=str(people)) for day, n in told for name, people in (("", n), ("ELM", 100 - n))
    ]


@pytest.mark.parametrize(
    ("blank", "leaps"),
    [((40, 35, 45, 2), 1), ((2, 1, 3, 50), 1), ((40, 20, 45, 25), 0), ((5, 5, 5, 14), 0), ((40, 2, 2, 2), 0)],
    ids=["filled at once", "emptied at once", "noisy", "a little", "too early to know"],
)
def test_a_share_of_blanks_that_leaps_out_of_its_range_is_told(
    tmp_path: Path, blank: tuple[int, ...], leaps: int
) -> None:
    assert len(judged(tmp_path, *quarters(*blank)).get("missingness_shift", [])) == leaps


def test_no_evidence_shows_a_single_row_of_a_person(tmp_path: Path) -> None:
    found = judged(tmp_path, *quarters(40, 35, 45, 2), row(day="2019-02-03", area=""), row(level="(B)(7)"))
    shown = [row for findings in found.values() for finding in findings for row in finding.evidence]
    assert shown
    assert all(not {"source_row", "row"} & row.keys() for row in shown)
