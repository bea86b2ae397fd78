"""Fills a sheet: finds its subject, asks its metrics, says of each unknown why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from tallystick.errors import RecordError, UnknownName, UsageError
from tallystick.nouns.edition import Edition
from tallystick.nouns.metric import Answer, Question, Values
from tallystick.nouns.release import Release
from tallystick.nouns.sheet import Asks, Filled, FilledSheet, Over, Rests, Sheet
from tallystick.sheets.quarters import Quarter

Span = tuple[date | None, date | None]


class Asked(Protocol):
    """What filling needs of the bench."""

    @property
    def known_on(self) -> date | None: ...

    @property
    def edition(self) -> Edition: ...

    @property
    def day(self) -> date: ...

    def ask(self, question: Question) -> Answer: ...

    def table(self, name: str) -> Sequence[dict[str, Any]]: ...

    def span(self, question: Question) -> Span | None:
        """The first and last day of the rows that the filters of a question let through; None when there are none."""
        ...

    def releases_behind(self, question: Question) -> tuple[Release, ...]: ...


def filled(sheet: Sheet, words: Sequence[str], quarter: Quarter | None, bench: Asked) -> FilledSheet:
    """The sheet about what `words` name. Raises `UnknownName` with near names, `UsageError` for too few words."""
    subject = found(sheet, words, bench)
    parts = tuple(
        (part, tuple(_filled(asks, subject, quarter, bench) for asks in part.figures)) for part in sheet.parts
    )
    return FilledSheet(sheet, subject, bench.edition.id, bench.day, quarter.name if quarter else None, parts)


def found(sheet: Sheet, words: Sequence[str], bench: Asked) -> dict[str, Any]:
    """The one row that the words name: each in full, or without what follows its first blank (Collier County)."""
    if len(words) != len(sheet.subject.named_by):
        wanted = " and ".join(columns[-1].replace("_", " ") for columns in sheet.subject.named_by)
        raise UsageError(
            f"the sheet '{sheet.name}' is named by {wanted}", next_step="give each as one word or in quotes"
        )
    rows = list(bench.table(sheet.subject.table))
    for word, columns in zip(words, sheet.subject.named_by, strict=True):
        exact = [row for row in rows if _is(word, row, columns)]
        near = exact or [row for row in rows if _begins(word, row, columns)]
        if not near:
            raise UnknownName(
                columns[-1].replace("_", " "), word, {str(row[name]) for row in rows for name in columns}
            )
        rows = near
    if len(rows) > 1:
        told = ", ".join(str(row[sheet.subject.named_by[-1][-1]]) for row in rows[:6])
        raise UsageError(f"'{' '.join(words)}' is not one but {len(rows)}", next_step=f"name one of them: {told}")
    return rows[0]


def _is(word: str, row: dict[str, Any], columns: Sequence[str]) -> bool:
    return any(str(row[name] or "").casefold() == word.casefold() for name in columns)


def _begins(word: str, row: dict[str, Any], columns: Sequence[str]) -> bool:
    return any(str(row[name] or "").casefold().startswith(f"{word.casefold()} ") for name in columns)


def _filled(asks: Asks, subject: dict[str, Any], quarter: Quarter | None, bench: Asked) -> Filled:
    if asks.metric is None:
        return Filled(asks, "", (), f"{asks.needs} is not held")
    question = _question(asks, subject, quarter)
    if question is None:
        return Filled(asks, "", (), "the place has no name that the figure could be asked by")
    answer = bench.ask(question)
    known = answer.counted != 0 and any(row["value"] is not None for row in answer.rows)
    rows = answer.rows if known else ()
    because = "" if known else _why_unknown(answer, bench)
    rests = _rests_on(bench.releases_behind(question)) if known or answer.counted else ()
    return Filled(asks, answer.unit, rows, because, question, answer.counted, answer.caveats, rests)


def _question(asks: Asks, subject: dict[str, Any], quarter: Quarter | None) -> Question | None:
    """The figure's question about this subject; None where a column that it is asked by is blank there."""
    names = {name: cell for name, cell in subject.items() if cell is not None}
    if quarter is not None:
        names |= {"quarter": quarter.name, "fiscal_year": str(quarter.fiscal_year)}
    try:
        where = {dimension: _put(wanted, names) for dimension, wanted in asks.where.items()}
    except KeyError as error:
        if error.args[0] in subject:
            return None
        raise RecordError(f"the figure '{asks.name}' asks for {error}, which the subject has not") from error
    start, end = _days(asks.over, quarter)
    return Question(str(asks.metric), where, tuple(asks.by), start, end)


def _put(wanted: Values, names: dict[str, Any]) -> Values:
    return wanted.format_map(names) if isinstance(wanted, str) else [one.format_map(names) for one in wanted]


def _days(over: Over, quarter: Quarter | None) -> Span:
    if quarter is None:
        return None, None
    match over:
        case Over.QUARTER:
            return quarter.start, quarter.end
        case Over.UNTIL:
            return None, quarter.end
        case Over.FISCAL_YEAR:
            return quarter.fiscal_year_start, quarter.end
        case Over.ALL:
            return None, None


def _why_unknown(answer: Answer, bench: Asked) -> str:
    """A sentence on what the releases held do say, where they do not say this."""
    if because := answer.unknown_because or answer.hidden_because:
        return because
    if answer.counted:
        return f"none of its {answer.counted:,} rows states it"
    span = bench.span(answer.question)
    if span is None:
        every = bench.span(Question(answer.question.metric))
        held = "" if every is None else f", which speak of {_days_in_words(every)}," if every[0] else ""
        return (
            "no release held says anything of it" if every is None else f"the releases held{held} have no row of it"
        )
    return (
        f"the releases held speak of {_days_in_words(span)}" if span[0] else "no release held says this of the period"
    )


def _days_in_words(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _rests_on(releases: Sequence[Release]) -> tuple[Rests, ...]:
    by_source: dict[str, list[Release]] = {}
    for release in releases:
        by_source.setdefault(release.source, []).append(release)
    days = {source: [release.speaks_for for release in its if release.is_dated] for source, its in by_source.items()}
    return tuple(
        Rests(source, len(its), min(days[source], default=None), max(days[source], default=None))
        for source, its in sorted(by_source.items())
    )
