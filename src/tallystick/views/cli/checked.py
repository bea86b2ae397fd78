"""tallystick check ARTICLE: each sentence with its quantities, what was found of them, and the way to the rows."""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tallystick.articles.answered import Answered, Checked
from tallystick.articles.article import Article
from tallystick.articles.command import Command
from tallystick.articles.taken import article_from, article_in
from tallystick.views.article import COLUMNS, article_rows, candidate, definitions, nearby, read_as, rows_behind, told
from tallystick.views.article_review import article_reviews
from tallystick.views.cli.options import Desk
from tallystick.views.cli.output import Format, Output
from tallystick.views.formats import as_json
from tallystick.views.html.alone import alone
from tallystick.views.saved import saved

STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Also:
    """What is wanted besides the answer: the article's day, and files for people, for programs, for the record."""

    on: date | None = None
    page: Path | None = None
    claim_review: Path | None = None
    save: Path | None = None
    cited: str = ""
    proposer: str | None = None


def check_article(desk: Desk, name: str, output: Output, also: Also) -> None:
    """Check the article in a file, or in standard input where its name is '-'; nothing of it is kept unasked."""
    read = article_from(sys.stdin.buffer, "standard input") if name == STANDARD_INPUT else article_in(Path(name))
    bench = desk.open_built()
    # what is written tells the name of the file, and not where it lies
    read = replace(read, day=also.on or read.day, name=Path(read.name).name)
    found = bench.articles.check(read, proposer=Command(also.proposer) if also.proposer else None)
    if also.page is not None:
        replace(output, path=also.page).send(alone(read, found, bench.edition.id, bench.day))
    if also.claim_review is not None:
        replace(output, path=also.claim_review).send(as_json(article_reviews(read, found)))
    made = saved(read, found, also.save, bench.day, also.cited) if also.save is not None else []
    if output.format is Format.TABLE:
        lines = [*_lines(read, found, output.width), *(f"written: {path}" for path in made)]
        return output.tell("\n".join(lines))
    return output.write(COLUMNS, list(article_rows(found)))


def _lines(article: Article, found: Sequence[Checked], width: int) -> Iterator[str]:
    for one in found:
        page = f", page {one.sentence.page}" if one.sentence.page else ""
        yield from _wrapped(f"[{one.sentence.paragraph}{page}] {one.sentence.text}", width, 0)
        for period in one.periods:
            yield from _wrapped(f"{period.text}: {_days(period.period)}", width, 2)
        for answer in one.answers:
            yield from _answer(answer, width)
        for sum_ in one.within:
            word = "agrees within the article" if sum_.agrees else "does not agree within the article"
            yield from _wrapped(f"{word}: {sum_.says}", width, 2)
        for mixed in one.apart:
            yield from _wrapped(f"not one thing: {mixed.says}", width, 2)
        yield ""
    words = Counter(answer.word.value for one in found for answer in one.answers)
    numbers = ", ".join(f"{count} {word}" for word, count in words.items()) or "no number"
    yield from _wrapped(f"{len(article.sentences)} sentences, {words.total()} numbers: {numbers}.", width, 0)


def _days(period: object) -> str:
    start, end = getattr(period, "start", None), getattr(period, "end", None)
    return f"{start} to {end}" if start and end else "which days these are its words alone do not say"


def _answer(answer: Answered, width: int) -> Iterator[str]:
    yield from _wrapped(f"{answer.quantity.text}: {told(answer)}", width, 2)
    if answer.match:
        yield from _wrapped(f"read as {read_as(answer.match)}, sure to {answer.match.likeness:.0%}", width, 4)
    if answer.beside:
        yield from _wrapped(answer.beside, width, 4)
    for line in definitions(answer):
        yield from _wrapped(line, width, 6)
    if answer.figure:
        for caveat in answer.figure.caveats:
            yield from _wrapped(f"to be read with it: {caveat}", width, 4)
    if command := rows_behind(answer):
        yield f"    its rows: {command}"
    if near := nearby(answer):
        yield from _wrapped(near, width, 4)
    for one in answer.candidates:
        yield from _wrapped(candidate(one), width, 4)


def _wrapped(text: str, width: int, indent: int) -> Iterator[str]:
    yield from textwrap.wrap(
        text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_long_words=False
    )
