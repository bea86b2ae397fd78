"""Sheets: subjects found by name, figures asked over the right days, unknowns with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from tallystick.errors import RecordError, UnknownName, UsageError
from tallystick.nouns.edition import Edition
from tallystick.nouns.metric import Answer, Question
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.sheet import Asks, Over, Part, Sheet, Subject
from tallystick.sheets.fill import Span, filled
from tallystick.sheets.quarters import Quarter
from tallystick.views.sheet import all_rests_in_words

COUNTIES: list[dict[str, Any]] = [
    {"state": "FL", "state_name": "Florida", "county_fips": "12005", "county_name": "Bay County"},
    {"state": "MI", "state_name": "Michigan", "county_fips": "26017", "county_name": "Bay County"},
    {"state": "FL", "state_name": "Florida", "county_fips": None, "county_name": "Bayou Parish"},
]


@dataclass
class FakeBench:
    """Answers every question with what `values` has for its metric, and remembers what was asked."""

    values: dict[str, Any] = field(default_factory=dict)
    held: Span | None = None
    because: str = ""
    behind: tuple[Release, ...] = ()
    asked: list[Question] = field(default_factory=list)
    edition = Edition(known_on=None, code="none", parts=())
    day = date(2026, 1, 1)
    known_on: date | None = None

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        value = self.values.get(question.metric)
        known = int(value is not None)
        return Answer(question, "count", "", "e", ({"value": value},), counted=known, unknown_because=self.because)

    def table(self, name: str) -> Sequence[dict[str, Any]]:
        assert name == "county_areas"
        return COUNTIES

    def span(self, question: Question) -> Span | None:  # noqa: ARG002
        return self.held

    def releases_behind(self, question: Question) -> tuple[Release, ...]:  # noqa: ARG002
        return self.behind


def sheet(*figures: Asks, quarterly: bool = True) -> Sheet:
    subject = Subject(table="county_areas", named_by=[["state", "state_name"], ["county_fips", "county_name"]])
    parts = [Part(heading="Volume", figures=list(figures))]
    return Sheet(title="t", about="a", subject=subject, parts=parts, quarterly=quarterly, name="county")


ARRESTS = Asks(name="arrests", metric="arrests", where={"county_fips": "{county_fips}"})


def test_a_subject_is_found_by_code_or_name_in_any_case_and_without_its_kind() -> None:
    bench = FakeBench({"arrests": 3})
    for words in (["florida", "bay"], ["FL", "12005"], ["fl", "BAY COUNTY"]):
        made = filled(sheet(ARRESTS), words, Quarter(2025, 3), bench)
        assert made.subject["county_fips"] == "12005"
        assert made.called == "Bay County, Florida"


def test_an_unknown_place_is_answered_with_near_names_and_too_few_words_are_refused() -> None:
    with pytest.raises(UnknownName, match="no county name is called 'Bye'"):
        filled(sheet(ARRESTS), ["FL", "Bye"], None, FakeBench())
    with pytest.raises(UsageError, match="named by state name and county name"):
        filled(sheet(ARRESTS), ["FL"], None, FakeBench())


def test_a_figure_is_asked_over_the_days_that_it_says() -> None:
    figures = [Asks(name=over.value, metric="arrests", over=over) for over in Over]
    bench = FakeBench({"arrests": 3})
    (figures_asked,) = (every for _, every in filled(sheet(*figures), ["FL", "Bay"], Quarter(2025, 3), bench).parts)
    days = {
        one.asks.name: (one.question.start, one.question.end) for one in figures_asked if one.question is not None
    }
    assert days == {
        "quarter": (date(2025, 7, 1), date(2025, 9, 30)),
        "until": (None, date(2025, 9, 30)),
        "fiscal_year": (date(2024, 10, 1), date(2025, 9, 30)),
        "all": (None, None),
    }


def test_an_unknown_figure_says_what_is_held_instead_and_is_no_zero() -> None:
    bench = FakeBench({}, held=(date(2015, 10, 1), date(2019, 9, 30)))
    (one,) = filled(sheet(ARRESTS), ["FL", "Bay"], Quarter(2025, 3), bench).parts[0][1]
    assert one.rows == ()
    assert one.because == "the releases held speak of 2015-10-01 to 2019-09-30"
    (none,) = filled(sheet(ARRESTS), ["FL", "Bay"], None, FakeBench()).parts[0][1]
    assert none.because == "no release held says anything of it"


def test_a_zero_that_was_counted_is_known() -> None:
    (one,) = filled(sheet(ARRESTS), ["FL", "Bay"], None, FakeBench({"arrests": 0})).parts[0][1]
    assert one.rows == ({"value": 0},)
    assert one.because == ""


def test_a_place_without_the_code_asked_by_is_unknown_and_a_column_that_is_not_there_is_an_error() -> None:
    (one,) = filled(sheet(ARRESTS), ["FL", "Bayou"], None, FakeBench({"arrests": 3})).parts[0][1]
    assert "no name" in one.because
    wrong = Asks(name="a", metric="arrests", where={"aor": "{aor}"})
    with pytest.raises(RecordError, match="aor"):
        filled(sheet(wrong), ["FL", "Bay"], None, FakeBench())


def test_a_figure_that_needs_data_says_what_would_settle_it() -> None:
    with pytest.raises(msgspec.ValidationError, match="settled_by"):
        msgspec.convert({"name": "a", "needs": "b"}, Asks)
    with pytest.raises(msgspec.ValidationError, match="exactly one"):
        msgspec.convert({"name": "a"}, Asks)
    needs = Asks(name="a", needs="a monthly release", settled_by="the release")
    (one,) = filled(sheet(needs), ["FL", "Bay"], None, FakeBench()).parts[0][1]
    assert one.because == "a monthly release is not held"


def test_an_unknown_figure_says_which_days_are_not_covered() -> None:
    bench = FakeBench({}, held=(date(2015, 10, 1), date(2019, 9, 30)), because="the newest snapshot is of 2026-04-09")
    (one,) = filled(sheet(ARRESTS), ["FL", "Bay"], Quarter(2031, 1), bench).parts[0][1]
    assert one.because == "the newest snapshot is of 2026-04-09"


def test_a_figure_that_rests_on_releases_of_no_stated_day_says_so_and_names_no_day_of_retrieval() -> None:
    retrieved = datetime(2026, 11, 22, tzinfo=UTC)
    undated = Release(Provenance("deaths", "deaths.csv"), "0" * 64, 1, retrieved)
    dated = Release(Provenance("lists", "list.csv", as_of=date(2026, 4, 9)), "1" * 64, 1, retrieved)
    (one,) = filled(sheet(ARRESTS), ["FL", "Bay"], None, FakeBench({"arrests": 3}, behind=(undated, dated))).parts[0][
        1
    ]
    assert all_rests_in_words(one.rests_on) == "deaths: 1 release, of no stated day; lists: 1 release, 2026-04-09"
