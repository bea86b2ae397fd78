"""What lies ahead of units under way, by what was known of their process."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from tallystick.nouns.forecast import HEARD_WITHIN, PARTS, UNSAID, WITHIN, Ahead, Flow, Forecast, Said, Stay
from tallystick.nouns.process import Calendar
from tallystick.processes.flows import COMPLETIONS, flows
from tallystick.processes.hazards import LEFT, ONE_BAND, fitted
from tallystick.processes.inside import ends
from tallystick.processes.phases import Model, Rates, modelled

LOOKED_AT = 120
"""Of how many days the rates are. Chosen on requests of days up to August 2025."""

WEIGHT = 0.5
"""How many ends the rate over all ages counts for in a band: half a one, as in Jeffreys' prior of a rate."""

METHOD = f"rates by age over {LOOKED_AT} days (5)"
_SATURDAY = 5


def forecast(
    named: tuple[str, str, str],
    stays: Sequence[Stay],
    holidays: Collection[date],
    known_within: int,
    given_on: date | None = None,
) -> Forecast | None:
    """What lies ahead of the units of a stage, from its stays; None where none was ever watched.

    `named` are the process, the stage and the Edition. Arrivals are told only where the last one came at most
    `known_within` days before the last day watched: silence of the lists is not an end of requests. What is said of a
    unit is given that it is still under way on `given_on`, the last day watched where none is named; nothing is said
    of one that was last watched over a year before, nor of any where none was ever seen done.
    """
    if not stays:
        return None
    day = max(stay.watched for stay in stays)
    model = modelled(stays, day - timedelta(LOOKED_AT), WEIGHT)
    naive = fitted(stays, ONE_BAND)
    units = []
    say = cache(_said)
    on = max(day, given_on or day)
    is_seen = any(stay.how == LEFT and stay.length is not None for stay in stays)
    for stay in (stay for stay in stays if stay.is_open):
        due = due_date(stay, holidays)
        told = (stay.unit, stay.visit, stay.title, stay.state, stay.entered, stay.watched, stay.is_start_known, due)
        unknown, heard = _unknown(stay, on, is_seen), _is_heard_of(stay, on)
        said = naively = UNSAID
        if unknown is None:
            left = None if due is None or stay.watched < due <= on else (due - on).days
            said, naively = say(*model.of(replace(stay, watched=on)), left), say(naive, 0, left)
        units.append(Ahead(*told, said, naively, on, unknown, heard))
    units.sort(key=lambda one: (not one.heard_of, one.due or date.max, one.entered, one.unit))
    learned = sum(stay.length is not None for stay in stays)
    process, stage, edition = named
    return Forecast(
        process, stage, day, edition, METHOD, learned, tuple(units),
        tuple(flow for flow in _flows(stays, day, model, known_within) if is_seen or flow.what != COMPLETIONS),
        max(stay.entered for stay in stays), stays[0].target_days,
    )  # fmt: skip


def _flows(stays: Sequence[Stay], day: date, model: Model, known_within: int) -> tuple[Flow, ...]:
    entered = [stay.entered for stay in stays]
    if (day - max(entered)).days > known_within:
        return ()
    left = [stay.left for stay in stays if stay.left]
    under_way = [model.of(stay) for stay in stays if stay.is_open and _is_heard_of(stay, day)]
    return flows(entered, left, (min(day, max(entered)), day), (model.on, under_way), LOOKED_AT)


def _is_heard_of(stay: Stay, on: date) -> bool:
    return (on - stay.watched).days <= HEARD_WITHIN


def _unknown(stay: Stay, on: date, is_seen: bool) -> str | None:
    """Why nothing can be said of a stay."""
    if not _is_heard_of(stay, on):
        return (
            f"not heard of since {stay.watched}, over {HEARD_WITHIN} days before {on}: what became of it is unknown"
        )
    return None if is_seen else "none was ever seen done, so that nothing tells how long it takes"


def _said(rates: Rates, age: int, left: int | None) -> Said:
    """What rates say of a unit of an age that has so many days left to its target."""
    chances = tuple(round(rates.within(age, days), 6) for days in WITHIN)
    days = tuple(rates.days_until(age, part) for part in PARTS)
    in_time = None if left is None else round(rates.within(age, left), 6) if left > 0 else 0.0
    return Said(chances, days, in_time, ends(lambda last: rates.within(age, last), days[0], days[-1]))


def due_date(stay: Stay, holidays: Collection[date]) -> date | None:
    """The last day on which a stay would still meet its target; None without one."""
    if stay.target_days is None:
        return None
    if stay.target_calendar != Calendar.WORKING_DAYS:
        return stay.entered + timedelta(stay.target_days)
    day, left = stay.entered, stay.target_days
    while left:
        day += timedelta(1)
        left -= day.weekday() < _SATURDAY and day not in holidays
    return day
