"""A question of the records filled from a sentence: its filters, its days, how sure, and the claim that it makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import msgspec

from tallystick.articles.before import Window
from tallystick.articles.known import Known
from tallystick.articles.quantity import Quantity
from tallystick.articles.vocabulary import Named
from tallystick.articles.windows import Dating
from tallystick.articles.wording import Asking, Meant
from tallystick.nouns.claim import Alternative, Check, Claim
from tallystick.nouns.metric import Values

AGENCY = "agency"
FIGURE = "figure"
SHARE = "share"
UNNAMED = "it names no"
AT_BEGINNING = "at the beginning of that time"
_INFERRED = 0.85
_FEW_DAYS = timedelta(days=4)
_LATE = timedelta(days=10)
_MONTH = timedelta(days=31)
NEAR = timedelta(days=21)


@dataclass(frozen=True)
class Filled:
    """What a sentence says to a question: `names` are those it used, `meant` what they stand for.

    `against` says why it cannot be asked, if so.
    """

    names: tuple[Named, ...] = ()
    meant: tuple[Meant, ...] = ()
    where: Mapping[str, Values] = field(default_factory=dict)
    window: Window | None = None
    sure: float = 1.0
    against: str = ""


def filled(ask: Asking, names: Sequence[Named], carried: Sequence[Named], periods: Sequence[Dating],
           known: Known) -> Filled:  # fmt: skip
    """The question's filters and days, as the sentence names them or the ones before it."""
    made = Filled()
    for fill in (_agencies, _about, _taken):
        made = fill(ask, made, names, carried, known)
        if made.against:
            return made
    return made if ask.needs else _dated(ask, made, periods, known)


def _agencies(ask: Asking, made: Filled, names: Sequence[Named], carried: Sequence[Named], _: Known) -> Filled:
    """Whether the agencies named are those that the figures are of."""
    if not ask.who:
        return made
    here = [one for one in names if one.dimension == AGENCY]
    said = here or [one for one in carried if one.dimension == AGENCY]
    others = sorted({one.value for one in said} - set(ask.who))
    if others and here:
        return replace(
            made, against=f"the figures held are of {', '.join(ask.who)}, and it names {', '.join(others)}"
        )
    sure = 1.0 if here else 0.9 if said and not others else _INFERRED
    return replace(made, names=(*made.names, *here), sure=min(made.sure, sure))


def _about(ask: Asking, made: Filled, names: Sequence[Named], carried: Sequence[Named], _: Known) -> Filled:
    """Whether what the question is about is named, here or last before."""
    for dimension, value in ask.about.items():
        here = [one for one in names if one.dimension == dimension]
        said = here or [one for one in carried if one.dimension == dimension]
        if value not in {one.value for one in said}:
            return replace(made, against=f"{UNNAMED} {dimension.replace('_', ' ')}")
        made = replace(made, names=(*made.names, *here), sure=made.sure if here else made.sure * _INFERRED)
    return made


def _taken(ask: Asking, made: Filled, names: Sequence[Named], carried: Sequence[Named], known: Known) -> Filled:
    """Each dimension that the question takes, filled with the one value that is named of it."""
    for dimension, must in ask.takes.items():
        here = [one for one in names if one.dimension == dimension]
        said = here or [one for one in carried if one.dimension == dimension and must == "must"]
        values = {value for one in said for value in one.values}
        if not values and must == "must":
            return replace(made, against=f"{UNNAMED} {dimension.replace('_', ' ')}")
        if len(values) > 1:
            return replace(made, against=f"it may be about several: {', '.join(sorted(values)[:4])}")
        if values:
            value = values.pop()
            instead = ask.instead.get(dimension, {}).get(value)
            meant = Meant(where=instead) if instead else known.names.meant(dimension, value)
            sure = (1.0 if here else _INFERRED) * (1.0 if all(one.whole for one in said) else _INFERRED)
            made = replace(
                made,
                names=(*made.names, *here),
                meant=(*made.meant, meant),
                where={**made.where, **meant.where},
                sure=min(made.sure, sure),
            )
    return replace(made, where={**ask.where, **made.where})


def _dated(ask: Asking, made: Filled, periods: Sequence[Dating], known: Known) -> Filled:
    """With the days that the question is about."""
    if not periods:
        unsaid = ask.when in ("must", "day", "fiscal year", "over", "inventory")
        return replace(made, against="of which time is not said") if unsaid else made
    if ask.when == "no":
        return replace(made, against="it speaks of a time, and the figure has none")
    windows = {one.window for one in periods}
    if None in windows:
        return replace(made, against=next(one.because for one in periods if one.window is None))
    if len(windows) > 1:
        return replace(made, against="it speaks of several times")
    window = windows.pop() or Window(None, date.max)
    if window.moment and ask.when != "day":
        return replace(made, against="it speaks of an edge of that time, and the figures are over all of it")
    made = replace(made, window=window, sure=made.sure * (1.0 if window.certain else 0.9))
    if ask.when == "day":
        return _of_a_day(made, window)
    if ask.when == "over":
        return _of_its_days(ask, made, window)
    if ask.when == "fiscal year":
        return _of_a_year(made, window)
    if ask.when == "inventory":
        return _of_an_inventory(made, window)
    if window.start is None:
        return replace(made, against="from when on is not said")
    by_month = known.metrics[ask.metric or ""].on == "month"
    if by_month and not (window.start.day == 1 and (window.end + timedelta(days=1)).day == 1):
        return replace(made, against="the figures are of whole months, and it speaks of days within them")
    return made


def _of_its_days(ask: Asking, made: Filled, window: Window) -> Filled:
    """Where the metric counts the days of one stated time alone."""
    same = ask.start and ask.end and window.start and abs(window.start - ask.start) <= _FEW_DAYS
    if same and ask.end and abs(window.end - ask.end) <= _LATE:
        return made
    return replace(made, against=f"the figure is of {ask.start} to {ask.end}, and it speaks of another time")


def _of_a_day(made: Filled, window: Window) -> Filled:
    if window.start and window.end - window.start > _MONTH:
        return replace(made, against="how many there are is of a day, and it speaks of a longer time")
    return made


def _of_a_year(made: Filled, window: Window) -> Filled:
    if not window.fiscal_year and not _so_far(window):
        return replace(made, against="the figures are of fiscal years, and it speaks of another time")
    year = window.fiscal_year or str(window.end.year + (window.end.month >= 10))
    return replace(made, where={**made.where, "fiscal_year": year})


def _of_an_inventory(made: Filled, window: Window) -> Filled:
    """Of the inventory of a year, which is made at its end."""
    start = window.start
    if start is None or (start, window.end) != (date(start.year, 1, 1), date(start.year, 12, 31)):
        return replace(made, against="inventories are of calendar years, and it speaks of another time")
    return replace(made, where={**made.where, "inventory_year": str(start.year)})


def _so_far(window: Window) -> bool:
    """Whether it is a fiscal year that is not over."""
    start = window.start
    return start is not None and (start.month, start.day) == (10, 1) and window.end <= date(start.year + 1, 9, 30)


def claim_of(ask: Asking, made: Filled, said: str, quantity: Quantity, on: date, known: Known) -> Claim:
    """The claim that the number makes by this question, said on a day, judged as any other claim is."""
    if ask.needs is not None:
        check = Check(name=FIGURE, needs=ask.needs, settled_by=ask.settled_by, states=quantity.states)
        return _claim(said, on, [check], [])
    start, end = _days(ask, made.window) if known.metrics[ask.metric or ""].on else (None, None)
    check = Check(
        name=SHARE if ask.rest else FIGURE,
        metric=ask.metric,
        where=dict(made.where),
        start=start,
        end=end,
        states=None if ask.rest else quantity.states,
        settled_by=ask.settled_by,
    )
    if ask.rest:
        rest = Check(name=FIGURE, arithmetic=f"1 - {SHARE}", states=quantity.states, settled_by=ask.settled_by)
        return _claim(said, on, [check, rest], [])
    return _claim(said, on, [check], [_undated(one, known) for one in _also(ask, made, check)])


def _claim(said: str, on: date, checks: list[Check], also: list[Alternative]) -> Claim:
    return Claim(said=said, by="article", on=on, citation="the article", checks=checks, also=also)


def _days(ask: Asking, window: Window | None) -> tuple[date | None, date | None]:
    if window is None or ask.when in ("no", "over", "inventory"):
        return None, None
    if ask.when == "fiscal year":
        return None, None if window.fiscal_year else window.end
    # a list or count of weeks before says nothing of the day
    return ((window.start or window.end) - NEAR if ask.when == "day" else window.start), window.end


def _also(ask: Asking, made: Filled, check: Check) -> Iterator[Alternative]:
    """Every other definition: of the question, of what its names stand for, and of a month's first day."""
    for other in (*ask.also, *ask.loosely):
        yield _laid_over(other, check.where, ())
    for meant in made.meant:
        for other in meant.also:
            yield _laid_over(other, check.where, tuple(meant.where))
    window = made.window
    if ask.when == "day" and window and window.start and window.end - window.start > _FEW_DAYS:
        start = window.start
        yield Alternative(name=AT_BEGINNING, start=start - NEAR, end=start + _FEW_DAYS, because="no day is said")


def _undated(other: Alternative, known: Known) -> Alternative:
    """Without days where the other metric has none to cut by."""
    if other.metric is None or known.metrics[other.metric].on is not None:
        return other
    return msgspec.structs.replace(other, start=None, end=None)


def _laid_over(other: Alternative, where: Mapping[str, Values], without: tuple[str, ...]) -> Alternative:
    """The alternative with its filters laid over the stated ones; an empty list leaves a filter out."""
    if other.where is None:
        return other
    left: dict[str, Any] = {name: value for name, value in where.items() if name not in without}
    laid = {name: value for name, value in {**left, **other.where}.items() if value}
    return msgspec.structs.replace(other, where=laid)
