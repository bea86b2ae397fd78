"""Sentences that must stand beside a figure, so that nobody reads more into it than is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tallystick.metrics.coverage import Holdings, fiscal_year
from tallystick.metrics.cut_short import Stretch, cut_short, last_day, not_whole
from tallystick.metrics.stock import TIMES
from tallystick.nouns.metric import Metric, Question
from tallystick.nouns.process import SYNTHETIC

MOST_WARNINGS = 3

# Days after which few actions still arrive. Contract actions of civilian agencies are due three business days after
# award (FAR 4.604(b)(2)); of those that were missing from the captures of February, March and August 2026 and came in
# the next, about three in four bore a date within 30 days. USAspending publishes those of the Department of
# Defense 90 days late (USAspending, "About the data").
CIVILIAN_LAG = timedelta(days=30)
DEFENCE_LAG = timedelta(days=90)
# Sub-agencies of the Department of Defense have codes that begin so (FPDS agency codes).
_DEFENCE = ("97", "57", "17", "21")

# Years at whose start the number of rows changed because reporting did, not spending.
BREAKS = {
    2015: "the number of contract actions on record changes with fiscal year 2015 because reporting did, "
    "so counts before and after are not comparable"
}


@dataclass(frozen=True)
class Circumstances:
    """What was counted besides the figure.

    `counted` rows stand behind it; `lacking` says how many of them lack a column the metric is over; `nameless`
    how many rows, and how much money, a filter on a code could not look at because the source has no code there;
    `unmatched` the filter values that nothing in the Edition has, with near ones; `taken_on` the day of the newest
    snapshot that answers a question about a stock; `ends` the days of two snapshots that are compared, the baseline
    first, with how many rows of each are counted; `covered` how many days of the period are counted and the first
    and last of them, where a calendar says so; `span` the first and last day, or month, of all the rows held;
    `stated` the newest day that the releases of the rows counted speak for, where each states one.
    """

    counted: int
    reached: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    lacking: Mapping[str, int] | None = None
    nameless: Mapping[str, tuple[int, float]] | None = None
    unmatched: Mapping[str, Sequence[str]] | None = None
    taken_on: date | None = None
    ends: tuple[tuple[date, int], ...] = ()
    covered: tuple[int, date | None, date | None] | None = None
    span: tuple[date | None, date | None] | None = None
    stated: date | None = None


def caveats(metric: Metric, question: Question, held: Holdings, found: Circumstances) -> tuple[str, ...]:
    """Every caveat on an answer, the gravest first."""
    told = [*_made_up(question), *_missing(found, held), *_unmatched(found), *_doubts(found, held)]
    told += [*_snapshot(metric, question, found), *_whole_months(metric, question)]
    told += [*_compared(question, found), *_covered(question, found), *_outside(metric, question, found)]
    if metric.on is not None:
        told += _late(question, held, found)
    if "contract_actions" in metric.inputs:
        told += _breaks(question, held)
    if metric.unit == "count":
        told += _repeats(found, held)
    return (*told, *_lacking(found), *_nameless(found))


def _made_up(question: Question) -> list[str]:
    """That a process was made up, where one is asked for."""
    wanted = question.where.get("process", [])
    names = [wanted] if isinstance(wanted, str) else wanted
    return [
        f"{name} was made up by a generator for demonstration: it is no record of anything"
        for name in names
        if name.startswith(SYNTHETIC)
    ]


def unfilled(metric: Metric, question: Question, held: Holdings, found: Circumstances) -> tuple[str, ...]:
    """The stretches of a breakdown over time that the rows fill only in part, or in which actions still arrive."""
    if found.reached:
        years = [int(scope[-len("2025") :]) for scope in found.reached]
        first, last = date(min(years) - 1, 10, 1), held.day
        cut_off = (
            [scope[-len("2025") :] for scope in found.reached if held.says(scope)]
            if "fiscal_year" in question.by
            else []
        )
        return (*not_whole(metric, question, first, last, last - _lag(found)[1]), *dict.fromkeys(cut_off))
    if metric.to_date and found.taken_on is not None:
        return not_whole(metric, question, found.taken_on, found.taken_on, found.taken_on)
    if metric.on is None and metric.counts:
        around = [Stretch.around(held.day, time) for time in TIMES if time in question.by]
        return tuple(stretch.label for stretch in around if stretch.last > held.day)
    begins, ends = found.span or (None, None)
    if begins is None or ends is None:
        return ()
    until = last_day(metric, ends)
    stated = found.stated if found.stated is not None and found.stated >= begins else until
    return not_whole(metric, question, begins, until, min(until, stated))


def _missing(found: Circumstances, held: Holdings) -> list[str]:
    return [
        f"{held.says(scope) or f'{scope} is in no release of this Edition'}: the figure asked for is unknown"
        for scope in found.missing
    ]


def _unmatched(found: Circumstances) -> list[str]:
    return [
        f"nothing in this Edition has {value}" + (f"; near: {', '.join(near)}" if near else "")
        for value, near in (found.unmatched or {}).items()
    ]


def _snapshot(metric: Metric, question: Question, found: Circumstances) -> list[str]:
    """Which day a stock is of: that of the newest good snapshot, which may be older than the period asked about."""
    if not metric.stock or found.taken_on is None or metric.on in question.by:
        return []
    if set(question.by) & set(TIMES):
        return [f"each figure is of the newest good snapshot of its time, the last of {found.taken_on}"]
    if question.start is not None and found.taken_on < question.start:
        return [f"no good snapshot is from the period asked about: the figure is of {found.taken_on}, before it"]
    until = f" on or before {question.end}" if question.end is not None else ""
    return [f"the figure is of {found.taken_on}, the day of the newest good snapshot{until}"]


def _compared(question: Question, found: Circumstances) -> list[str]:
    """Which two snapshots a growth is between, and how many rows of each it divides."""
    if not found.ends:
        return []
    (first, then), (last, now) = found.ends
    why = "the first that is held"
    if question.start is not None and first <= question.start:
        why = f"the newest good one on or before {question.start}"
    elif question.start is not None:
        why = f"the first that is held, since none is of {question.start} or before"
    return [f"the baseline is the snapshot of {first}, {why}, with {then:,} rows; that of {last} has {now:,}"]


def _whole_months(metric: Metric, question: Question) -> list[str]:
    """A figure published by the month cannot be cut within one."""
    begins = question.start is None or question.start.day == 1
    ends = question.end is None or (question.end + timedelta(days=1)).day == 1
    if metric.on != "month" or (begins and ends):
        return []
    return ["figures are of whole months: those whose first day lies in the period asked about are counted whole"]


def _covered(question: Question, found: Circumstances) -> list[str]:
    """Over how many days a rate is, and of how many that were asked about."""
    if found.covered is None:
        return []
    days, first, last = found.covered
    if not days:
        return ["no day of the period asked about is covered by a release: the figure is unknown"]
    asked = (question.end - question.start).days + 1 if question.start and question.end else days
    of_all = f" of the {asked:,} asked about" if asked > days else ""
    return [f"over the {days:,} days{of_all} that the releases cover, from {first} to {last}"]


def _outside(metric: Metric, question: Question, found: Circumstances) -> list[str]:
    """A period or a stretch of time that reaches beyond the rows held: what lies there is unknown, and in no sum."""
    first, last = found.span or (None, None)
    if first is None or last is None:
        return []
    told = cut_short(metric, question, first, last, found.stated)
    beyond = (question.start or first) < first or (question.end or last) > last
    if metric.on != "month" and beyond:
        told.append(
            f"the rows held are of {first} to {last}: what lies outside of that is unknown and not in the figure"
        )
    return told


def _doubts(found: Circumstances, held: Holdings) -> list[str]:
    reached = [scope for scope in found.reached if scope not in found.missing]
    grave = [says for scope in reached if (says := held.says(scope))]
    lesser = held.warnings(reached)
    more = len(lesser) - MOST_WARNINGS
    return [*grave, *lesser[:MOST_WARNINGS], *([f"{more} more findings are about what this reaches"] * (more > 0))]


def _repeats(found: Circumstances, held: Holdings) -> list[str]:
    """Sums hold, since a repeat stands for a neighbour of its amount; a count of actions need not."""
    return [
        f"{rows:,} row(s) of {scope} were captured more than once; those of $0 are counted once, so a count there "
        "may be lower than the rows captured"
        for scope, rows in held.repeats(found.reached).items()
    ]


def _breaks(question: Question, held: Holdings) -> list[str]:
    years = {stretch.fiscal_year for stretch in held.stretches}
    first = fiscal_year(question.start) if question.start else min(years, default=0)
    last = fiscal_year(question.end) if question.end else max(years, default=0)
    return [says for year, says in BREAKS.items() if first < year <= last]


def _late(question: Question, held: Holdings, found: Circumstances) -> list[str]:
    """The lag note: where the period reaches into days not yet fully reported, or not yet seen."""
    if not found.reached or (question.end is None and question.start is None):
        return []
    told = []
    end = min(question.end or held.day, held.day)
    if question.end and question.end > held.day:
        told.append(f"the period asked about ends on {question.end}; this Edition speaks for {held.day}")
    defence, lag = _lag(found)
    if end > held.day - lag:
        told.append(
            f"actions after {held.day - lag} may not be fully reported yet: this Edition speaks for {held.day}, and "
            f"{'defence' if defence else 'civilian'} agencies' actions go on arriving for about {lag.days} days"
        )
    return told


def _lag(found: Circumstances) -> tuple[bool, timedelta]:
    """Whether defence agencies' actions are reached, and for how long actions go on arriving."""
    defence = any(scope.startswith(_DEFENCE) for scope in found.reached)
    return defence, DEFENCE_LAG if defence else CIVILIAN_LAG


def _lacking(found: Circumstances) -> Iterable[str]:
    return [
        f"{rows:,} of {found.counted:,} rows {_unstated(column)}"
        for column, rows in (found.lacking or {}).items()
        if rows
    ]


def _unstated(column: str) -> str:
    """What a row without a value leaves open: of `is_overdue` whether it is overdue."""
    whether = column.removeprefix("is_")
    return f"state no {_read(column)}" if whether == column else f"do not state whether one is {_read(whether)}"


def _read(column: str) -> str:
    """A column as readers call it: `ceiling_usd` is a *ceiling*."""
    return column.removesuffix("_usd").replace("_", " ")


def _nameless(found: Circumstances) -> Iterable[str]:
    return [
        f"{rows:,} more rows ({share:.1%} of the gross obligations looked at) have no {_read(column)} in their "
        "source, only a description that stands for no one code, and could not be matched"
        for column, (rows, share) in (found.nameless or {}).items()
        if rows
    ]
