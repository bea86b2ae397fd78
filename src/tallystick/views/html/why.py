"""The why of a figure: its definition, what it rests on, the files, and the rows that it was counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tallystick.errors import UsageError
from tallystick.nouns.metric import Answer, Question
from tallystick.views.asked import narrowed, question_of
from tallystick.views.behind import placed_rows, telling
from tallystick.views.hidden import seen
from tallystick.views.html.render import document
from tallystick.views.judgement import show_command, why_command
from tallystick.views.turning import Turned, turned
from tallystick.views.visit import Document, Visit

FIRST_ROWS = 20
GROUPS = 100


@dataclass(frozen=True)
class Walked:
    """The first rows of one table behind a figure, by the columns that tell most of them, and how many there are."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...] = field(hash=False)
    of: int = 0
    places: bool = False


@dataclass(frozen=True)
class Group:
    """One row of a breakdown: its cells, its figure, and the question of its own; None where no filter says it."""

    cells: tuple[Any, ...]
    value: Any
    question: Question | None


def why(visit: Visit, _: Mapping[str, str]) -> Document:
    """What stands behind the figure that the parameters ask for. Raises `UnknownName`, `UsageError`."""
    question = question_of(visit.asked)
    if not question.metric:
        raise UsageError("no metric is named", next_step="name one: /why?metric=obligations&where=agency=ICE")
    answer = visit.bench.ask(question)
    if visit.links.live:
        _refuse_unheard(visit, answer)
    if question.by:
        return _of_groups(visit, answer)
    return document(
        "why.html",
        visit,
        answer=answer,
        tables=tuple(_tables(visit, question)),
        only_counted=visit.bench.only_counted(question),
        files_behind=visit.bench.releases_behind(question),
        command_line=why_command(answer.question, visit.bench.known_on),
        everything=_everything(visit, answer),
    )


def _refuse_unheard(visit: Visit, answer: Answer) -> None:
    """A name that no row has is a slip of the pen, and no zero; in a published site nobody writes a question."""
    if not any(row["value"] for row in answer.rows):
        visit.bench.refuse_unheard(answer.question)


def _tables(visit: Visit, question: Question) -> Iterator[Walked]:
    rows = placed_rows(visit.bench, question, FIRST_ROWS)
    for name, count in visit.bench.counts_behind(question).items():
        its = [row for row in rows if row.get("table", name) == name]
        columns = dict.fromkeys(column for row in its for column in row)
        shown = [column for column in telling(list(columns)) if column not in ("table", "file", "release_id")]
        yield Walked(name, tuple(shown), tuple(its), count, "file" in columns)


def _everything(visit: Visit, answer: Answer) -> str:
    """The command that gives every row: as many of each table as the longest of them has."""
    most = max([FIRST_ROWS, *visit.bench.counts_behind(answer.question).values()])
    return f"{why_command(answer.question, visit.bench.known_on)} --limit {most} --format csv"


def _of_groups(visit: Visit, answer: Answer) -> Document:
    groups = [_group(answer.question, row) for row in answer.rows]
    page: Turned[Group] = turned(groups, GROUPS, visit)
    command = show_command(answer.question, visit.bench.known_on)
    all_of_them = replace(answer.question, by=())
    of_all = None if visit.bench.metrics.lacks_period(all_of_them) else all_of_them
    return document("why_groups.html", visit, answer=answer, page=page, of_all=of_all, command_line=command)


def _group(question: Question, row: Mapping[str, Any]) -> Group:
    cells = tuple(row.get(name) for name in question.by)
    is_said = all(cell is not None and str(cell).strip() and "*" not in str(cell) for cell in cells)
    return Group(cells, seen(row, "value"), narrowed(question, row) if is_said else None)
