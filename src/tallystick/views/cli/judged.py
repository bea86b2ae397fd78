"""Lays out judgements for people: one claim in full, or all of them as a list; no line is wider than asked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from tallystick.nouns.finding import Verdict
from tallystick.nouns.judgement import DEPENDS, Figure, Judgement, Outcome, Role
from tallystick.views.answer import figure
from tallystick.views.comparison import comparison_in_words
from tallystick.views.judgement import (
    caveats,
    counted,
    edition,
    moved,
    nothing_then,
    verdicts,
    why_command,
)

Cells = Sequence[str]
_VERDICTS = len("  unknown  depends on the definition")


def listed(judgements: Sequence[Judgement], width: int) -> str:
    """Each claim's whole name with both verdicts, its sentence below."""
    names = max([len("claim"), *(len(one.claim.name) for one in judgements)])
    lines = [_row(("claim", "then", "now"), (names, 7, 0), "")]
    for one in judgements:
        now = one.now.word if names + _VERDICTS <= width else _short(one.now.word)
        lines.append(_row((one.claim.name, _short(one.then.word), now), (names, 7, 0), ""))
        lines += _wrapped(f"{one.claim.on}  {one.claim.said}", width, 2)
    words = [one.word for one in judgements]
    sums = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))
    lines += ["", *_wrapped(f"{len(judgements)} claims now: {sums}", width)]
    editions = dict.fromkeys(edition(one.now) for one in judgements if one.now.edition)
    lines += [line for told in editions for line in _wrapped(f"Now: {told}", width)]
    return "\n".join([*lines, "One in full: tallystick claims CLAIM"])


def in_full(judgement: Judgement, width: int) -> str:
    """Sentence, verdicts, ranges, a row for each definition, what each counts, caveats, and the way to the rows."""
    parts = (_sentence, _verdicts, _figures, _definitions, _caveats, _settled, _rows_behind)
    blocks = ["\n".join(part(judgement, width)) for part in parts]
    return "\n\n".join(block for block in blocks if block)


def _sentence(judgement: Judgement, width: int) -> Iterator[str]:
    claim = judgement.claim
    yield from _wrapped(claim.said, width)
    yield from _wrapped(f"{claim.by}, {claim.on}" + (f" ({claim.day_is})" if claim.day_is else ""), width)
    if claim.cites == "record":
        yield from _wrapped("No address of the sentence is held. A public record that it speaks of:", width)
    yield claim.citation
    if claim.note:
        yield from _wrapped(claim.note, width)


def _verdicts(judgement: Judgement, width: int) -> Iterator[str]:
    nothing = nothing_then(judgement)
    for name, word, told in verdicts(judgement):
        more = f": {nothing}" if name == "then" and nothing else ""
        yield from _wrapped(f"{name + ':':<10}{word} ({told}){more}", width, 0, 10)


def _figures(judgement: Judgement, width: int) -> Iterator[str]:
    ranges = {one.check: moved(one) for one in judgement.now.ranges}
    checks = zip(judgement.claim.checks, judgement.now.stated.figures, strict=True)
    for place, (check, stated) in enumerate(checks):
        if place:
            yield ""
        said = f", said to be {comparison_in_words(check.states, stated.unit)}" if check.states else ""
        yield from _wrapped(f"{stated.check}{said}", width)
        yield from _wrapped(ranges.get(stated.check, stated.because), width, 2)
        yield from _definition_rows(judgement, stated.check, width)


def _definition_rows(judgement: Judgement, check: str, width: int) -> Iterator[str]:
    now = judgement.now.of(check)
    before, title = _before(judgement, check)
    rows = [("definition", title, "now", "verdict")]
    rows += [
        (outcome.definition, before.get(outcome.definition, ""), *_told(outcome, found)) for outcome, found in now
    ]
    columns = list(zip(*rows, strict=True))
    if not any(columns[1][1:]):
        columns = [columns[0], columns[2], columns[3]]
    widths = [max(map(len, column)) for column in columns]
    widths[0] = min(widths[0], max(16, width - 2 - sum(widths[1:]) - 2 * (len(widths) - 1)))
    for row in zip(*columns, strict=True):
        first, *more = textwrap.wrap(row[0], widths[0]) or [""]
        yield _row((first, *row[1:]), widths, "  ", right=range(1, len(row) - 1))
        yield from (f"    {line}" for line in more)


def _before(judgement: Judgement, check: str) -> tuple[dict[str, str], str]:
    """The figures known earlier by definition, where any was known and any is another now; and their heading."""
    reading, title = judgement.then, "then"
    if judgement.earliest is not None:
        reading, title = judgement.earliest, f"on {judgement.earliest.known_on}"
    told = {outcome.definition: _figure(found) for outcome, found in reading.of(check) if found.value is not None}
    now = {outcome.definition: _figure(found) for outcome, found in judgement.now.of(check)}
    return ({}, "") if all(now.get(name) == value for name, value in told.items()) else (told, title)


def _told(outcome: Outcome, found: Figure) -> tuple[str, str]:
    if outcome.role is not Role.DEFINITION:
        return _figure(found), f"{outcome.role.value}, not judged"
    by = f" by {figure(found.margin, found.unit or 'number')}" if found.verdict is Verdict.FAILS else ""
    return _figure(found), f"{found.verdict or ''}{by}"


def _figure(found: Figure) -> str:
    return figure(found.value, found.unit or "number")


def _definitions(judgement: Judgement, width: int) -> Iterator[str]:
    yield "What each counts"
    for line in counted(judgement.claim, [stated.unit for stated in judgement.now.stated.figures]):
        yield from _wrapped(line, width, 2, 4)


def _caveats(judgement: Judgement, width: int) -> Iterator[str]:
    found = caveats(judgement.now)
    if found:
        yield "To be read with the figures"
    for one in found:
        yield from _wrapped(f"{one.beside}: {one.says}", width, 2, 4)


def _settled(judgement: Judgement, width: int) -> Iterator[str]:
    for what in judgement.settled_by:
        yield from _wrapped(f"What would settle it: {what}", width, 0, 2)


def _rows_behind(judgement: Judgement, width: int) -> Iterator[str]:  # noqa: ARG001 - a command is never broken
    questions = [found.question for found in judgement.now.stated.figures if found.question and found.counted]
    if questions:
        yield "The rows behind the stated figures (of every figure: --format json)"
    yield from (f"  {why_command(question)}" for question in questions)


def _short(word: str) -> str:
    if len(word) <= 7:
        return word
    return "depends" if word == DEPENDS else "not one"


def _row(cells: Cells, widths: Sequence[int], indent: str, right: Sequence[int] = ()) -> str:
    placed = [
        f"{cell:>{width}}" if place in right else f"{cell:<{width}}"
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return (indent + "  ".join(placed)).rstrip()


def _wrapped(text: str, width: int, first: int = 0, later: int | None = None) -> list[str]:
    """Lines of `text`, none broken inside a word; those after the first are indented by `later`."""
    after = " " * (first if later is None else later)
    return textwrap.wrap(
        text,
        width,
        initial_indent=" " * first,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )
