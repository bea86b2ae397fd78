"""A workbook's sheets are of its day and its year, or a Finding says which is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.checks.judge import judge_whole
from tallystick.nouns.expected import Sheets
from tallystick.nouns.finding import Finding, Severity
from tests.checks.dossiers import dossier, release, sheet

DAYS = [date(2024, 1, 4) + timedelta(days=14 * n) for n in range(8)]
TABS = ("detention", "facilities", "alternatives")
ORDINARY = [(release(day), tuple(sheet(tab, day - timedelta(10), f"{tab}{day}") for tab in TABS)) for day in DAYS]


def _kinds(findings: tuple[Finding, ...]) -> dict[str, tuple[Severity, str | None]]:
    return {finding.kind: (finding.severity, finding.scope) for finding in findings}


@pytest.mark.parametrize("place", range(len(DAYS)))
def test_an_ordinary_series_gives_no_finding(place: int) -> None:
    assert judge_whole(dossier(ORDINARY[place], ORDINARY[:place])) == ()


def test_a_sheet_of_months_ago_is_severe_and_its_scope_alone_is_kept_out() -> None:
    own, (first, *others) = ORDINARY[7]
    stale = sheet("detention", date(2023, 12, 1), "a state never published")
    found = judge_whole(dossier((own, (stale, *others)), ORDINARY[:7]))
    assert _kinds(found) == {"stale_tab": (Severity.SEVERE, "FY2024/detention")}
    assert "'detention FY24'" in found[0].says
    assert "2023-12-01" in found[0].says
    assert first["sheet"] == found[0].evidence[0]["sheet"]


def test_the_numbers_of_an_older_release_under_a_new_day_are_severe() -> None:
    own, (_, *others) = ORDINARY[7]
    pasted = {**ORDINARY[2][1][0], "stated_date": DAYS[7] - timedelta(10), "fingerprint": "another"}
    found = _kinds(judge_whole(dossier((own, (pasted, *others)), ORDINARY[:7])))
    assert found == {"stale_tab": (Severity.SEVERE, "FY2024/detention")}


def test_a_later_day_over_the_same_numbers_is_a_warning() -> None:
    own, (first, *others) = ORDINARY[7]
    bumped = {**first, "body_fingerprint": ORDINARY[6][1][0]["body_fingerprint"]}
    found = _kinds(judge_whole(dossier((own, (bumped, *others)), ORDINARY[:7])))
    assert found == {"date_bumped": (Severity.WARNING, "FY2024/detention")}


def test_a_workbook_published_again_is_a_note_that_names_the_sheets() -> None:
    again = (release(DAYS[7] + timedelta(5)), ORDINARY[7][1])
    (found,) = judge_whole(dossier(again, ORDINARY))
    assert (found.kind, found.severity, found.count) == ("same_tab", Severity.NOTE, 3)


@given(year=st.integers(2010, 2023), lag=st.integers(0, 20))
def test_a_sheet_of_another_fiscal_year_is_severe(year: int, lag: int) -> None:
    own, (_, *others) = ORDINARY[7]
    wrong = sheet("detention", date(year, 9, 30) - timedelta(lag), "other", year)
    found = _kinds(judge_whole(dossier((own, (wrong, *others)), ORDINARY[:7])))
    assert found == {"wrong_fiscal_year": (Severity.SEVERE, f"FY{year}/detention")}


def test_a_closed_year_beside_the_running_one_is_no_fault() -> None:
    own, rows = ORDINARY[7]
    assert judge_whole(dossier((own, (*rows, sheet("detention", date(2023, 9, 30), "closed", 2023))))) == ()


def _in_a_newer_workbook(body: str) -> dict[str, tuple[Severity, str | None]]:
    """What a workbook of 2024 gets whose one tab is of 2023, after the last of 2023 and a misplaced one of 2024."""
    own = release(DAYS[7])
    last = (release(date(2023, 9, 30)), (sheet("detention", date(2023, 9, 25), "closed", 2023),))
    misplaced = (release(DAYS[3]), (sheet("detention", date(2023, 6, 20), "an old draft", 2023),))
    tab = sheet("detention", date(2023, 9, 25), body, 2023)
    return _kinds(judge_whole(dossier((own, (tab,)), [last, misplaced])))


def test_the_unchanged_tab_of_a_year_that_is_over_is_not_stale_in_a_newer_workbook() -> None:
    assert _in_a_newer_workbook("closed")["wrong_fiscal_year"] == (Severity.WARNING, "FY2023/detention")
    assert "stale_tab" not in _in_a_newer_workbook("closed")


def test_other_numbers_for_a_year_that_is_over_are_severe_in_a_workbook_that_lacks_its_own() -> None:
    assert _in_a_newer_workbook("unheard of")["wrong_fiscal_year"] == (Severity.SEVERE, "FY2023/detention")


def test_words_that_no_rule_knows_are_a_warning_once() -> None:
    told = [
        (own, ({**rows[0], "not_understood": "title 'x'"}, *rows[1:])) for own, rows in (ORDINARY[5], ORDINARY[6])
    ]
    assert _kinds(judge_whole(dossier(told[0], ORDINARY[:5])))["not_understood"][0] is Severity.WARNING
    assert _kinds(judge_whole(dossier(told[1], [*ORDINARY[:5], told[0]])))["not_understood"][0] is Severity.NOTE


def test_a_sheet_named_for_another_year_than_its_titles_say_is_a_warning() -> None:
    own, (first, *others) = ORDINARY[7]
    found = _kinds(judge_whole(dossier((own, ({**first, "fiscal_year_in_name": "2023"}, *others)), ORDINARY[:7])))
    assert found == {"wrong_fiscal_year": (Severity.WARNING, "FY2024/detention")}


def test_a_year_typed_wrong_over_new_numbers_is_a_warning_and_no_stale_sheet() -> None:
    own, (first, *others) = ORDINARY[0]
    slip = {**first, "stated_date": date(2022, 12, 25)}
    assert _kinds(judge_whole(dossier((own, (slip, *others))))) == {
        "mistyped_year": (Severity.WARNING, "FY2024/detention")
    }


def test_a_tab_exactly_a_year_old_under_this_years_titles_is_stale_and_not_mistyped() -> None:
    own, (first, *others) = ORDINARY[7]
    year_ago = date(DAYS[7].year - 1, DAYS[7].month, DAYS[7].day)
    before = (release(year_ago), (sheet("detention", year_ago - timedelta(10), "of last year", 2023),))
    pasted = {**first, "stated_date": year_ago - timedelta(10), "body_fingerprint": "of last year"}
    found = _kinds(judge_whole(dossier((own, (pasted, *others)), [before, *ORDINARY[:7]])))
    assert found == {"stale_tab": (Severity.SEVERE, "FY2024/detention")}


def test_a_tab_whose_figures_come_half_yearly_is_not_stale_in_between() -> None:
    slow = tuple(sheet("semiannual", date(2023, 9, 30), "half") for _ in range(1))
    limits = Sheets(slower={"semiannual": 200})
    assert judge_whole(dossier((release(DAYS[7]), slow), sheets=limits)) == ()
    assert judge_whole(dossier((release(DAYS[7]), slow)))


def test_a_hidden_sheet_is_a_note_and_nothing_is_taken_from_it() -> None:
    own, rows = ORDINARY[7]
    hidden = sheet("detention", date(2020, 1, 1), "left over", 2020, is_hidden=True, sheet="old")
    found = judge_whole(dossier((own, (*rows, hidden)), ORDINARY[:7]))
    assert [(f.kind, f.severity) for f in found] == [("hidden_sheet", Severity.NOTE)]
    assert "'old'" in found[0].says


@pytest.mark.parametrize("wrong", [-366, 366])
def test_a_day_in_the_name_that_is_a_year_off_is_severe_for_the_whole_release(wrong: int) -> None:
    day = DAYS[4] + timedelta(wrong)
    own = release(day, year=2024, published=DAYS[4])
    found = _kinds(judge_whole(dossier((own, ORDINARY[4][1]))))
    assert found["name_contradicts"] == (Severity.SEVERE, None)


def test_a_release_under_a_wrong_day_does_not_make_those_around_it_look_stale() -> None:
    misdated = (release(DAYS[4] - timedelta(366), year=2024), ORDINARY[4][1])
    assert "stale_tab" not in _kinds(judge_whole(dossier(ORDINARY[4], [misdated, *ORDINARY[:4]])))


def test_one_sheet_that_prints_a_day_to_come_is_a_warning() -> None:
    own, (first, *others) = ORDINARY[4]
    later = {**first, "stated_date": DAYS[4] + timedelta(40)}
    found = _kinds(judge_whole(dossier((own, (later, *others)))))
    assert found["future_date"] == (Severity.WARNING, None)


def test_an_old_tab_that_stands_for_the_current_one_is_as_old_as_the_workbook_says() -> None:
    own, (_, *others) = ORDINARY[7]
    old = sheet("detention", date(2022, 2, 24), "other", 2022)
    (told,) = (f for f in judge_whole(dossier((own, (old, *others)), ORDINARY[:7])) if f.kind == "stale_tab")
    assert f"2022-02-24, {(DAYS[7] - date(2022, 2, 24)).days} days before {DAYS[7]}" in told.says


def test_an_old_tab_beside_the_current_one_is_measured_against_the_end_of_its_year() -> None:
    own, rows = ORDINARY[7]
    old = sheet("detention", date(2022, 2, 24), "other", 2022)
    (told,) = judge_whole(dossier((own, (*rows, old)), ORDINARY[:7]))
    assert "2022-02-24, 218 days before 2022-09-30" in told.says


def test_a_finding_of_a_sheet_names_the_sheet_and_no_fingerprint() -> None:
    own, (_, *others) = ORDINARY[7]
    stale = sheet("detention", date(2023, 12, 1), "a state never published")
    (found,) = judge_whole(dossier((own, (stale, *others)), ORDINARY[:7]))
    assert found.evidence == (
        {"sheet": "detention FY24", "title": "detention", "fiscal_year": "2024", "stated_date": "2023-12-01"},
    )
