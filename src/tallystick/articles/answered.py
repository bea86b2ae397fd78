"""What the record says of an article: each sentence with its quantities, their matches, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tallystick.articles.article import Article, Sentence
from tallystick.articles.inside import Within, within
from tallystick.articles.match import Match, matches, said, spoken
from tallystick.articles.quantity import Kind, Quantity
from tallystick.nouns.claim import Claim
from tallystick.nouns.judgement import Figure, Judgement, Reading, Role


class Word(StrEnum):
    """What is said of one number of a sentence."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    DEPENDS = "depends on the definition"
    WAS_RIGHT = "was right then and is not now"
    NOT_CHECKABLE = "not checkable"
    NOT_MATCHED = "not matched"


@dataclass(frozen=True)
class Held:
    """The figure under one definition, and whether it is as the sentence says; None where it is not known."""

    definition: str
    figure: Figure
    holds: bool | None


@dataclass(frozen=True)
class Answered:
    """One number of a sentence: the `word`, `because` as a sentence, the match taken (or none) and the candidates.

    `judgement` is that of the matched claim; `figures` are those of its check under each definition, the stated one
    first, as known now.
    """

    quantity: Quantity
    word: Word
    because: str
    match: Match | None = None
    candidates: tuple[Match, ...] = ()
    judgement: Judgement | None = None
    figures: tuple[Held, ...] = ()

    @property
    def figure(self) -> Figure | None:
        """The figure as stated."""
        return self.figures[0].figure if self.figures else None


@dataclass(frozen=True)
class Checked:
    """A sentence, each number of it answered, its periods, and the sums that it takes part in."""

    sentence: Sentence
    answers: tuple[Answered, ...]
    periods: tuple[Quantity, ...]
    within: tuple[Within, ...]


Judge = Callable[[str], Judgement]


def checked(article: Article, claims: Mapping[str, Claim], judge: Judge) -> tuple[Checked, ...]:
    """Every sentence of the article in which there is a quantity, with all that was found of it.

    `judge` gives the judgement of a claim by its name; only claims that a sentence is matched to are judged.
    """
    known = said(claims)
    sums = within(article.sentences)
    found = []
    before = ""
    for sentence in article.sentences:
        its = spoken(sentence.text, before)
        if its.quantities:
            answers = tuple(_answered(*pair, judge) for pair in matches(its, known).items())
            found.append(
                Checked(sentence, answers, its.periods, tuple(one for one in sums if sentence in one.sentences))
            )
        before = sentence.text
    return tuple(found)


def _answered(quantity: Quantity, found: Sequence[Match], judge: Judge) -> Answered:
    taken = next((one for one in found if not one.against), None)
    candidates = tuple(one for one in found if one is not taken)
    if taken is None:
        because = f"nothing written down here says this; the nearest is not it: {found[0].against}" if found else ""
        return Answered(quantity, Word.NOT_MATCHED, because or _unmatched(quantity), None, candidates)
    judgement = judge(taken.claim.name)
    now = _held(taken, judgement.now)
    word, because = _judged(taken, now, judgement)
    return Answered(quantity, word, because, taken, candidates, judgement, now)


def _unmatched(quantity: Quantity) -> str:
    kind = "an amount" if quantity.kind is Kind.MONEY else f"a {quantity.kind}"
    return f"no claim written down here is of such {kind}; one with a metric that counts it would settle it"


def _judged(match: Match, now: Sequence[Held], judgement: Judgement) -> tuple[Word, str]:
    """The word for the sentence's own comparison, held against the claim's figures under each definition."""
    stated = now[0]
    if stated.holds is None:
        settled = match.check.settled_by or "; ".join(judgement.settled_by) or "a release that states it"
        return Word.NOT_CHECKABLE, f"{stated.figure.because}; to settle it: {settled}"
    if any(one.holds is not None and one.holds is not stated.holds for one in now):
        return Word.DEPENDS, ""
    if stated.holds:
        return Word.SUPPORTED, ""
    return Word.WAS_RIGHT if _held(match, judgement.then)[0].holds else Word.CONTRADICTED, ""


def _held(match: Match, reading: Reading) -> tuple[Held, ...]:
    """The matched check's figure under each definition that is about it, the stated one first."""
    name = reading.stated.figures[match.claim.checks.index(match.check)].check
    return tuple(
        Held(outcome.definition, figure, _holds(match.quantity, figure))
        for outcome, figure in reading.of(name)
        if outcome.role is Role.DEFINITION
    )


def _holds(quantity: Quantity, figure: Figure) -> bool | None:
    return None if figure.value is None else quantity.interval.holds(figure.value)
