"""Says a judgement in words and rows, and shows it in a notebook; the command line lays out the same."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from html import escape
from typing import Any, Self

from tallystick.nouns.claim import Alternative, Check, Claim
from tallystick.nouns.judgement import Figure, Judgement, Outcome, Range, Reading
from tallystick.nouns.metric import Question
from tallystick.views.answer import figure, question_in_words
from tallystick.views.cells import cell
from tallystick.views.comparison import comparison_in_words
from tallystick.views.words import Words


@dataclass(frozen=True)
class Caveat:
    """What must be read with figures, and in words which figures these are."""

    says: str
    beside: str


class ShownJudgement(Judgement):
    """A judgement that shows itself in a notebook."""

    @classmethod
    def of(cls, judgement: Judgement) -> Self:
        return cls(**{field.name: getattr(judgement, field.name) for field in fields(judgement)})

    def _repr_html_(self) -> str:
        """The sentence, both verdicts with their Editions, the ranges, each figure of now, and the caveats."""
        claim = self.claim
        lines = [f"<b>{escape(claim.said)}</b>", escape(f"{claim.by}, {claim.on}: {claim.citation}")]
        lines += [f"{name}: {escape(word)}; {escape(told)}" for name, word, told in verdicts(self)]
        lines += [f"{escape(one.check)}: {escape(moved(one))}" for one in self.now.ranges]
        table = _html_table([row for row in figure_rows(self) if row["known"] == "now"])
        after = [escape(f"{one.beside}: {one.says}") for one in caveats(self.now)]
        after += [f"What would settle it: {escape(what)}" for what in self.settled_by]
        return "\n".join([*map(_paragraph, lines), table, *map(_paragraph, after)])


def readings(judgement: Judgement) -> Iterator[tuple[str, Reading]]:
    """The readings by name: then, earliest where there is one, now."""
    yield "then", judgement.then
    if judgement.earliest is not None:
        yield "earliest", judgement.earliest
    yield "now", judgement.now


def verdicts(judgement: Judgement) -> Iterator[tuple[str, str, str]]:
    """Of each reading, the latest first: its name, its verdict, and its Edition in words."""
    for name, reading in reversed(list(readings(judgement))):
        yield name, reading.word, edition(reading)


def edition(reading: Reading) -> str:
    """Which Edition a reading is from, and what day it was known on or speaks for."""
    known = f", as known on {reading.known_on}" if reading.known_on else ""
    if not reading.edition:
        return f"no Edition could be asked{known}"
    return f"Edition {reading.edition}{known or f', speaks for {reading.day}'}"


def nothing_then(judgement: Judgement) -> str:
    """Why no figure that is compared was known on the day of the claim; '' where one was."""
    compared = [found for found in judgement.then.stated.figures if found.verdict is not None]
    if any(found.value is not None for found in compared):
        return ""
    reasons = dict.fromkeys(found.because for found in compared)
    if len(reasons) == 1:
        return next(iter(reasons))
    return "; ".join(f"{found.check}: {found.because}" for found in compared)


def moved(found: Range) -> str:
    """How far a figure moves between definitions, as a sentence."""
    low, high = (cell(value, found.unit, Words()) for value in (found.lowest, found.highest))
    if found.definitions == 1:
        return f"{low} under the one definition that gives a figure"
    if found.lowest == found.highest:
        return f"{low} under each of {found.definitions} definitions"
    return (
        f"from {low} ({found.lowest_definition}) to {high} ({found.highest_definition}) "
        f"over {found.definitions} definitions"
    )


def range_rows(reading: Reading) -> list[dict[str, Any]]:
    """The ranges of a reading as rows."""
    names = [field.name for field in fields(Range)]
    return [{name: getattr(one, name) for name in names} | {"in_words": moved(one)} for one in reading.ranges]


def figure_rows(judgement: Judgement) -> Iterator[dict[str, Any]]:
    """A row for each figure: reading, definition, check, value, verdict, what was asked, and how to see its rows."""
    for known, reading in readings(judgement):
        ranges = {one.check: moved(one) for one in reading.ranges}
        for check in (found.check for found in reading.stated.figures):
            for outcome, found in reading.of(check):
                yield _figure_row(known, reading, outcome, found) | {"range": ranges.get(check)}


def judgement_row(judgement: Judgement) -> dict[str, Any]:
    """The sentence, both verdicts with their Editions, how far the figures move, and what would settle it."""
    claim = judgement.claim
    return {
        "claim": claim.name,
        "on": claim.on,
        "by": claim.by,
        "then": judgement.then.word,
        "now": judgement.now.word,
        "edition_then": judgement.then.edition,
        "edition_now": judgement.now.edition,
        "said": claim.said,
        "citation": claim.citation,
        "cites": claim.cites,
        "ranges": range_rows(judgement.now),
        "settled_by": list(judgement.settled_by),
    }


def judgement_whole(judgement: Judgement) -> dict[str, Any]:
    """All of a judgement as JSON holds it."""
    return judgement_row(judgement) | {"note": judgement.claim.note, "figures": list(figure_rows(judgement))}


def _figure_row(known: str, reading: Reading, outcome: Outcome, found: Figure) -> dict[str, Any]:
    question = found.question
    return {
        "known": known,
        "known_on": reading.known_on,
        "edition": reading.edition,
        "definition": outcome.definition,
        "role": outcome.role.value,
        "check": found.check,
        "value": found.value,
        "unit": found.unit,
        "verdict": found.verdict,
        "margin": found.margin,
        "rows": found.counted,
        "because": found.because,
        "definition_because": outcome.because,
        "metric": question.metric if question else None,
        "where": question.where if question else None,
        "from": question.start if question else None,
        "to": question.end if question else None,
        "why": why_command(question, reading.known_on) if question and found.counted else None,
        "caveats": list(found.caveats),
    }


def why_command(question: Question, known_on: date | None = None) -> str:
    """The command that walks a figure to its rows, ready to paste into a shell."""
    return shlex.join(["tallystick", "why", *_asked(question, known_on)])


def show_command(question: Question, known_on: date | None = None) -> str:
    """The command that gives a figure or a breakdown, ready to paste into a shell."""
    by = [word for name in question.by for word in ("--by", name)]
    return shlex.join(["tallystick", "show", *_asked(question, known_on), *by])


def _asked(question: Question, known_on: date | None) -> list[str]:
    words = [question.metric]
    for name, wanted in question.where.items():
        values = [wanted] if isinstance(wanted, str) else wanted
        words += [word for value in values for word in ("--where", f"{name}={value}")]
    days = {"--from": question.start, "--to": question.end, "--day": question.day, "--as-known-on": known_on}
    return words + [word for option, day in days.items() if day is not None for word in (option, str(day))]


def caveats(reading: Reading) -> tuple[Caveat, ...]:
    """Every caveat of a reading once, with the figures that it is beside."""
    beside: dict[str, dict[str, list[str]]] = {}
    for check in (found.check for found in reading.stated.figures):
        for outcome, found in reading.of(check):
            for says in found.caveats:
                beside.setdefault(says, {}).setdefault(check, []).append(outcome.definition)
    return tuple(Caveat(says, _beside(reading, figures)) for says, figures in beside.items())


def _beside(reading: Reading, figures: Mapping[str, list[str]]) -> str:
    told = []
    for check, names in figures.items():
        everything = len(names) == len(reading.of(check))
        told.append(f"{check} (every figure)" if everything else f"{check} ({', '.join(names)})")
    return "; ".join(told)


def counted(claim: Claim, units: Sequence[str] = ()) -> Iterator[str]:
    """What each check counts as stated, and what each definition, part and context puts in its place, and why.

    `units` are those of the checks' figures, in their order, where they are known.
    """
    for place, check in enumerate(claim.checks, start=1):
        unit = units[place - 1] if units else ""
        said = f"; said to be {comparison_in_words(check.states, unit)}" if check.states else ""
        yield f"as stated, {check.name or f'check {place}'}: {check_in_words(check)}{said}"
    for kind, others in (("or ", claim.also), ("part, ", claim.parts), ("context, ", claim.context)):
        for other in others:
            because = f"; because {other.because}" if other.because else ""
            yield f"{kind}{other.name}: {change_in_words(other)}{because}"


def check_in_words(check: Check, title: Callable[[str], str] = str) -> str:
    """What a check counts, as a reader would say it; `title` says the names of metrics and their filters."""
    if check.metric is not None:
        each = f", each {title(check.each)}" if check.each else ""
        return f"{title(check.metric)}, {question_in_words(check.question, title)}{each}"
    return check.arithmetic or f"{check.needs}, which is not held"


def change_in_words(other: Alternative, title: Callable[[str], str] = str) -> str:
    """What another definition puts in the place of the stated one; `title` is that of `check_in_words`."""
    told = [title(other.metric)] if other.metric else []
    where = {name: wanted for name, wanted in (other.where or {}).items() if wanted}
    if where or other.start or other.end:
        asked = Question("", where, start=other.start or None, end=other.end or None)
        told.append(question_in_words(asked, title))
    if other.start is None and other.end is None:
        told.append("whatever the period")
    if other.each is not None:
        told.append(f"each {title(other.each)}" if other.each else "all together")
    return ", ".join(told) + (f" (of: {', '.join(other.of)})" if other.of else "")


def _paragraph(html: str) -> str:
    return f"<p>{html}</p>"


def _html_table(rows: list[dict[str, Any]]) -> str:
    columns = ["check", "definition", "figure", "verdict"]
    shown = [row | {"figure": figure(row["value"], row["unit"]), "verdict": verdict(row)} for row in rows]
    head = "".join(f"<th>{column}</th>" for column in columns)
    cells = ("".join(f"<td>{escape(str(row[column]))}</td>" for column in columns) for row in shown)
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table>"
    )


def verdict(row: Mapping[str, Any]) -> str:
    """The verdict on a figure, or what it is instead of a definition."""
    if row["verdict"] is not None:
        return str(row["verdict"])
    return "" if row["role"] == "definition" else f"{row['role']}, not judged"
