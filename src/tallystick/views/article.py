"""Says what was found of an article in words and rows; every view of a checked article lays out the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tallystick.articles.answered import Answered, Checked, Held, Word
from tallystick.articles.match import Match
from tallystick.articles.quantity import Kind, Quantity
from tallystick.nouns.metric import Question
from tallystick.views.answer import figure, question_in_words
from tallystick.views.judgement import edition, why_command

COLUMNS = [
    "paragraph", "page", "start", "end", "sentence", "quantity", "kind", "states", "of", "per", "found", "because",
    "claim", "check", "metric", "read_as", "sure", "value", "unit", "definitions", "edition", "why", "caveats",
    "candidates", "nearby", "sums", "apart",
]  # fmt: skip


_AGAINST = {
    Word.SUPPORTED: "as the article says: {}",
    Word.CONTRADICTED: "and not {}",
    Word.DEPENDS: "and whether that is {} depends on the definition",
    Word.WAS_RIGHT: "and not {}, which was so by what was known on that day",
}


def article_rows(found: Sequence[Checked]) -> Iterator[dict[str, Any]]:
    """A row for each number of the article, in its order; `start` and `end` are places in its plain text."""
    for one in found:
        for answer in one.answers:
            sums = [sum_.says for sum_ in one.within if answer.quantity in sum_.quantities]
            mixed = [two.says for two in one.apart if answer.quantity in two.quantities]
            yield {**_place(one, answer.quantity), **_found(answer), "sums": sums, "apart": mixed}


def _place(one: Checked, quantity: Quantity) -> dict[str, Any]:
    sentence = one.sentence
    return {
        "paragraph": sentence.paragraph,
        "page": sentence.page or None,
        "start": sentence.start + quantity.start,
        "end": sentence.start + quantity.end,
        "sentence": sentence.text,
        "quantity": quantity.text,
        "kind": quantity.kind.value,
        "states": quantity.states,
        "of": quantity.of or None,
        "per": quantity.per or None,
    }


def _found(answer: Answered) -> dict[str, Any]:
    stated = answer.figure
    return {
        "found": answer.word.value,
        "because": told(answer).partition(": ")[2],
        "claim": answer.match.claim.name or None if answer.match else None,
        "check": stated.check if stated else None,
        "metric": answer.match.check.metric if answer.match else None,
        "read_as": read_as(answer.match) if answer.match else None,
        "sure": answer.match.likeness if answer.match else None,
        "value": stated.value if stated else None,
        "unit": stated.unit if stated else None,
        "definitions": list(definitions(answer)),
        "edition": answer.reading.edition if answer.reading else None,
        "why": rows_behind(answer),
        "caveats": list(stated.caveats) if stated else [],
        "candidates": [f"{read_as(one)}: {one.against}" for one in answer.candidates],
        "nearby": nearby(answer) or None,
    }


def rows_behind(answer: Answered) -> str | None:
    """The command that walks the figure to its rows; None where there are none."""
    question = question_behind(answer)
    return why_command(question) if question else None


def question_behind(answer: Answered) -> Question | None:
    """The question whose rows stand behind the figure; None where it has none, or is not known."""
    figures = answer.reading.stated.figures if answer.reading and answer.figure else ()
    if answer.figure is None or answer.figure.value is None:
        return None
    return answer.figure.question or next((one.question for one in figures if one.question), None)


def told(answer: Answered) -> str:
    """What was found of one number, as a plain sentence with the figure and the Edition."""
    if answer.figure is None or answer.reading is None or answer.because:
        return f"{answer.word.value}: {answer.because}"
    against = _AGAINST[answer.word].format(answer.quantity.text)
    return f"{answer.word.value}: {_asked(answer)}, {against} ({edition(answer.reading)})"


def _asked(answer: Answered) -> str:
    """What the record was asked, in words (what is counted, its filters and its days), and what it has."""
    question = question_behind(answer)
    stated = _figure(answer.figures[0], answer.quantity)
    if question is None or answer.reading is None:
        return f"the record has {stated}"
    of = answer.counts.rstrip(".").split(": ")[0] or question.metric.replace("_", " ")
    if answer.figure and answer.figure.question:
        return f"{of} ({question_in_words(question)}): the record has {stated}{_rows(answer)}"
    parts = [one for one in answer.reading.stated.figures if one.question and one.value is not None]
    each = " and ".join(f"{figure(one.value, one.unit or 'number')} ({_when(one.question)})" for one in parts)
    return f"{of}: the record has {each}, which makes {stated}"


def _when(question: Question | None) -> str:
    return question_in_words(question) if question else ""


def _rows(answer: Answered) -> str:
    counted = answer.figure.counted if answer.figure else 0
    return f", from {counted:,} {'row' if counted == 1 else 'rows'}" if counted else ""


def definitions(answer: Answered) -> Iterator[str]:
    """Where the word depends on the definition: the figure under each, and whether it is as the sentence says."""
    if answer.word is not Word.DEPENDS:
        return
    for one in answer.figures:
        held = {True: "as the sentence says", False: "not as the sentence says", None: "no figure"}[one.holds]
        yield f"{one.definition}: {_figure(one, answer.quantity)}, {held}"


def _figure(held: Held, quantity: Quantity) -> str:
    """The figure, a share as a percentage and a multiple as one."""
    value = held.figure.value
    if value is not None and (held.figure.unit == "share" or quantity.kind is Kind.SHARE):
        return f"{value * 100:.1f}%"
    if value is not None and quantity.kind is Kind.MULTIPLE:
        return f"{value:.2f} times as much"
    return figure(value, held.figure.unit or "number")


def nearby(answer: Answered) -> str:
    """What the record has for the candidate nearest to the number, which judges nothing; empty where it has none."""
    near = answer.nearby
    if near is None or near.figure.value is None:
        return ""
    has = _figure(Held(near.match.check.name, near.figure, None), answer.quantity)
    return f"the nearest that the record has, which judges nothing: {read_as(near.match)}: {has}"


def nearby_question(answer: Answered) -> Question | None:
    """The question whose rows stand behind the figure nearby; None where there is none."""
    return answer.nearby.figure.question if answer.nearby else None


def candidate(match: Match) -> str:
    """A claim or question that is alike, what it says, and why it was not taken."""
    return f"alike, and not the same: {read_as(match)}: {match.against}"


def read_as(match: Match) -> str:
    """What a number was, or would be, read as: a claim that people wrote, a metric with its filters and period."""
    check = match.check
    if match.ask is None:
        return f"the claim {match.claim.name} ({match.claim.said})"
    if check.metric is None:
        return f"what would need {check.needs}" if check.needs else f"{_sum(match)}"
    return f"{check.metric}, {question_in_words(check.question)}"


def _sum(match: Match) -> str:
    """A sum over figures: the sum, and the question of each."""
    asked = (
        f"{one.name} {one.metric}, {question_in_words(one.question)}" for one in match.claim.checks if one.metric
    )
    return f"{match.check.arithmetic} of {'; '.join(asked)}"
