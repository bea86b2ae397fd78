"""Shows a check of a claim as a specification: its figure under every definition, beside what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tallystick.claims.compare import parse
from tallystick.nouns.claim import Check
from tallystick.nouns.judgement import Figure, Judgement, Outcome, Reading
from tallystick.nouns.metric import Question
from tallystick.views.comparison import comparison_in_words, retold
from tallystick.views.judgement import change_in_words, check_in_words, moved
from tallystick.views.kinds.titles import dimension_title
from tallystick.views.shown import Chart, Column, Mark, Said, Shown
from tallystick.views.words import Words


@dataclass(frozen=True)
class Defined:
    """One row of a specification: the definition, why a reader could have meant it, and its figures then and now.

    `question` is what its figure of now answers; None where no metric is asked.
    """

    outcome: Outcome
    now: Figure
    before: Decimal | None
    counts: str
    because: str
    question: Question | None = field(default=None)

    @property
    def verdict(self) -> str:
        """The verdict on the figure; of a part and of context, that it is one: these are not judged."""
        return str(self.now.verdict or self.outcome.role)


@dataclass(frozen=True)
class Specified:
    """What only the layout of a specification needs: what was said, the rows in full, the day of the earlier ones."""

    check: Check
    said: str
    moves: str
    rows: tuple[Defined, ...]
    before: Reading | None


def specifications(judgement: Judgement, words: Words) -> Iterator[Shown]:
    """A view for each check of a claim."""
    for check, stated in zip(judgement.claim.checks, judgement.now.stated.figures, strict=True):
        yield _specification(judgement, check, stated, words)


def _specification(judgement: Judgement, check: Check, stated: Figure, words: Words) -> Shown:
    before = _before(judgement, stated.check)
    rows = tuple(_rows(judgement, check, stated, before))
    moves = next(
        (moved(one) for one in judgement.now.ranges if one.check == stated.check),
        retold(stated.because, check.states, stated.unit),
    )
    known = [row for row in rows if row.now.value is not None]
    return Shown(
        stated.check,
        moves,
        (
            Column("definition", words("definition")),
            Column("value", words("figure"), stated.unit or "number"),
            # It has no unit here: a figure of another day must not lead to the why of now.
            *([Column("before", words("figure first known"))] if before else []),
            Column("verdict", words("verdict")),
        ),
        tuple(_plain(row, words) for row in rows),
        _chart(check, stated, before, words) if known else None,
        questions=tuple(row.question or Question("") for row in rows),
        edition=judgement.now.edition or "",
        template="specification",
        about=Specified(check, _said(check, stated), moves, rows, before),
    )


def _said(check: Check, stated: Figure) -> str:
    return comparison_in_words(check.states, stated.unit) if check.states else ""


def _chart(check: Check, stated: Figure, before: Reading | None, words: Words) -> Chart:
    said: tuple[Said, ...] = ()
    if check.states:
        within = parse(check.states)
        said = (Said(words("said to be {states}", states=words.said(_said(check, stated))), within.low, within.high),)
    beside = "before" if before else None
    return Chart(Mark.SPECIFICATION, "definition", "value", stated.unit, beside=beside, verdict="verdict", said=said)


def _rows(judgement: Judgement, check: Check, stated: Figure, before: Reading | None) -> Iterator[Defined]:
    claim = judgement.claim
    counts = {
        other.name: change_in_words(other, dimension_title) for other in (*claim.also, *claim.parts, *claim.context)
    }
    earlier = {outcome.definition: figure.value for outcome, figure in before.of(stated.check)} if before else {}
    for outcome, found in judgement.now.of(stated.check):
        question = found.question if found.question and found.counted is not None else None
        yield Defined(
            outcome,
            found,
            earlier.get(outcome.definition),
            counts.get(outcome.definition, check_in_words(check, dimension_title)),
            retold(found.because, check.states, stated.unit),
            question,
        )


def _plain(row: Defined, words: Words) -> dict[str, Any]:
    return {
        "definition": words(row.outcome.definition),
        "value": row.now.value,
        "before": row.before,
        "verdict": row.verdict,
    }


def _before(judgement: Judgement, check: str) -> Reading | None:
    """The first reading that gave figures, where any of them is another now."""
    reading = judgement.earliest or judgement.then
    told = {outcome.definition: found.value for outcome, found in reading.of(check) if found.value is not None}
    now = {outcome.definition: found.value for outcome, found in judgement.now.of(check)}
    return None if all(now.get(name) == value for name, value in told.items()) else reading
