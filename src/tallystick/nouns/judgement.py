"""Judgement: what was found of a claim, as known on the day it was said and as known now, under every definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tallystick.nouns.claim import Claim
from tallystick.nouns.finding import Verdict
from tallystick.nouns.metric import Question

AS_STATED = "as stated"
DEPENDS = "depends on the definition"
NOT_ONE = "not one figure: different {dimension}s"


class Role(StrEnum):
    """What the figures of an outcome are to the sentence: only a definition of it is judged."""

    DEFINITION = "definition"
    PART = "part"
    CONTEXT = "context"


@dataclass(frozen=True)
class Figure:
    """What one check gave under one definition in one Edition, and what was found of it.

    `counted` is the number of rows behind it; `because` is a sentence that may be quoted; `caveats` stand beside
    the figure; `margin` is how far it lies from the nearest bound of what was said. A check with no comparison has no
    verdict. `apart` names the dimension whose figures a sum would have mixed, so that it was refused.
    """

    check: str
    value: Decimal | None
    unit: str
    verdict: Verdict | None
    because: str
    question: Question | None = None
    counted: int | None = None
    caveats: tuple[str, ...] = ()
    margin: Decimal | None = None
    apart: str = ""


@dataclass(frozen=True)
class Outcome:
    """Every figure of the claim under one `definition`; `because` says why a reader could have meant it."""

    definition: str
    figures: tuple[Figure, ...]
    because: str = ""
    role: Role = Role.DEFINITION

    @property
    def verdict(self) -> Verdict:
        """Fails when any check fails, else unknown when any is unknown, else holds."""
        found = {figure.verdict for figure in self.figures if figure.verdict is not None}
        for verdict in (Verdict.FAILS, Verdict.UNKNOWN):
            if verdict in found:
                return verdict
        return Verdict.HOLDS if found else Verdict.UNKNOWN


@dataclass(frozen=True)
class Range:
    """How far one check's figure moves: the `lowest` and the `highest`, the definition of each, out of how many."""

    check: str
    unit: str
    lowest: Decimal
    lowest_definition: str
    highest: Decimal
    highest_definition: str
    definitions: int


@dataclass(frozen=True)
class Reading:
    """The claim under each of its definitions, the stated one first, in the Edition of what was known on a day.

    `beside` are parts and context, which are not judged. `known_on` is None for now; `edition`, and `day` that it
    speaks for, are None when nothing was held that could be asked.
    """

    known_on: date | None
    edition: str | None
    outcomes: tuple[Outcome, ...]
    beside: tuple[Outcome, ...] = ()
    day: date | None = None

    @property
    def stated(self) -> Outcome:
        return self.outcomes[0]

    @property
    def verdict(self) -> Verdict:
        return self.stated.verdict

    @property
    def word(self) -> str:
        """The verdict, or that it depends on the definition when definitions whose figures are known disagree.

        Of numbers that may not be put together, whatever each of them is, that they are not one figure, and why.
        """
        if mixed := next((figure.apart for figure in self.stated.figures if figure.apart), ""):
            return NOT_ONE.format(dimension=mixed)
        known = {outcome.verdict for outcome in self.outcomes} - {Verdict.UNKNOWN}
        return DEPENDS if len(known) > 1 and self.verdict is not Verdict.UNKNOWN else str(self.verdict)

    def of(self, check: str) -> tuple[tuple[Outcome, Figure], ...]:
        """The check's figure as stated, and under each definition, part and context that is about it."""
        stated, *others = [
            (outcome, figure)
            for outcome in (*self.outcomes, *self.beside)
            for figure in outcome.figures
            if figure.check == check
        ]
        return (stated, *(one for one in others if _differs(one[1], stated[1])))

    @property
    def ranges(self) -> tuple[Range, ...]:
        """How far each figure moves over the definitions that are about it and give one; parts and context do not."""
        found = []
        for check in (figure.check for figure in self.stated.figures):
            known = [
                (figure.value, outcome.definition, figure.unit)
                for outcome, figure in self.of(check)
                if outcome.role is Role.DEFINITION and figure.value is not None
            ]
            if known:
                low, high = min(known, key=lambda one: one[0]), max(known, key=lambda one: one[0])
                found.append(Range(check, known[0][2], low[0], low[1], high[0], high[1], len(known)))
        return tuple(found)


def _differs(figure: Figure, stated: Figure) -> bool:
    """Whether a definition is about the check: it asks something else, or its arithmetic comes out otherwise."""
    return figure.question != stated.question or figure.value != stated.value


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
