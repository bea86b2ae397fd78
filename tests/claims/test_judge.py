"""Claims judged over a made-up bench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Self

import msgspec
import pytest

from tallystick.claims.judge import judge
from tallystick.nouns.claim import Alternative, Check, Claim
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Verdict
from tallystick.nouns.judgement import DEPENDS, Range, Role
from tallystick.nouns.metric import Answer, Question

SAID = date(2025, 10, 22)
FIRST, SECOND = date(2026, 2, 13), date(2026, 8, 20)


@dataclass(frozen=True)
class MadeUpBench:
    """Answers by agency, of one release each day; `counted` is None for rows that lack what is asked."""

    figures: Mapping[date, Mapping[str, Decimal | None]]
    known_on: date | None = None

    @property
    def edition(self) -> Edition:
        if self.known_on is not None and not self._held():
            raise AssertionError("an Edition was built for a day on which nothing was held")
        return Edition(self.known_on, str(self._held()[-1]), ())

    @property
    def day(self) -> date:
        return self._held()[-1]

    def _held(self) -> list[date]:
        return [day for day in sorted(self.figures) if self.known_on is None or day <= self.known_on]

    def at(self, known_on: date) -> Self:
        return replace(self, known_on=known_on)

    def days(self, metric: str) -> Sequence[date]:
        return sorted(self.figures) if metric == "obligations" else []

    def apart(self, metric: str) -> Sequence[str]:
        return ["agency"] if metric == "caps" else []

    def ask(self, question: Question) -> Answer:
        known = self.figures[self._held()[-1]]
        agency = str(question.where["agency"])
        value, counted = known.get(agency), int(agency in known)
        return Answer(question, "USD", "", self.edition.id, ({"value": value},), counted=counted)


def claim(*checks: Check, also: Sequence[Alternative] = ()) -> Claim:
    return Claim(said="so", by="news report", on=SAID, citation="none", checks=list(checks), also=list(also))


def asks(agency: str, states: str | None, name: str = "") -> Check:
    return Check(name=name, metric="obligations", where={"agency": agency}, states=states)


BENCH = MadeUpBench(
    {FIRST: {"ICE": Decimal("71.00")}, SECOND: {"ICE": Decimal("69.00"), "CBP": Decimal("80.00"), "TSA": None}}
)


def test_a_claim_about_no_rows_is_unknown() -> None:
    found = judge(claim(asks("USCIS", "> 70")), BENCH)
    assert found.verdict is Verdict.UNKNOWN
    assert "no row" in found.now.stated.figures[0].because


def test_a_claim_that_something_is_zero_is_unknown_where_no_row_is_about_it() -> None:
    assert judge(claim(asks("USCIS", "= 0")), BENCH).verdict is Verdict.UNKNOWN


def test_a_claim_about_a_column_that_is_not_held_is_unknown() -> None:
    assert judge(claim(asks("TSA", "> 70")), BENCH).verdict is Verdict.UNKNOWN


def test_a_claim_whose_data_is_not_held_is_unknown_and_says_what_would_settle_it() -> None:
    found = judge(claim(Check(needs="a ceiling", settled_by="the award file", states="> 9.2e6")), BENCH)
    assert (found.verdict, found.settled_by) == (Verdict.UNKNOWN, ("the award file",))
    assert found.earliest is None


def test_before_the_first_release_the_verdict_is_unknown_and_the_first_edition_that_answers_stands_beside() -> None:
    found = judge(claim(asks("ICE", "> 70")), BENCH)
    assert found.then.verdict is Verdict.UNKNOWN
    assert found.then.edition is None
    assert str(FIRST) in found.then.stated.figures[0].because
    assert found.earliest is not None
    assert (found.earliest.known_on, found.earliest.verdict) == (FIRST, Verdict.HOLDS)


def test_a_revision_after_the_claim_changes_the_verdict_now_and_says_by_how_much() -> None:
    found = judge(claim(asks("ICE", "> 70", "spent")), BENCH)
    assert found.now.verdict is Verdict.FAILS
    assert found.changed == {"spent": Decimal("-2.00")}


def test_a_claim_said_after_the_first_release_is_judged_as_known_that_day() -> None:
    later = msgspec.structs.replace(claim(asks("ICE", "> 70")), on=date(2026, 3, 1))
    found = judge(later, BENCH)
    assert (found.then.verdict, found.now.verdict, found.earliest) == (Verdict.HOLDS, Verdict.FAILS, None)


def test_definitions_that_disagree_are_told_and_how_far_the_figure_moves() -> None:
    also = [Alternative(name="the other agency", where={"agency": "CBP"})]
    found = judge(claim(asks("ICE", "> 70", "spent"), also=also), BENCH)
    assert (found.verdict, found.word) == (Verdict.FAILS, DEPENDS)
    assert found.now.ranges == (
        Range("spent", "USD", Decimal("69.00"), "as stated", Decimal("80.00"), "the other agency", 2),
    )


@pytest.mark.parametrize("beside", ["parts", "context"])
def test_a_part_or_a_context_has_a_figure_but_no_verdict_and_moves_nothing(beside: str) -> None:
    other = Alternative(name="the other agency", where={"agency": "CBP"}, because="it is another")
    found = judge(msgspec.structs.replace(claim(asks("ICE", "< 70", "spent")), **{beside: [other]}), BENCH)
    assert found.word == "holds"
    assert [one.highest for one in found.now.ranges] == [Decimal("69.00")]
    (outcome,) = found.now.beside
    assert outcome.role is (Role.PART if beside == "parts" else Role.CONTEXT)
    assert [(figure.value, figure.verdict) for figure in outcome.figures] == [(Decimal("80.00"), None)]


def test_a_figure_not_known_on_the_day_is_told_with_the_day_of_the_first_release_that_gives_it() -> None:
    later = msgspec.structs.replace(claim(asks("CBP", "> 70")), on=date(2026, 3, 1))
    found = judge(later, BENCH)
    because = f"no release held then speaks of this; the first is from {SECOND}"
    assert found.then.stated.figures[0].because == because


def test_only_definitions_that_are_about_a_check_count_in_its_range() -> None:
    checks = [asks("ICE", "< 70", "one"), asks("ICE", "< 70", "two")]
    found = judge(claim(*checks, also=[Alternative(name="x", of=["two"], where={"agency": "CBP"})]), BENCH)
    assert [(one.check, one.definitions) for one in found.now.ranges] == [("one", 1), ("two", 2)]


def test_an_alternative_without_a_figure_does_not_make_definitions_disagree() -> None:
    also = [Alternative(name="an agency not held", where={"agency": "USCIS"})]
    assert judge(claim(asks("ICE", "> 60"), also=also), BENCH).word == "holds"


def test_an_alternative_is_about_the_checks_it_names() -> None:
    checks = [asks("ICE", "< 70", "one"), asks("ICE", "< 70", "two")]
    found = judge(claim(*checks, also=[Alternative(name="x", of=["two"], where={"agency": "CBP"})]), BENCH)
    assert [figure.value for figure in found.now.outcomes[1].figures] == [Decimal("69.00"), Decimal("80.00")]


def test_one_check_that_fails_fails_the_claim_and_one_unknown_leaves_it_unknown() -> None:
    holds, fails, unknown = asks("ICE", "< 70"), asks("ICE", "> 70"), asks("USCIS", "> 70")
    assert judge(claim(holds, unknown), BENCH).verdict is Verdict.UNKNOWN
    assert judge(claim(holds, unknown, fails), BENCH).verdict is Verdict.FAILS


def test_arithmetic_over_the_figures_of_a_definition_is_a_check_too() -> None:
    checks = [asks("ICE", None, "spent"), Check(arithmetic="spent * 4", states="= 276")]
    assert judge(claim(*checks), BENCH).verdict is Verdict.HOLDS


def test_arithmetic_over_an_unknown_figure_is_unknown() -> None:
    checks = [asks("USCIS", None, "spent"), Check(arithmetic="spent * 4", states="= 276")]
    assert judge(claim(*checks), BENCH).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "written",
    [
        {"metric": "obligations", "arithmetic": "1 + 1"},
        {"is": "> 1"},
        {"needs": "a ceiling", "is": "> 1"},
    ],
)
def test_a_check_is_of_one_kind_and_says_what_would_settle_it(written: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(written, Check)
