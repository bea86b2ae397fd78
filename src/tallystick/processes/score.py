"""How forecasts turned out, once the truth is known: each beside the naive forecast of the same day.

A chance is judged by its squared distance from what happened (Brier, Monthly Weather Review 78, 1950), a quantile by
the pinball loss (Koenker and Bassett, Econometrica 46, 1978): both are smallest on average for who says what he knows
(Gneiting and Raftery, J. Amer. Statist. Assoc. 102, 2007). An interval is judged by how much of the truth lay inside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean

from tallystick.nouns.forecast import LONGEST, PARTS, WITHIN, Ahead, Flow, Forecast, Said, Score, Stay
from tallystick.processes.flows import ARRIVALS, COMPLETIONS
from tallystick.processes.inside import days_inside, inside

BRIER, PINBALL, INSIDE = "Brier", "pinball", "inside"
_OUTSIDE = 0.05
_FEWEST = 3
_WANTED = PARTS[-1] - PARTS[0]


@dataclass(frozen=True)
class _Judged:
    """One figure of a forecast of a day: what it lost, and what the naive one did."""

    measure: str
    of: str
    day: date
    model: float
    naive: float


def scores(forecasts: Sequence[Forecast], stays: Sequence[Stay]) -> tuple[Score, ...]:
    """What was lost by each measure, over all figures whose truth `stays` tell.

    A figure about so many days ahead is judged only once its unit was watched for as long, whatever became of it
    before: to judge those that are done at once would count the quick ones alone.
    """
    known = {(stay.unit, stay.visit): stay for stay in stays}
    found: dict[tuple[str, str], list[_Judged]] = defaultdict(list)
    for one in forecasts:
        for judged in (*_of_units(one, known), *_of_flows(one, stays)):
            found[judged.measure, judged.of].append(judged)
    return tuple(_score(*key, rows) for key, rows in sorted(found.items(), key=_in_order))


def _in_order(pair: tuple[tuple[str, str], list[_Judged]]) -> tuple[int, int]:
    measure, of = pair[0]
    digits = "".join(letter for letter in of if letter.isdigit())
    return (BRIER, PINBALL, INSIDE).index(measure), int(digits or 0) + 1000 * (ARRIVALS in of) + 2000 * (
        COMPLETIONS in of
    )


def _score(measure: str, of: str, rows: Sequence[_Judged]) -> Score:
    by_day: dict[date, list[float]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row.model - (_WANTED if measure == INSIDE else row.naive))
    low, high = interval({day: fmean(each) for day, each in by_day.items()}, _ahead(of))
    model, naive = fmean(row.model for row in rows), fmean(row.naive for row in rows)
    return Score(measure, of, len(rows), len(by_day), model, naive, low, high)


def _ahead(of: str) -> int:
    """How many days ahead a figure looks, at most."""
    digits = "".join(letter for letter in of if letter.isdigit())
    return int(digits) if digits else LONGEST


def interval(of_days: Mapping[date, float], ahead: int) -> tuple[float | None, float | None]:
    """The 95 percent interval of the mean of a figure over days, each of which looks so many days ahead.

    Two days look in part at the same truth as long as they lie closer together than that: such pairs count by the
    part that they have in common (the kernel of Newey and West, Econometrica 55, 1987, over days instead of places).
    Units of one day go together. None of fewer than three days.
    """
    if len(of_days) < _FEWEST:
        return None, None
    from scipy.stats import t

    mean, many = fmean(of_days.values()), len(of_days)
    off = [(day, one - mean) for day, one in sorted(of_days.items())]
    common = sum(
        one * other * max(0.0, 1 - abs((day - then).days) / ahead) for day, one in off for then, other in off
    )
    half = float(t.ppf(1 - _OUTSIDE / 2, many - 1)) * sqrt(max(0.0, common) / (many * (many - 1)))
    return mean - half, mean + half


def _of_units(told: Forecast, known: Mapping[tuple[str, int], Stay]) -> Iterator[_Judged]:
    for unit in told.units:
        stay = known.get((unit.unit, unit.visit))
        if stay is not None and unit.unknown is None and not (stay.left and stay.left <= unit.counts_from):
            yield from _of_unit(told.day, unit, stay)


def _of_unit(day: date, unit: Ahead, stay: Stay) -> Iterator[_Judged]:
    took = (stay.left - unit.counts_from).days if stay.left else None
    watched = (stay.watched - unit.counts_from).days

    def judged(measure: str, of: str, losses: Sequence[float]) -> _Judged:
        return _Judged(measure, of, day, *losses)

    both = (unit.model, unit.naive)
    for place, days in enumerate(WITHIN):
        if watched >= days:
            done = took is not None and took <= days
            yield judged(BRIER, f"done within {days} days", [(said.chances[place] - done) ** 2 for said in both])
    if unit.due is not None and unit.counts_from < unit.due <= stay.watched:
        met = stay.left is not None and stay.left <= unit.due
        yield judged(BRIER, "done in time", [((said.in_time or 0.0) - met) ** 2 for said in both])
    if watched >= LONGEST:
        length = min(LONGEST, LONGEST if took is None else took)
        yield judged(PINBALL, f"days, at most {LONGEST}", [_lost(_shortened(said), length) for said in both])
        yield judged(INSIDE, f"days, at most {LONGEST}", [days_inside(said, took) for said in both])


def _of_flows(told: Forecast, stays: Sequence[Stay]) -> Iterator[_Judged]:
    """Arrivals and completions, as far as any stay shows that they were watched."""
    entered, left = [stay.entered for stay in stays], [stay.left for stay in stays if stay.left]
    watched = {
        ARRIVALS: max(entered, default=told.day),
        COMPLETIONS: max((one.watched for one in stays), default=told.day),
    }
    for flow in told.flows:
        last = told.day + timedelta(flow.within)
        if watched[flow.what] >= last:
            days = entered if flow.what == ARRIVALS else left
            number = sum(told.day < day <= last for day in days)
            yield from _of_flow(told.day, flow, number)


def _of_flow(day: date, flow: Flow, number: int) -> Iterator[_Judged]:
    of = f"{flow.what} within {flow.within} days"
    yield _Judged(PINBALL, of, day, *(_lost(parts, number) for parts in (flow.model, flow.naive)))
    both = (flow.model, flow.model_ends), (flow.naive, flow.naive_ends)
    yield _Judged(INSIDE, of, day, *(inside((parts[0], parts[-1]), ends, number) for parts, ends in both))


def _shortened(said: Said) -> tuple[float, ...]:
    return tuple(float(LONGEST if days is None else min(days, LONGEST)) for days in said.days)


def _lost(parts: Sequence[float], truth: float) -> float:
    """The mean pinball loss over `PARTS`."""
    return fmean(
        max(part * (truth - told), (part - 1) * (truth - told)) for part, told in zip(PARTS, parts, strict=True)
    )
