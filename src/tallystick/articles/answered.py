"""What the record says of an article: each sentence with its quantities, their matches, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from tallystick.articles.agreeing import agreeing
from tallystick.articles.aims import aim_in
from tallystick.articles.alike import Line, read_alike
from tallystick.articles.article import Article, Sentence
from tallystick.articles.asking import asked
from tallystick.articles.before import Before, Last
from tallystick.articles.beside import Apart, apart_in
from tallystick.articles.changed import changed
from tallystick.articles.doubt import open_to_doubt
from tallystick.articles.find import quantities
from tallystick.articles.inside import Within, within
from tallystick.articles.judged import (
    Answered,
    Found,
    Held,
    Judging,
    Word,
    another_thing,
    judged_claim,
    judged_question,
)
from tallystick.articles.known import Known
from tallystick.articles.leaning import carried_on, leaning_on
from tallystick.articles.match import Match, Said, matches, said, spoken
from tallystick.articles.nearby import MOST_NEARBY, OF_ANOTHER, nearest, with_figure
from tallystick.articles.proposing import Left, Proposer, proposed
from tallystick.articles.quantity import Kind, Quantity
from tallystick.articles.reading import AGENCY, Read, read
from tallystick.articles.spanish import gloss
from tallystick.articles.tables import read_cells
from tallystick.articles.undated import of_now
from tallystick.articles.vocabulary import Named
from tallystick.articles.windows import ITEM
from tallystick.errors import UsageError
from tallystick.nouns.claim import Claim

__all__ = ["Answered", "Checked", "Held", "Judging", "Word", "checked"]

_MOST_CANDIDATES = 3
_MOST_ASKED = 3
MOST_NUMBERS = 600
"""So many numbers of one article are matched: a list of numbers is no article, and its time is bounded."""
_FAR_OFF = "the figure is so far from the number that the words, which do not say all, must mean another thing"
_NO_LINE = "its column, its row and the line above its table do not say safely what it counts"
_MOST_LEFT_OPEN = 250
MOST_TOGETHER = 40
"""A sentence of more numbers is a list, and none of them is matched."""


@dataclass(frozen=True)
class Checked:
    """A sentence, each number of it answered, its periods, the sums it takes part in, and what it mixes up."""

    sentence: Sentence
    answers: tuple[Answered, ...]
    periods: tuple[Quantity, ...]
    within: tuple[Within, ...]
    apart: tuple[Apart, ...] = ()


def checked(article: Article, claims: Mapping[str, Claim], known: Known, judging: Judging, day: date | None = None,
            proposer: Proposer | None = None) -> tuple[Checked, ...]:  # fmt: skip
    """Every sentence of the article in which there is a quantity, with all that was found of it.

    `day` is that of the article; only what a sentence is matched to is judged. A `proposer` is asked for the numbers
    of sentences that nothing matched. What needs the day of an article that tells none is held against what is known
    now, and only what is so is told.
    """
    known = replace(known, names=known.names.with_short([sentence.text for sentence in article.sentences]))
    written, said_on = said(claims), day or article.day
    found, reads = _read_through(article, written, known, judging, said_on)
    if said_on is None:
        later, _ = _read_through(article, written, known, judging, known.day)
        found = [
            replace(one, answers=tuple(map(of_now, one.answers, other.answers)))
            for one, other in zip(found, later, strict=True)
        ]
    found = _with_proposals(found, reads, proposer, known, judging) if proposer else found
    found = list(_with_nearby(found, judging))
    mixed = apart_in(found, judging, known.names.values)
    return tuple(replace(one, apart=tuple(two for two in mixed if two.at is one.sentence)) for one in found)


def _read_through(article: Article, written: Sequence[Said], known: Known, judging: Judging, day: date | None
                  ) -> tuple[list[Checked], Mapping[int, Read]]:  # fmt: skip
    """The article read from its beginning as one of that day; beside it, by its place, how a sentence was read."""
    glosses = {one.start: told for one in article.sentences if (told := gloss(one.text))}
    sums = within([one for one in article.sentences if not one.cells and one.start not in glosses])
    found: list[Checked] = []
    reads: dict[int, Read] = {}
    lines: dict[int, list[Read | None]] = {}
    before, count, paragraph = Before(day), 0, 0
    of = main_subject([sentence.text for sentence in article.sentences], known)
    header: Last | None = None
    for sentence in article.sentences:
        if sentence.paragraph != paragraph:
            before, paragraph = replace(before, names=carried_on(before.names, of)), sentence.paragraph
            header = header if ITEM.match(sentence.text) else None
        if sentence.cells:
            row = Before(before.day, names=carried_on(before.names, of), heard=before.heard, windows=before.windows)
            cells = tuple(_of_row(sentence, row, known, judging, MOST_NUMBERS - count))
            count += len(cells)
            if cells:
                lines[len(found)] = [its for _, its in cells]
                found.append(Checked(sentence, tuple(answer for answer, _ in cells), (), ()))
            continue
        before = replace(before, last=header or before.last)
        judging = judging if count < _MOST_LEFT_OPEN else replace(judging, thorough=False)
        glossed = glosses.get(sentence.start)
        text = glossed.text if glossed else sentence.text
        its = spoken(text, before.last.text)
        understood = read(text, its.quantities, known, before)
        if its.quantities:
            numbers = [one for one in its.quantities if one.kind is not Kind.PERIOD]
            claimed = matches(its, written) if count < MOST_NUMBERS and len(numbers) <= MOST_TOGETHER else {}
            answers = tuple(
                _answered(one, claimed[one], understood, known, judging) if one in claimed else _too_many(one)
                for one in numbers
            )
            count += len(numbers)
            mine = tuple(one for one in sums if sentence in one.sentences)
            reads[len(found)] = understood
            periods = its.periods
            if glossed:
                answers = tuple(replace(one, quantity=glossed.placed(one.quantity)) for one in answers)
                periods = tuple(map(glossed.placed, periods))
            found.append(Checked(sentence, answers, periods, mine))
        before = leaning_on(before, understood, known)
        header = before.last if sentence.text.endswith(":") else header
    return _with_tables(found, lines, known, judging), reads


def _with_tables(found: Sequence[Checked], lines: Mapping[int, Sequence[Read | None]], known: Known,
                 judging: Judging) -> list[Checked]:  # fmt: skip
    """What was found, with what the rows of a table tell together."""
    made = list(found)
    for _, places in groupby(lines, lambda place: found[place].sentence.paragraph - place):
        rows = list(places)
        cells = [pair for place in rows for pair in zip(found[place].answers, lines[place], strict=True)]
        answers = read_alike(cells, known, judging)
        for place in rows:
            made[place] = replace(found[place], answers=tuple(next(answers) for _ in found[place].answers))
    return made


def _with_nearby(found: Sequence[Checked], judging: Judging) -> Iterator[Checked]:
    """What was found, with the figure of what is nearest to the first of the numbers that were not matched."""
    left = MOST_NEARBY if judging.thorough else 0
    for one in found:
        answers: list[Answered] = []
        for answer in one.answers:
            near = nearest(answer) if left else None
            left -= near is not None
            answers.append(with_figure(answer, near, judging) if near else answer)
        yield replace(one, answers=tuple(answers))


def _with_proposals(found: Sequence[Checked], reads: Mapping[int, Read], proposer: Proposer, known: Known,
                    judging: Judging) -> list[Checked]:  # fmt: skip
    """What was found, with what the proposer's matches give of the numbers that were not matched."""
    left = [
        Left(answer, reads[place])
        for place, one in enumerate(found)
        if place in reads
        for answer in one.answers
        if _is_left(answer)
    ]
    made = iter(proposed(left, proposer, known, judging))
    return [
        replace(one, answers=tuple(next(made) if _is_left(answer) else answer for answer in one.answers))
        if place in reads
        else one
        for place, one in enumerate(found)
    ]


def _is_left(answer: Answered) -> bool:
    return answer.word is Word.NOT_MATCHED


def _of_row(sentence: Sentence, before: Before, known: Known, judging: Judging, most: int) -> Iterator[Line]:
    """Each number of a table's row, answered by the line that says it in words, and that line."""
    for count, (placed, line, number) in enumerate(read_cells(sentence.text, sentence.cells)):
        if number is None or count >= most:
            yield (Answered(placed, Word.NOT_MATCHED, _NO_LINE) if count < most else _too_many(placed)), None
            continue
        its = read(line, quantities(line), known, before)
        yield replace(_answered(number, (), its, known, judging), quantity=placed), its


def main_subject(texts: Sequence[str], known: Known) -> tuple[Named, ...]:
    """What an article is about: the agency named in most sentences that name one, the one law or programme."""
    named = [known.names.names(text) for text in texts]
    of = [(AGENCY, _most([{one.value for one in some if one.dimension == AGENCY} for some in named]))]
    for dimension in sorted({name for ask in known.asks for name in ask.about}):
        values = {one.value for some in named for one in some if one.dimension == dimension}
        of.append((dimension, values.pop() if len(values) == 1 else ""))
    return tuple(Named(dimension, (value,), 0, 0) for dimension, value in of if value)


def _most(named: Sequence[set[str]]) -> str:
    """The one named in most of those that name any."""
    counts = Counter(value for some in named for value in some)
    most = counts.most_common(1)
    return most[0][0] if most and most[0][1] * 2 > sum(map(bool, named)) else ""


def _too_many(quantity: Quantity) -> Answered:
    because = (
        f"only the first {MOST_NUMBERS} numbers of a text are matched, and none of a sentence of more than "
        f"{MOST_TOGETHER}; check this part of it by itself"
    )
    return Answered(quantity, Word.NOT_MATCHED, because)


def _answered(quantity: Quantity, claimed: Sequence[Match], its: Read, known: Known, judging: Judging) -> Answered:
    try:
        found = _by_matches(quantity, claimed, its, known, judging)
    except UsageError as error:
        # one question that the record refuses leaves the rest of the article to be answered
        found = Answered(quantity, Word.NOT_MATCHED, f"read so it cannot be asked: {error.what}")
    aim = aim_in(quantity, f"{its.leans_on} {its.text}", known.aims)
    if aim is None or found.word not in (Word.NOT_MATCHED, Word.NOT_CHECKABLE):
        return found
    because = f"the register of targets has it as {aim.name}: {aim.says}; to settle it: {aim.settled_by}"
    return replace(found, word=Word.NOT_CHECKABLE, because=because)


def _by_matches(quantity: Quantity, claimed: Sequence[Match], its: Read, known: Known, judging: Judging) -> Answered:
    taken = next((one for one in claimed if not one.against), None)
    asks = (*changed(quantity, its, known), *asked(quantity, its, known))
    others = tuple(one for one in claimed if one is not taken)
    if taken is not None:
        found = judged_claim(taken, judging)
        return _told(quantity, found, (*others, *asks), judging)
    readings = [one for one in asks if not one.against]
    if not readings and (found_so := agreeing(quantity, its, known, judging)) is not None:
        return _told(quantity, found_so, (*others, *asks), judging)
    if not readings:
        candidates = tuple(sorted((*asks, *others), key=_nearness))
        because = f"nothing says this safely; the nearest is not it: {candidates[0].against}" if candidates else ""
        return Answered(quantity, Word.NOT_MATCHED, because or _unmatched(quantity), None, _few(candidates))
    judged = [judged_question(one, its.before.day, judging) for one in readings[:_MOST_ASKED]]
    near = [one for one in judged if not another_thing(one)]
    if not near:
        far = tuple(replace(one.match, against=_FAR_OFF) for one in judged)
        return Answered(
            quantity, Word.NOT_MATCHED, f"nothing says this safely: {_FAR_OFF}", None, _few((*far, *others))
        )
    contradicted = any(one.word is Word.CONTRADICTED for one in near)
    if contradicted and (why := open_to_doubt(near, quantity, its, known, judging)):
        doubted = tuple(replace(one.match, against=why) for one in near)
        because = f"nothing says this safely: {why}"
        return Answered(quantity, Word.NOT_MATCHED, because, None, _few((*doubted, *others)))
    return _of_several(quantity, near, (*others, *(one for one in asks if one.against)), judging)


def _nearness(one: Match) -> tuple[bool, bool, float]:
    """Questions before claims, those of another thing last, the surest first."""
    return one.ask is None, one.against.startswith(OF_ANOTHER), -one.likeness


def _of_several(quantity: Quantity, found: Sequence[Found], others: tuple[Match, ...], judging: Judging) -> Answered:
    """What is found where readings that are as safe agree; where they do not, none of them is taken."""
    with_figure = [one for one in found if one.figures and one.figures[0].figure.value is not None]
    known = [one for one in found if one.word is not Word.NOT_CHECKABLE] or [*with_figure, *found][:1]
    exact = [one for one in known if one.match.ask is None or one.match.ask.nearest is None] or known
    if len({one.word for one in exact}) == 1:
        rest = tuple(one.match for one in found if one is not exact[0])
        return _told(quantity, exact[0], (*rest, *others), judging)
    readings = tuple(replace(one.match, against=f"read so it is {one.word.value}") for one in exact)
    because = "it may be read in several ways, which are not judged alike"
    return Answered(quantity, Word.NOT_MATCHED, because, None, _few((*readings, *others)))


def _told(quantity: Quantity, found: Found, others: tuple[Match, ...], judging: Judging) -> Answered:
    metric = found.match.claim.checks[0].metric or found.match.check.metric
    return Answered(
        quantity, found.word, found.because, found.match, _few(others), found.reading, found.figures, found.beside,
        judging.metric(metric).title if metric and found.figures else "",
    )  # fmt: skip


def _few(candidates: tuple[Match, ...]) -> tuple[Match, ...]:
    """The first of the candidates, each reason and claim once; those taken as well say that another is as like."""
    first: dict[str, Match] = {}
    for one in candidates:
        told = one if one.against else replace(one, against="another reading is as near")
        first.setdefault(told.claim.name or f"{told.check.metric} {told.check.where} {told.against}", told)
    return tuple(list(first.values())[:_MOST_CANDIDATES])


def _unmatched(quantity: Quantity) -> str:
    """Why nothing is alike, and what record would settle it."""
    if quantity.kind is Kind.COUNT and quantity.of:
        return f"nothing held here counts {quantity.of}; a public record that does, with its day, would settle it"
    return _SETTLES[quantity.kind]


_SETTLES = {
    Kind.MONEY: "no claim or metric held here is of this money; its contract, law or account would settle it",
    Kind.COUNT: "what it counts is not said; a public record that counts it, with its day, would settle it",
    Kind.SHARE: "no claim or metric held here is of this share; the two counts that it is made of would settle it",
    Kind.RATE: "no claim or metric held here is of this rate; a count and the days it is of would settle it",
    Kind.MULTIPLE: "which two figures it compares, and of when, is not told so that a record could be asked for both",
    Kind.DURATION: "a length of time is not asked of the record; the days between which it lies would settle it",
}
