"""Matches that something else may propose, a language model for one, for numbers that the records' words leave.

Nothing is asked unless a proposer is given; it may propose and never judge. What it proposes is a metric, filters and
days. Each must stand in the article by the rules that read names and days there, the metric must be of the number's
kind, and the sentence must state it: then the figure judges it, as it judges any other match. What does not pass is
told as a candidate, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Protocol

from tallystick.articles.before import Window
from tallystick.articles.filled import Filled, claim_of
from tallystick.articles.judged import Answered, Found, Judging, Word, judged_question
from tallystick.articles.known import Known
from tallystick.articles.match import Match
from tallystick.articles.quantity import Kind, Quantity
from tallystick.articles.reading import Read, ways
from tallystick.articles.wording import Asking, When
from tallystick.nouns.metric import Metric, Values

SURE = 0.5
"""How sure a proposed match is: less than any that the records' words make."""
_UNITS: Mapping[Kind, tuple[Literal["money", "count", "share", "rate"], tuple[str, ...]]] = {
    Kind.MONEY: ("money", ("USD",)),
    Kind.COUNT: ("count", ("count", "number")),
    Kind.SHARE: ("share", ("share",)),
    Kind.RATE: ("rate", ("per_day",)),
}
_YEAR = "fiscal_year"


@dataclass(frozen=True)
class Wanted:
    """A number to propose a match for: its sentence, the one before it, the number as written, and its kind."""

    id: int
    sentence: str
    before: str
    number: str
    kind: str


@dataclass(frozen=True)
class Proposal:
    """What the number `id` may ask: a metric, its filters, and the first and last day of its period."""

    id: int
    metric: str
    where: Mapping[str, Values] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None


class Proposer(Protocol):
    """Whatever proposes; `name` is told beside each number that its proposal was taken for."""

    @property
    def name(self) -> str: ...

    def propose(self, wanted: Sequence[Wanted], metrics: Mapping[str, Metric]) -> Sequence[Proposal]:
        """At most a few proposals for each number; none for one that no metric is of."""
        ...


@dataclass(frozen=True)
class Left:
    """A number that no rule matched: its answer so far, and the sentence as it was read."""

    answer: Answered
    its: Read

    @property
    def may_be_proposed(self) -> bool:
        """Whether any metric is of such a number: none is of a multiple or a length of time alone."""
        return self.answer.quantity.kind in _UNITS


def proposed(left: Sequence[Left], proposer: Proposer, known: Known, judging: Judging) -> Iterator[Answered]:
    """For each number left what was found of the proposals for it; its answer as it was where there is none."""
    wanted = [_wanted(number, one) for number, one in enumerate(left) if one.may_be_proposed]
    made = proposer.propose(wanted, known.metrics) if wanted else ()
    for number, one in enumerate(left):
        its = [proposal for proposal in made if proposal.id == number and one.may_be_proposed]
        matches = [_match(proposal, one, known) for proposal in its]
        yield _answered(one.answer, matches, proposer.name, one.its, judging)


def _wanted(number: int, one: Left) -> Wanted:
    quantity = one.answer.quantity
    return Wanted(number, one.its.text, one.its.before.last.text, quantity.text, quantity.kind.value)


def _match(proposal: Proposal, left: Left, known: Known) -> Match:
    quantity, its = left.answer.quantity, left.its
    metric = known.metrics.get(proposal.metric)
    stock = metric is not None and metric.stock
    when: When = "fiscal year" if _YEAR in proposal.where else "day" if stock else "may"
    ask = Asking(
        metric=proposal.metric, of=_UNITS[quantity.kind][0], per=quantity.per, says=[[quantity.text]], when=when
    )
    window = Window(proposal.start, proposal.end) if proposal.end is not None else None
    against = _against(proposal, metric, quantity, its)
    shown = replace(known, metrics={**known.metrics, proposal.metric: metric or _NO_METRIC})
    made = Filled(where=dict(proposal.where), window=window)
    claim = claim_of(ask, made, its.text, quantity, its.before.day or known.day, shown)
    return Match(claim, claim.checks[-1], quantity, SURE, against, ask)


_NO_METRIC = Metric("", lambda: None, (), "number", None, ())


def _against(proposal: Proposal, metric: Metric | None, quantity: Quantity, its: Read) -> str:
    """Why a proposal is not taken; empty where all of it stands in the article."""
    if metric is None:
        return "no metric has that name"
    if metric.unit not in _UNITS[quantity.kind][1] or (quantity.kind is Kind.RATE and quantity.per != "day"):
        return f"its figure is in {metric.unit}, and the number is of another kind"
    if said := sorted(ways(its, its.clause(quantity))):
        return "it is not said as so: " + ", ".join(said)
    windows = [one.window for one in its.periods if one.window] or list(its.before.last.windows)
    if unsaid := next((name for name in proposal.where if not _stands(name, proposal.where[name], its, windows)), ""):
        return f"the article does not say of which {unsaid.replace('_', ' ')}"
    if unsaid := next((name for name in sorted(_named(its) & set(metric.by)) if name not in proposal.where), ""):
        return f"it names a {unsaid.replace('_', ' ')}, and the proposal is of all"
    if metric.on is None:
        return "the figure has no days, and days are proposed" if proposal.end else ""
    if _YEAR in proposal.where:
        return ""
    spans = {(None if metric.stock else one.start, one.end) for one in windows}
    told = (None if metric.stock else proposal.start, proposal.end)
    return "" if told in spans else "the article does not speak of those days"


def _named(its: Read) -> set[str]:
    return {one.dimension for one in its.names}


def _stands(name: str, values: Values, its: Read, windows: Sequence[Window]) -> bool:
    """Whether the value is named in the sentence or was before, by the records' names; a fiscal year by its days."""
    several = [values] if isinstance(values, str) else values
    if name == _YEAR:
        return {*several} <= {one.fiscal_year for one in windows}
    said = {value for one in (*its.names, *its.before.names) if one.dimension == name for value in one.values}
    return {*several} <= said


def _answered(answer: Answered, matches: Sequence[Match], name: str, its: Read, judging: Judging) -> Answered:
    taken = [one for one in matches if not one.against]
    others = tuple(one for one in matches if one.against)
    if len(taken) != 1:
        told = tuple(replace(one, against="another proposal is as good") for one in taken)
        return replace(answer, candidates=(*others, *told, *answer.candidates)[:_MOST]) if matches else answer
    found: Found = judged_question(taken[0], its.before.day, judging)
    if found.word is Word.NOT_CHECKABLE and not found.figures:
        return replace(answer, candidates=(*others, *answer.candidates)[:_MOST])
    beside = f"proposed by {name}; the words of the records alone did not match it"
    return Answered(
        answer.quantity, found.word, found.because, taken[0], (*others, *answer.candidates)[:_MOST], found.reading,
        found.figures, "; ".join(part for part in (beside, found.beside) if part),
        judging.metric(taken[0].check.metric or "").title,
    )  # fmt: skip


_MOST = 3
