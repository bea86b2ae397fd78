"""Cells of one table are read alike: where figures show what most of them are, the others are judged by it too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tallystick.articles.agreeing import is_evidence, readings_by
from tallystick.articles.judged import Answered, Judging, Word, judged_question
from tallystick.articles.known import Known
from tallystick.articles.reading import Read
from tallystick.articles.wording import Asking

_LEAST, _MOST = 3, 0.75
_AS_THE_OTHERS = "read as the other numbers of its table, which are what the record has to their last digit"
Line = tuple[Answered, Read | None]


def read_alike(cells: Sequence[Line], known: Known, judging: Judging) -> Iterator[Answered]:
    """The cells of one table, each with its line read: those left are judged by the question that the others ask.

    Only where three cells at least are, to their last digit, what one question gives, and hardly any is not.
    """
    ask = _asked(cells)
    for one, its in cells:
        left = ask is not None and its is not None and one.word is Word.NOT_MATCHED
        yield _read_so(one, its, ask, known, judging) if left and ask and its else one


def _asked(cells: Sequence[Line]) -> Asking | None:
    """The question that most of the cells with evidence ask, as their figures show."""
    sure = [
        one.match.ask for one, _ in cells if one.match and one.word is Word.SUPPORTED and is_evidence(one.quantity)
    ]
    counts = Counter(id(ask) for ask in sure if ask)
    told = sum(is_evidence(one.quantity) for one, _ in cells)
    return next((ask for ask in sure if ask and counts[id(ask)] >= max(_LEAST, told * _MOST)), None)


def _read_so(answer: Answered, its: Read, ask: Asking, known: Known, judging: Judging) -> Answered:
    number = [one for one in its.quantities if one.value is not None]
    readings = [one for quantity in number[-1:] for one in readings_by(quantity, its, ask, known)]
    if len(readings) != 1:
        return answer
    found = judged_question(readings[0].match, its.before.day, judging)
    if found.word is Word.NOT_CHECKABLE:
        return answer
    beside = "; ".join(part for part in (found.beside, _AS_THE_OTHERS) if part)
    counts = judging.metric(found.match.check.metric or "").title
    return Answered(
        answer.quantity, found.word, found.because, found.match, answer.candidates, found.reading, found.figures,
        beside, counts,
    )  # fmt: skip
