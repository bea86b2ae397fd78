"""A contradiction is not told where the sentence may be meant otherwise, and a count of a day may come out later."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.articles.article import Paragraph
from tallystick.articles.before import Before, Window
from tallystick.articles.dateline import day_in
from tallystick.articles.doubt import open_to_doubt
from tallystick.articles.find import quantities
from tallystick.articles.judged import Judging
from tallystick.articles.known import Known
from tallystick.articles.late import of_later
from tallystick.articles.match import Match
from tallystick.articles.reading import Read, read
from tallystick.articles.subject import denied
from tallystick.articles.vocabulary import Vocabulary
from tallystick.articles.wording import Asking
from tallystick.nouns.claim import Check, Claim
from tallystick.nouns.judgement import Reading
from tallystick.nouns.metric import Metric

KNOWN = Known((), Vocabulary(()), (), frozenset(), date(2026, 8, 20), {})
METRIC = Metric("obligations", lambda: None, ("contract_actions",), "USD", None, ())


def _never(claim: Claim) -> Reading:
    raise AssertionError(f"{claim.said} was asked")


JUDGING = Judging(_never, _never, lambda _: None, lambda _: METRIC)


def _read(text: str, before: Before | None = None) -> Read:
    return read(text, quantities(text), KNOWN, before or Before())


def _doubt(text: str, place: int = 0) -> str:
    its = _read(text)
    number = [one for one in its.quantities if one.value is not None][place]
    return open_to_doubt((), number, its, KNOWN, JUDGING)


@pytest.mark.parametrize(
    "text",
    [
        "The agency's contract with Acme for flights has grown to $562 million.",
        "In fiscal year 2025 ICE gave Acme a $30 million sole-source deal.",
        "Acme's order is worth up to $11 million.",
        "The task order was for $5 million.",
    ],
)
def test_money_of_one_award_is_not_contradicted_by_that_of_all(text: str) -> None:
    assert "one award" in _doubt(text)


@pytest.mark.parametrize(
    "text",
    [
        "Acme collected $738 million from ICE in fiscal year 2025.",
        "Contracts with Acme came to $738 million in fiscal year 2025.",
        "The contract records show that Acme got $738 million in fiscal year 2025.",
    ],
)
def test_money_of_all_is(text: str) -> None:
    assert _doubt(text) == ""


def test_a_time_that_stands_with_another_number_contradicts_nothing() -> None:
    text = "ICE removed 500 people in September 2025; it had arrested 900."
    assert _doubt(text, 0) == ""
    assert "its time is told with another number" in _doubt(text, 1)


def test_the_time_that_two_numbers_share_is_of_both() -> None:
    assert _doubt("In fiscal year 2024 ICE removed 500 people and arrested 900.", 1) == ""


def test_a_day_without_a_year_is_of_none_that_was_spoken_of_long_before() -> None:
    before = Before(year=2024)
    assert _read("ICE held 60,311 people on April 4.", before).periods[0].window is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("By a staff writer. Aug. 24, 2026.", date(2026, 8, 24)),
        ("Published August 24, 2026.", date(2026, 8, 24)),
        ("The president signed the order on January 20, 2025.", None),
    ],
)
def test_the_day_of_a_byline_is_that_of_the_article(line: str, day: date | None) -> None:
    assert day_in([Paragraph(line)]) == day


def test_a_release_some_days_later_is_asked_only_where_it_counts_the_day() -> None:
    (number, *_) = quantities("ICE held 60,311 people on April 4, 2026.")
    check = Check(name="figure", metric="detained", start=date(2026, 3, 14), end=date(2026, 4, 4), states="= 60311")
    claim = Claim(said="so", by="article", on=date(2026, 8, 20), citation="the article", checks=[check])
    ask = Asking(metric="detained", of="count", says=[["held"]], when="day", late=9)
    later = of_later(Match(claim, check, number, 0.9, "", ask))
    assert later is not None
    assert (later.check.start, later.check.end) == (date(2026, 4, 4), date(2026, 4, 13))
    other = Asking(metric="agreements_in_force", of="count", says=[["agreements"]], when="day")
    assert of_later(Match(claim, check, number, 0.9, "", other)) is None


def test_the_number_of_an_award_denies_nothing() -> None:
    assert not denied("The award, No. 70B01C26F00000405, was booked at $2.594 billion")
    assert denied("No award was booked at $2.594 billion")


MONTHS = ["January", "March", "October", "Dec. 31", "Feb. 29", "July 4", "fiscal 2025", "2024", "FY26", "last year"]
YEARS = ["", " 2024", ", 2025", " 2026", " of that year", " of the previous year"]


@given(
    st.sampled_from(MONTHS), st.sampled_from(YEARS), st.sampled_from([" to ", " through ", " and ", "-", ", since "]),
    st.sampled_from(MONTHS), st.sampled_from(YEARS), st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)  # fmt: skip
def test_no_time_ends_before_it_begins(first: str, its: str, link: str, second: str, other: str, day: date) -> None:
    text = f"From {first}{its}{link}{second}{other} ICE arrested 900 people."
    for before in (Before(day), Before(), Before(day, window=Window(date(2024, 10, 1), date(2025, 9, 30)))):
        for one in _read(text, before).periods:
            window = one.window
            assert window is None or window.start is None or window.start <= window.end, (text, window)
