"""Judgement: what was found of a claim, as known on the day it was said and as known now, under every definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from tallystick.nouns.claim import Claim
from tallystick.nouns.finding import Verdict
from tallystick.nouns.metric import Question

AS_STATED = "as stated"
DEPENDS = "depends on the definition"


@dataclass(frozen=True)
class Figure:
    """What one check gave under one definition in one Edition, and what was found of it.

    `counted` is the number of rows behind it; `because` is a sentence that may be quoted; `caveats` stand beside
    the figure. A check with no comparison has no verdict.
    """

    check: str
    value: Decimal | None
    unit: str
    verdict: Verdict | None
    because: str
    question: Question | None = None
    counted: int | None = None
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Every figure of the claim under one `definition`."""

    definition: str
    figures: tuple[Figure, ...]

    @property
    def verdict(self) -> Verdict:
        """Fails when any check fails, else unknown when any is unknown, else holds."""
        found = {figure.verdict for figure in self.figures if figure.verdict is not None}
        for verdict in (Verdict.FAILS, Verdict.UNKNOWN):
            if verdict in found:
                return verdict
        return Verdict.HOLDS if found else Verdict.UNKNOWN


@dataclass(frozen=True)
class Reading:
    """The claim under each of its definitions, the stated one first, in the Edition of what was known on a day.

    `known_on` is None for now; `edition` is None when nothing was held that could be asked.
    """

    known_on: date | None
    edition: str | None
    outcomes: tuple[Outcome, ...]

    @property
    def stated(self) -> Outcome:
        return self.outcomes[0]

    @property
    def verdict(self) -> Verdict:
        return self.stated.verdict

    @property
    def word(self) -> str:
        """The verdict, or that it depends on the definition when definitions whose figures are known disagree."""
        known = {outcome.verdict for outcome in self.outcomes} - {Verdict.UNKNOWN}
        return DEPENDS if len(known) > 1 and self.verdict is not Verdict.UNKNOWN else str(self.verdict)

    @cached_property
    def moves(self) -> Mapping[str, tuple[Decimal, Decimal]]:
        """The lowest and the highest figure of each check over the definitions that give one."""
        found: dict[str, list[Decimal]] = {}
        for outcome in self.outcomes:
            for figure in outcome.figures:
                if figure.value is not None:
                    found.setdefault(figure.check, []).append(figure.value)
        return {check: (min(values), max(values)) for check, values in found.items()}


@dataclass(frozen=True)
class Judgement:
    """`then` is as known on the day it was said, `now` as known now.

    `earliest` is the first Edition that could answer, where the one of that day could not.
    """

    claim: Claim
    then: Reading
    now: Reading
    earliest: Reading | None = field(default=None)

    @property
    def verdict(self) -> Verdict:
        return self.now.verdict

    @property
    def word(self) -> str:
        return self.now.word

    @property
    def settled_by(self) -> tuple[str, ...]:
        """What would settle the checks that no data held can answer."""
        return tuple(check.settled_by for check in self.claim.checks if check.settled_by)

    @property
    def changed(self) -> Mapping[str, Decimal]:
        """How far each figure of the stated definition moved from the first Edition that could answer until now."""
        before = self.earliest or self.then
        earlier = {figure.check: figure.value for figure in before.stated.figures}
        moved: dict[str, Decimal] = {}
        for figure in self.now.stated.figures:
            value = earlier.get(figure.check)
            if figure.value is not None and value is not None:
                moved[figure.check] = figure.value - value
        return moved
