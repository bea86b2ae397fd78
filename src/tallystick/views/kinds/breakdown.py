"""A metric broken down: a table, and bars, a line or areas of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec

from tallystick.errors import UsageError
from tallystick.nouns.metric import Answer
from tallystick.views.hidden import HIDDEN, is_hidden
from tallystick.views.kinds.beside import by_figure, flat
from tallystick.views.kinds.held import answers_nothing, nothing
from tallystick.views.kinds.kind import Asking
from tallystick.views.kinds.labels import called, label, named
from tallystick.views.kinds.summary import BLANK, asked_in_words, is_over_time, summary
from tallystick.views.kinds.titles import dimension_title, metric_title
from tallystick.views.shown import Chart, Column, Mark, Shown
from tallystick.views.visit import Visit
from tallystick.views.words import Words

FIGURE = "value"
_METRIC = "metric"
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Cut:
    """That only some rows are shown, of so many in `all`."""

    all: int


class Breakdown(Asking, frozen=True, kw_only=True):
    """`by` are the breakdowns: the first lies along the chart, a second tells its series apart.

    `also` are other metrics of the same question, a column each: the same period a year before, say. The first of
    them is drawn beside the figures when `beside` is true; when `together` is, each is a series of the chart: parts
    of one whole, say, of one unit and by one breakdown. `draw` is how: bars, line or areas; a table alone where it
    is left out. Rows stand in their order in time, else the largest first, unless `sort` says `value` or `name`;
    `top` leaves so many of the first, in time of the last; `only_known` leaves out rows whose figure is unknown, and
    says how many there are. `above` is the sentence about the `{places}` of which the figure beside is the larger,
    said where there are any.
    """

    by: list[str]
    also: list[str] = msgspec.field(default_factory=list)
    draw: Mark | None = None
    beside: bool = False
    together: bool = False
    sort: Literal["value", "name"] | None = None
    top: int | None = None
    only_known: bool = False
    above: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= len(self.by) <= 2:
            raise ValueError("`by` names one breakdown or two")
        if self.beside and not self.also:
            raise ValueError("`beside` draws the first metric of `also`: name one")
        if self.together and (self.beside or not self.also or len(self.by) > 1):
            raise ValueError(
                "`together` draws the metrics of `also` as series: name some, one breakdown, no `beside`"
            )
        if self.above and not (self.beside and "{places}" in self.above):
            raise ValueError("`above` says `{places}`, and stands with `beside`")

    def shown(self, visit: Visit) -> Shown:
        """The rows of the answer with their chart; where nothing held answers, that, and what would."""
        return self.shown_of(visit, visit.bench.ask(self.question(visit.bench, tuple(self.by))))

    def shown_of(self, visit: Visit, answer: Answer) -> Shown:
        """The same, of an answer that was asked for before."""
        bench = visit.bench
        if answers_nothing(answer):
            return nothing(visit, answer, self.title)
        others = [bench.ask(replace(answer.question, metric=metric)) for metric in self.also]
        every = named(bench, self.by, self._ordered(beside(answer, others)))
        kept = tuple(row for row in every if row[FIGURE] is not None) if self.only_known else every
        rows = kept[-self.top :] if self.top and self._is_in_time else kept[: self.top]
        chart = self._chart(answer)
        drawn = self._apart(answer, others, rows, visit.words) if self.together else ()
        words = visit.words
        named_ = [(words(metric_title(one.question.metric, one.unit)), one.caveats) for one in (answer, *others)]
        notes = by_figure(named_, words)
        return Shown(
            self.title or answer.definition.split("\n", 1)[0].rstrip("."),
            self._says(visit, answer, every, rows, drawn),
            tuple(self._columns(answer, others)),
            rows,
            chart if self.draw else None,
            flat(notes),
            (answer.question,),
            answer.edition,
            about=Cut(len(every)) if len(rows) < len(every) else None,
            beside=notes if others else (),
            drawn=drawn,
        )

    @property
    def _is_in_time(self) -> bool:
        return is_over_time(self.by[0]) and self.sort != "value"

    def _ordered(self, rows: Rows) -> Rows:
        """In their order in time or by name, else the largest first: what is unknown comes last."""
        if self._is_in_time or self.sort == "name":
            return rows
        return sorted(rows, key=lambda row: (row[FIGURE] is None, -(row[FIGURE] or 0)))

    def _columns(self, answer: Answer, others: Sequence[Answer]) -> Sequence[Column]:
        heads = [Column(label(name), dimension_title(name)) for name in self.by]
        figures = [(FIGURE, answer), *((one.question.metric, one) for one in others)]
        return [
            *heads,
            *(
                Column(name, metric_title(one.question.metric, one.unit), one.unit, one.question)
                for name, one in figures
            ),
        ]

    def _apart(
        self, answer: Answer, others: Sequence[Answer], rows: Rows, words: Words
    ) -> tuple[dict[str, Any], ...]:
        """A row for each figure of a row, by what its metric is called. Raises `UsageError` for several units."""
        if odd := [one.question.metric for one in others if one.unit != answer.unit]:
            raise UsageError(
                f"{odd[0]} is of another unit than {self.metric}, and cannot be drawn together with it",
                next_step="leave out together, or name metrics of one unit",
            )
        along = label(self.by[0])
        figures = [(FIGURE, answer), *((one.question.metric, one) for one in others)]
        titles = _told_apart([words(metric_title(one.question.metric, one.unit)) for _, one in figures])
        return tuple(
            {along: row[along], FIGURE: row[name], _METRIC: title, HIDDEN: is_hidden(row, name)}
            for (name, _), title in zip(figures, titles, strict=True)
            for row in rows
        )

    def _chart(self, answer: Answer) -> Chart:
        series = _METRIC if self.together else label(self.by[1]) if len(self.by) > 1 else None
        second = self.also[0] if self.beside else None
        along = label(self.by[0])
        return Chart(self.draw or Mark.BARS, along, FIGURE, answer.unit, series, second, not_whole=answer.not_whole)

    def _says(self, visit: Visit, answer: Answer, every: Rows, shown: Rows, drawn: Rows) -> str:
        """The summary is of the rows that are shown, so that it names nothing that a reader cannot find here."""
        words = visit.words
        told = [asked_in_words(called(visit.bench, answer.question), words)]
        if len(shown) < len(every):
            told.append(words("{count} of {all} rows are shown; of these:", count=len(shown), all=len(every)))
        told.append(summary(self._chart(answer), drawn or shown, words))
        told += _left_out(words, every, shown)
        larger = [row for row in shown if self.above and _is_larger(row[self.also[0]], row[FIGURE])]
        if larger:
            told.append(words(self.above, places=", ".join(str(row[label(self.by[0])]) for row in larger)))
        return " ".join(filter(None, told))


def _left_out(words: Words, every: Rows, shown: Rows) -> Iterator[str]:
    """How many of the rows that are not shown have no figure."""
    hidden, absent = (
        sum(map(lacks, every)) - sum(map(lacks, shown))
        for lacks in (lambda row: is_hidden(row, FIGURE), lambda row: row[FIGURE] is None)
    )
    if absent > hidden:
        yield words("{count} that are not shown are unknown.", count=absent - hidden)
    if hidden:
        yield words("{count} that are not shown are hidden.", count=hidden)


def _told_apart(titles: Sequence[str]) -> list[str]:
    """Titles without the unit after a comma and without the words that all of them begin with."""
    every = [title.rpartition(", ")[0].split() or title.split() for title in titles]
    while all(len(words) > 1 for words in every) and len({words[0] for words in every}) == 1:
        every = [words[1:] for words in every]
    return [" ".join(words) for words in every]


def _is_larger(second: Any, first: Any) -> bool:
    return None not in (second, first) and BLANK not in (second, first) and second > first


def beside(answer: Answer, others: Sequence[Answer]) -> Rows:
    """The rows of an answer with those of others to the same breakdown: each other's under its metric's name.

    A group that another has no row of is blank there: nothing of it is counted, and nobody said zero.
    """
    by = answer.question.by
    found = [(one.question.metric, {tuple(row[name] for name in by): row for row in one.rows}) for one in others]
    made = []
    for row in answer.rows:
        its = {metric: rows.get(tuple(row[name] for name in by), {"value": BLANK}) for metric, rows in found}
        hidden = [FIGURE] * is_hidden(row, FIGURE) + [name for name, one in its.items() if is_hidden(one, "value")]
        made.append({**row, **{name: one["value"] for name, one in its.items()}, HIDDEN: tuple(hidden)})
    return made
