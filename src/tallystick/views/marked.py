"""An article with its numbers marked and a note for each: what every page of it lays out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallystick.articles.answered import Answered, Checked, Word
from tallystick.articles.article import Article
from tallystick.nouns.metric import Question
from tallystick.views.article import candidate, definitions, nearby, nearby_question, question_behind, read_as, told
from tallystick.views.judgement import why_command

SHAPES = {
    Word.SUPPORTED: "holds",
    Word.CONTRADICTED: "fails",
    Word.DEPENDS: "depends on the definition",
    Word.WAS_RIGHT: "depends on the definition",
    Word.NOT_CHECKABLE: "unknown",
    Word.NOT_MATCHED: "note",
}
"""Under which shape each word is shown: that of the verdict it is nearest to."""


@dataclass(frozen=True)
class Note:
    """What is said beside a mark: its `number`, the words marked, the word for it, and all to be read with it."""

    number: int
    quantity: str
    word: str
    shape: str
    says: str
    read_as: str = ""
    definitions: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    nearby: str = ""
    question: Question | None = None
    command: str = ""
    claim: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; marked where it has a note."""

    text: str
    note: Note | None = None


@dataclass(frozen=True)
class Told:
    """A paragraph in pieces, and the notes to its marks."""

    pieces: tuple[Piece, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(piece.note for piece in self.pieces if piece.note is not None)


@dataclass(frozen=True)
class Marked:
    """The paragraphs, and how many numbers got each word."""

    paragraphs: tuple[Told, ...]
    words: tuple[tuple[str, int], ...]


def marked(article: Article, found: Sequence[Checked]) -> Marked:
    """The article with a mark at each number, in the order of the text."""
    placed = list(_placed(found))
    notes = [note for _, _, note in placed]
    counted = {word.value: sum(note.word == word.value for note in notes) for word in Word}
    words = tuple((word, count) for word, count in counted.items() if count)
    return Marked(tuple(_paragraphs(article.text, placed)), words)


def _placed(found: Sequence[Checked]) -> Iterator[tuple[int, int, Note]]:
    number = 0
    for one in found:
        for answer in one.answers:
            number += 1
            start = one.sentence.start + answer.quantity.start
            yield start, one.sentence.start + answer.quantity.end, _note(number, one, answer)


def _note(number: int, one: Checked, answer: Answered) -> Note:
    caveats = answer.figure.caveats if answer.figure else ()
    question = question_behind(answer) or nearby_question(answer)
    sums = (sum_.says for sum_ in one.within if answer.quantity in sum_.quantities)
    mixed = (f"not one thing: {two.says}" for two in one.apart if answer.quantity in two.quantities)
    beside = (answer.beside, *mixed, *(f"within the article: {says}" for says in sums), *caveats)
    return Note(
        number,
        answer.quantity.text,
        answer.word.value,
        SHAPES[answer.word],
        told(answer).partition(": ")[2],
        f"{read_as(answer.match)}; sure to {answer.match.likeness:.0%}" if answer.match else "",
        tuple(definitions(answer)),
        tuple(says for says in beside if says),
        tuple(candidate(match) for match in answer.candidates) if answer.word is Word.NOT_MATCHED else (),
        nearby(answer),
        question,
        why_command(question) if question else "",
        answer.match.claim.name if answer.match else "",
    )


def _paragraphs(text: str, placed: Sequence[tuple[int, int, Note]]) -> Iterator[Told]:
    at = 0
    for paragraph in text.split("\n\n"):
        its = [one for one in placed if at <= one[0] < at + len(paragraph)]
        yield Told(tuple(_pieces(paragraph, at, its)))
        at += len(paragraph) + 2


def _pieces(paragraph: str, at: int, placed: Sequence[tuple[int, int, Note]]) -> Iterator[Piece]:
    last = 0
    for start, end, note in placed:
        if start - at > last:
            yield Piece(paragraph[last : start - at])
        yield Piece(paragraph[start - at : end - at], note)
        last = end - at
    if last < len(paragraph):
        yield Piece(paragraph[last:])
