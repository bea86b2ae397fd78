"""Judges a claim: then and now, as stated and under every other definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, Self

import msgspec

from tallystick.claims.apart import set_against
from tallystick.claims.arithmetic import worked_out
from tallystick.claims.compare import parse
from tallystick.claims.each import nearest
from tallystick.nouns.claim import Alternative, Check, Claim
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Verdict
from tallystick.nouns.judgement import AS_STATED, Figure, Judgement, Outcome, Reading, Role
from tallystick.nouns.metric import Answer, Question


class Asked(Protocol):
    """What judging needs of the bench: questions answered, over the Edition of any day."""

    @property
    def known_on(self) -> date | None: ...

    @property
    def edition(self) -> Edition: ...

    @property
    def day(self) -> date:
        """The day that the Edition speaks for."""
        ...

    def at(self, known_on: date) -> Self: ...

    def ask(self, question: Question) -> Answer: ...

    def days(self, metric: str) -> Sequence[date]:
        """The days on which releases behind the metric became known, in order."""
        ...

    def apart(self, metric: str) -> Sequence[str]:
        """The dimensions by which figures of the metric are kept apart."""
        ...


def judge(claim: Claim, bench: Asked) -> Judgement:
    """The claim as known on the day it was said and as known now, and in the first Edition that could answer."""
    now = reading(claim, bench)
    then = reading(claim, bench.at(claim.on))
    first_days = _first_days(claim, bench, _known(now) - _known(then))
    earliest = None
    if then.verdict is Verdict.UNKNOWN and now.verdict is not Verdict.UNKNOWN:
        earliest = _earliest(claim, bench)
    return Judgement(claim, _with_first_days(then, first_days), now, earliest)


def reading(claim: Claim, bench: Asked) -> Reading:
    """The claim under each of its definitions in the bench's Edition; no Edition is built when none could answer."""
    stated = Outcome(AS_STATED, _figures(claim.checks, bench))
    others = (Outcome(other.name, _figures(_put(other, claim), bench), other.because) for other in claim.also)
    outcomes = (stated, *others)
    beside = (*_beside(claim, claim.parts, Role.PART, bench), *_beside(claim, claim.context, Role.CONTEXT, bench))
    asked = any(figure.question and figure.counted is not None for o in outcomes for figure in o.figures)
    edition, day = (bench.edition.id, bench.day) if asked else (None, None)
    return Reading(bench.known_on, edition, outcomes, beside, day)


def _put(other: Alternative, claim: Claim) -> list[Check]:
    return [other.put_to(check) for check in claim.checks]


def _beside(claim: Claim, others: Sequence[Alternative], role: Role, bench: Asked) -> Iterator[Outcome]:
    """The figures of parts or context: compared with nothing."""
    for other in others:
        checks = [msgspec.structs.replace(check, states=None, each="") for check in _put(other, claim)]
        yield Outcome(other.name, _figures(checks, bench), other.because, role)


def _known(found: Reading) -> set[str]:
    return {figure.check for figure in found.stated.figures if figure.value is not None}


def _days_after(claim: Claim, bench: Asked) -> list[date]:
    metrics = [check.metric for check in claim.checks if check.metric is not None]
    return sorted({day for metric in metrics for day in bench.days(metric) if day > claim.on})


def _first_days(claim: Claim, bench: Asked, wanted: set[str]) -> Mapping[str, date]:
    """Of each of the `wanted` checks, the first day after the claim whose releases give a figure."""
    found: dict[str, date] = {}
    for day in _days_after(claim, bench):
        if wanted <= found.keys():
            break
        for figure in _figures(claim.checks, bench.at(day)):
            if figure.check in wanted and figure.value is not None:
                found.setdefault(figure.check, day)
    return found


def _with_first_days(then: Reading, days: Mapping[str, date]) -> Reading:
    """The reading, each figure not known then told with the day from which it is."""

    def told(outcome: Outcome) -> Outcome:
        return replace(outcome, figures=tuple(_with_first_day(figure, days) for figure in outcome.figures))

    return replace(then, outcomes=tuple(map(told, then.outcomes)), beside=tuple(map(told, then.beside)))


def _with_first_day(figure: Figure, days: Mapping[str, date]) -> Figure:
    if figure.value is not None or figure.check not in days:
        return figure
    held = "no release held then states this" if figure.counted else "no release held then speaks of this"
    return replace(figure, because=f"{held}; the first is from {days[figure.check]}")


def _earliest(claim: Claim, bench: Asked) -> Reading | None:
    """The first Edition after the day in which the claim as stated has a verdict."""
    for day in _days_after(claim, bench):
        then = bench.at(day)
        if Outcome(AS_STATED, _figures(claim.checks, then)).verdict is not Verdict.UNKNOWN:
            return reading(claim, then)
    return None


def _figures(checks: Sequence[Check], bench: Asked) -> tuple[Figure, ...]:
    made: list[Figure] = []
    named: dict[str, Decimal | None] = {}
    for place, check in enumerate(checks, start=1):
        apart, mixed = set_against(check, checks, bench.apart)
        name = check.name or f"check {place}"
        figure = _apart(check, name, apart, mixed) if apart else _figure(check, name, named, bench)
        made.append(figure)
        if check.name:
            named[check.name] = figure.value
    return tuple(made)


def _apart(check: Check, name: str, dimension: str, because: str) -> Figure:
    return _compared(Figure(name, None, "", None, because, apart=dimension), check)


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
    if check.each and check.states:
        return _of_each(check, name, answer)
    value = None if answer.counted == 0 or answer.value is None else _decimal(answer.value)
    because = _why_unknown(answer) if value is None else f"{told(value)} {answer.unit}{_over(answer)}"
    return Figure(name, value, answer.unit, None, because, question, answer.counted, answer.caveats)


def _of_each(check: Check, name: str, answer: Answer) -> Figure:
    """The figure of the row of a breakdown that decides the check."""
    found = nearest(answer, check.each, parse(check.states or ""))
    if found.value is None:
        because = f"{found.says(check.each)}; {_why_unknown(answer)}"
    else:
        because = f"{told(found.value)} {answer.unit} {found.says(check.each)}"
    return Figure(name, found.value, answer.unit, None, because, answer.question, answer.counted, answer.caveats)


def _over(answer: Answer) -> str:
    """Over how many rows a figure is, where that may be told."""
    return "" if answer.counted is None else f" over {answer.counted} rows"


def _why_unknown(answer: Answer) -> str:
    if answer.hidden_because:
        return answer.hidden_because
    if answer.counted == 0:
        return "no row is about this" + "".join(f"; {caveat}" for caveat in answer.caveats[:1])
    return answer.caveats[0] if answer.caveats else "the rows about this do not hold what is asked"


def _compared(figure: Figure, check: Check) -> Figure:
    if check.states is None:
        return figure
    interval = parse(check.states)
    if figure.value is None:
        return replace(
            figure,
            verdict=Verdict.UNKNOWN,
            because=f"unknown whether it agrees with '{check.states}': {figure.because}",
        )
    holds = interval.holds(figure.value)
    margin = interval.margin(figure.value)
    apart = "" if margin is None else f", by a margin of {told(margin)}"
    words = "agrees" if holds else "does not agree"
    because = f"{figure.because}: {words} with '{check.states}'{apart}"
    return replace(figure, verdict=Verdict.HOLDS if holds else Verdict.FAILS, because=because, margin=margin)


def _decimal(value: Any) -> Decimal:
    """A figure as DECIMAL: money and counts are exact, a share is taken at the digits it prints."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def told(value: Decimal) -> str:
    """A number for a sentence: thousands marked, and no more than six digits after the point."""
    rounded = value if int(value.as_tuple().exponent) >= -6 else round(value, 6)
    return f"{rounded:,f}"
