"""Says what was found of an article in words and rows; every view of a checked article lays out the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tallystick.articles.answered import Answered, Checked, Held, Word
from tallystick.articles.match import Match
from tallystick.articles.quantity import Quantity
from tallystick.views.answer import figure, question_in_words
from tallystick.views.judgement import edition, why_command

COLUMNS = [
    "paragraph", "page", "start", "end", "sentence", "quantity", "kind", "states", "of", "per", "found", "because",
    "claim", "check", "metric", "read_as", "sure", "value", "unit", "definitions", "edition", "why", "caveats",
    "candidates", "sums", "apart",
]  # fmt: skip


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
    }


def rows_behind(answer: Answered) -> str | None:
    """The command that walks the figure to its rows; None where there are none."""
    found = answer.figure
    return why_command(found.question) if found and found.question and found.value is not None else None


def told(answer: Answered) -> str:
    """What was found of one number, as a plain sentence with the figure and the Edition."""
    if answer.figure is None or answer.reading is None or answer.because:
        return f"{answer.word.value}: {answer.because}"
    rows = f" over {answer.figure.counted} rows" if answer.figure.counted else ""
    return f"{answer.word.value}: {_figure(answer.figures[0])}{rows} ({edition(answer.reading)})"


def definitions(answer: Answered) -> Iterator[str]:
    """Where the word depends on the definition: the figure under each, and whether it is as the sentence says."""
    if answer.word is not Word.DEPENDS:
        return
    for one in answer.figures:
        held = {True: "as the sentence says", False: "not as the sentence says", None: "no figure"}[one.holds]
        yield f"{one.definition}: {_figure(one)}, {held}"


def _figure(held: Held) -> str:
    return figure(held.figure.value, held.figure.unit or "number")


def candidate(match: Match) -> str:
    """A claim or question that is alike, what it says, and why it was not taken."""
    return f"alike, and not the same: {read_as(match)}: {match.against}"


def read_as(match: Match) -> str:
    """What a number was, or would be, read as: a claim that people wrote, a metric with its filters and period."""
    check = match.check
    if match.ask is None:
        return f"the claim {match.claim.name} ({match.claim.said})"
    if check.metric is None:
        return f"what would need {check.needs}"
    return f"{check.metric}, {question_in_words(check.question)}"
