"""Judges a claim: then and now, as stated and under every other definition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, Self

from tallystick.claims.arithmetic import worked_out
from tallystick.claims.compare import parse
from tallystick.nouns.claim import Check, Claim
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Verdict
from tallystick.nouns.judgement import AS_STATED, Figure, Judgement, Outcome, Reading
from tallystick.nouns.metric import Answer, Question


class Asked(Protocol):
    """What judging needs of the bench: questions answered, over the Edition of any day."""

    @property
    def known_on(self) -> date | None: ...

    @property
    def edition(self) -> Edition: ...

    def at(self, known_on: date) -> Self: ...

    def ask(self, question: Question) -> Answer: ...

    def days(self, metric: str) -> Sequence[date]:
        """The days on which releases behind the metric became known, in order."""
        ...


def judge(claim: Claim, bench: Asked) -> Judgement:
    """The claim as known on the day it was said and as known now, and in the first Edition that could answer."""
    now = reading(claim, bench)
    then = reading(claim, bench.at(claim.on))
    earliest = None
    if then.verdict is Verdict.UNKNOWN and now.verdict is not Verdict.UNKNOWN:
        earliest = _earliest(claim, bench)
    return Judgement(claim, then, now, earliest)


def reading(claim: Claim, bench: Asked) -> Reading:
    """The claim under each of its definitions in the bench's Edition; no Edition is built when none could answer."""
    definitions = [(AS_STATED, claim.checks)]
    definitions += [(other.name, [other.put_to(check) for check in claim.checks]) for other in claim.also]
    outcomes = tuple(Outcome(name, _figures(checks, bench)) for name, checks in definitions)
    asked = any(figure.question and figure.counted is not None for o in outcomes for figure in o.figures)
    return Reading(bench.known_on, bench.edition.id if asked else None, outcomes)


def _earliest(claim: Claim, bench: Asked) -> Reading | None:
    """The first Edition after the day in which the claim as stated has a verdict."""
    metrics = [check.metric for check in claim.checks if check.metric is not None]
    for day in sorted({day for metric in metrics for day in bench.days(metric) if day > claim.on}):
        then = bench.at(day)
        if Outcome(AS_STATED, _figures(claim.checks, then)).verdict is not Verdict.UNKNOWN:
            return reading(claim, then)
    return None


def _figures(checks: Sequence[Check], bench: Asked) -> tuple[Figure, ...]:
    made: list[Figure] = []
    named: dict[str, Decimal | None] = {}
    for place, check in enumerate(checks, start=1):
        figure = _figure(check, check.name or f"check {place}", named, bench)
        made.append(figure)
        if check.name:
            named[check.name] = figure.value
    return tuple(made)


def _figure(check: Check, name: str, named: dict[str, Decimal | None], bench: Asked) -> Figure:
    if check.needs is not None:
        verdict = Verdict.UNKNOWN if check.states else None
        return Figure(name, None, "", verdict, f"{check.needs} is not held; {check.settled_by} would settle it")
    if check.arithmetic is not None:
        value = worked_out(check.arithmetic, named)
        because = "a figure in it is unknown" if value is None else f"{check.arithmetic} = {told(value)}"
        return _compared(Figure(name, value, "", None, because), check)
    return _compared(_asked(check, name, bench), check)


def _asked(check: Check, name: str, bench: Asked) -> Figure:
    question = check.question
    days = bench.days(question.metric)
    if bench.known_on is not None and not any(day <= bench.known_on for day in days):
        first = f"the first release held is from {days[0]}" if days else "no release that could answer is held"
        return Figure(name, None, "", None, f"nothing was held on {bench.known_on}: {first}", question)
    answer = bench.ask(question)
    value = None if answer.counted == 0 or answer.value is None else _decimal(answer.value)
    because = f"{told(value)} {answer.unit} over {answer.counted} rows" if value is not None else _why_unknown(answer)
    return Figure(name, value, answer.unit, None, because, question, answer.counted, answer.caveats)


def _why_unknown(answer: Answer) -> str:
    if answer.counted == 0:
        return "no row is about this" + "".join(f"; {caveat}" for caveat in answer.caveats[:1])
    return answer.caveats[0] if answer.caveats else "the rows about this do not hold what is asked"


def _compared(figure: Figure, check: Check) -> Figure:
    if check.states is None:
        return figure
    interval = parse(check.states)
    if figure.value is None:
        return _with(figure, Verdict.UNKNOWN, f"unknown whether it agrees with '{check.states}': {figure.because}")
    holds = interval.holds(figure.value)
    margin = interval.margin(figure.value)
    apart = "" if margin is None else f", by a margin of {told(margin)}"
    words = "agrees" if holds else "does not agree"
    because = f"{figure.because}: {words} with '{check.states}'{apart}"
    return _with(figure, Verdict.HOLDS if holds else Verdict.FAILS, because)


def _with(figure: Figure, verdict: Verdict, because: str) -> Figure:
    return Figure(
        figure.check, figure.value, figure.unit, verdict, because, figure.question, figure.counted, figure.caveats
    )


def _decimal(value: Any) -> Decimal:
    """A figure as DECIMAL: money and counts are exact, a share is taken at the digits it prints."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def told(value: Decimal) -> str:
    """A number for a sentence: thousands marked, and no more than six digits after the point."""
    rounded = value if int(value.as_tuple().exponent) >= -6 else round(value, 6)
    return f"{rounded:,f}"
