"""What must be said beside a figure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from tallystick.metrics.caveats import Circumstances, caveats
from tallystick.metrics.coverage import Holdings, Stretch, fiscal_year
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.metric import Metric, Question, Values

SPENT = Metric(
    "spent", lambda contract_actions: contract_actions, ("contract_actions",), "USD", "action_date", ("agency",)
)
CHANGED = Metric(
    "changed", lambda actions, year_before: (actions, year_before), ("actions",), "share", "action_date", ()
)
DAY = date(2026, 8, 20)
PART = Finding("r2024", "truncated", Severity.INCOMPLETE, "no row is negative", scope="7012/FY2024")
HELD = Holdings(
    DAY,
    (
        Stretch("7012/FY2024", "ICE", date(2024, 9, 30)),
        Stretch("7012/FY2026", "ICE", date(2026, 8, 20)),
        Stretch("9700/FY2026", "DOD", date(2026, 5, 20)),
    ),
    (Coverage("contract_actions", "7012/FY2024", "r2024", "name", date(2026, 2, 1), incomplete=(PART,)),),
)


def reached(metric: Metric = SPENT, where: Mapping[str, Values] | None = None, **period: date) -> tuple[str, ...]:
    return HELD.reached(metric, Question(metric.name, dict(where or {}), **period), {"7012"})  # type: ignore[arg-type]


def told(found: Circumstances, **period: date) -> str:
    return "\n".join(caveats(SPENT, Question("spent", **period), HELD, found))  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "year"), [("2024-09-30", 2024), ("2024-10-01", 2025), ("2025-01-01", 2025)])
def test_the_federal_fiscal_year_begins_in_october(day: str, year: int) -> None:
    assert fiscal_year(date.fromisoformat(day)) == year


def test_a_period_reaches_every_fiscal_year_it_touches_and_misses_those_not_held() -> None:
    scopes = reached(start=date(2024, 9, 30), end=date(2025, 10, 1))
    assert scopes == ("7012/FY2024", "7012/FY2025", "7012/FY2026")
    assert HELD.missing(scopes) == ("7012/FY2025",)


def test_an_open_end_reaches_what_is_held_and_no_further() -> None:
    assert reached(start=date(2025, 10, 1)) == ("7012/FY2026",)
    assert reached(end=date(2024, 1, 1)) == ("7012/FY2024",)


def test_a_period_that_ends_after_the_editions_day_reaches_to_that_day() -> None:
    assert reached(start=date(2026, 1, 1), end=date(2030, 1, 1)) == ("7012/FY2026",)


def test_a_filter_on_fiscal_years_reaches_those() -> None:
    assert reached(where={"fiscal_year": ["2024", "2026"]}) == ("7012/FY2024", "7012/FY2026")


def test_the_year_before_is_reached_too() -> None:
    assert reached(CHANGED, start=date(2025, 10, 1), end=date(2026, 1, 1)) == ("7012/FY2025", "7012/FY2026")


def test_a_missing_stretch_makes_the_figure_unknown_in_words() -> None:
    assert "7012/FY2025 is in no release of this Edition: the figure asked for is unknown" in told(
        Circumstances(1, ("7012/FY2025",), ("7012/FY2025",))
    )


def test_an_incomplete_stretch_is_told_with_its_reason() -> None:
    assert "7012/FY2024 is incomplete: no row is negative" in told(Circumstances(1, ("7012/FY2024",)))
    assert "incomplete" not in told(Circumstances(1, ("7012/FY2026",)))


def test_a_period_that_reaches_the_last_days_carries_a_lag_note_and_one_that_does_not_has_none() -> None:
    civilian = Circumstances(1, ("7012/FY2026",))
    assert "about 30 days" in told(civilian, start=date(2026, 1, 1), end=date(2026, 8, 1))
    assert told(civilian, start=date(2026, 1, 1), end=date(2026, 7, 1)) == ""


def test_defence_agencies_lag_ninety_days() -> None:
    defence = Circumstances(1, ("9700/FY2026",))
    assert "about 90 days" in told(defence, start=date(2026, 1, 1), end=date(2026, 7, 1))


def test_the_break_of_fiscal_year_2015_is_told_across_it_only() -> None:
    across = told(Circumstances(1), start=date(2014, 9, 1), end=date(2014, 10, 1))
    assert "fiscal year 2015" in across
    assert told(Circumstances(1), start=date(2014, 10, 1), end=date(2024, 10, 1)) == ""


def test_rows_that_lack_a_column_a_code_or_a_value_are_counted_aloud() -> None:
    words = told(
        Circumstances(
            10,
            lacking={"ceiling_usd": 4, "is_overdue": 10},
            nameless={"psc_code": (7, 0.129)},
            unmatched={"agency=ICEE": ["ICE"]},
        )
    )
    assert "4 of 10 rows state no ceiling" in words
    assert "10 of 10 rows do not state whether one is overdue" in words
    assert "7 more rows (12.9% of the gross obligations looked at) have no psc code" in words
    assert "nothing in this Edition has agency=ICEE; near: ICE" in words


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    assert told(Circumstances(3, ("7012/FY2026",)), start=date(2025, 11, 1), end=date(2025, 12, 1)) == ""


def test_a_rate_says_over_how_many_of_the_days_asked_about_it_is() -> None:
    covered = (62, date(2019, 7, 1), date(2019, 8, 31))
    found = Circumstances(counted=1, covered=covered)
    assert "over the 62 days of the 184 asked about" in told(found, start=date(2019, 7, 1), end=date(2019, 12, 31))
    assert "over the 62 days that the releases cover" in told(found, start=date(2019, 7, 1), end=date(2019, 8, 31))


def test_a_rate_over_days_that_no_release_covers_is_unknown() -> None:
    assert "no day of the period asked about is covered" in told(Circumstances(counted=0, covered=(0, None, None)))


@pytest.mark.parametrize(
    ("start", "end", "outside"),
    [
        (date(2015, 10, 1), date(2019, 9, 1), False),
        (date(2015, 9, 30), date(2016, 1, 1), True),
        (date(2019, 1, 1), date(2019, 9, 2), True),
    ],
)
def test_a_period_beyond_the_rows_held_is_told(start: date, end: date, outside: bool) -> None:
    found = Circumstances(counted=1, span=(date(2015, 10, 1), date(2019, 9, 1)))
    assert ("what lies outside of that is unknown" in told(found, start=start, end=end)) is outside
