"""A staffing question answered in bounded time: how many it needs, and what the answer hangs on the most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from msgspec.structs import replace

from tallystick.errors import UsageError
from tallystick.nouns.plan import Between, Need, Plan
from tallystick.processes.inputs import Input, inputs, scaled
from tallystick.processes.simulate import DAYS_IN_MONTH, between, shares
from tallystick.processes.staffing import load, need, with_staff

A_QUARTER = 0.25
RUNS = 4
MOST_RUNS = 16
_FEWER_RUNS = 3
_MOST_TRIED = 10
_UNITS = 1000
_MOST_UNITS = 2000
_SHORTEST = 180.0
_MANY = 80.0
"""So many new units a month that fewer runs must do for the swings."""
_DAYS_OF_SWINGS = 270.0


@dataclass(frozen=True)
class Swing:
    """The share within the target with an input a quarter `less` and a quarter `more`, all else as it is.

    Their intervals are of the change from the share as it is, run by run with the same seeds: most of what makes runs
    differ is in both.
    """

    what: str
    less: Between
    more: Between

    @property
    def width(self) -> float:
        return abs(self.more.value - self.less.value)


@dataclass(frozen=True)
class Staffed:
    """The plan as it was simulated, how many of a role it needs, and from how many `people` which inputs swing it.

    `as_it_is` is the share that the swings go out from. `short` are the other roles of which there are too few to
    keep up, with how many would be at work at once: then no number of this one helps, and nothing was simulated.
    """

    plan: Plan
    role: str
    need: Need | None = None
    people: int = 0
    as_it_is: float = 0.0
    swings: tuple[Swing, ...] = ()
    short: Mapping[str, float] = field(default_factory=dict, hash=False)


def bounded(plan: Plan) -> Plan:
    """The plan with fewer days simulated where so many units come that it would take too long.

    Raises `UsageError` where even the fewest days are too many.
    """
    a_day = plan.arrivals_per_month / DAYS_IN_MONTH
    if a_day * 2 * _SHORTEST > _MOST_UNITS:
        most = _MOST_UNITS / (2 * _SHORTEST) * DAYS_IN_MONTH
        raise UsageError(
            f"so many units take too long to simulate while somebody waits: at most {most:.0f} a month",
            next_step="name fewer, or ask 'tallystick whatif' at a command line, which takes its time",
        )
    part = min(1.0, _UNITS / (a_day * (plan.warm_up_days + plan.days)))
    warm_up, days = (max(min(_SHORTEST, one), one * part) for one in (plan.warm_up_days, plan.days))
    return replace(plan, warm_up_days=round(warm_up), days=max(1.0, round(days)))


def staffed(plan: Plan, role: str, seed: int) -> Staffed:
    """How many of a role a plan needs, and its swings there. Raises `UnknownName`, and `UsageError` as `bounded`."""
    its = bounded(plan)
    if short := {other: load(plan, other) for other in plan.staff if other != role and _is_short(plan, other)}:
        return Staffed(its, role, short=short)
    found = need(its, role, (RUNS, MOST_RUNS), seed, _MOST_TRIED)
    people = found.surely or found.fewest or max(found.tried)
    there = replace(
        with_staff(its, role, people),
        warm_up_days=min(its.warm_up_days, _SHORTEST),
        days=min(its.days, _DAYS_OF_SWINGS),
    )
    runs = RUNS if plan.arrivals_per_month <= _MANY else _FEWER_RUNS
    as_it_is = shares(there, runs, seed)
    return Staffed(its, role, found, people, fmean(as_it_is), tuple(swings(there, role, seed, as_it_is)))


def _is_short(plan: Plan, role: str) -> bool:
    return load(plan, role) >= plan.staff[role]


def swings(plan: Plan, role: str, seed: int, as_it_is: Sequence[float]) -> list[Swing]:
    """What a quarter less and more of each input does to the shares of so many runs, the widest first."""
    found = [
        Swing(what, *(_changed(as_it_is, scaled(plan, which, 1 + by), seed) for by in (-A_QUARTER, A_QUARTER)))
        for what, which in _kinds(plan, role)
    ]
    return sorted(found, key=lambda swing: -swing.width)


def _kinds(plan: Plan, role: str) -> Iterator[tuple[str, Callable[[Input], bool]]]:
    """What is moved together: the work of the role and of others, the waits, purchases, numbers of the whole."""
    its = {name for name, step in plan.steps.items() if step.role == role}
    kinds: list[tuple[str, Callable[[Input], bool]]] = [
        ("new units a month", lambda one: one.name == "arrivals"),
        (f"work of {role}s", lambda one: one.name == f"work-{one.step}" and one.step in its),
        ("work of others", lambda one: one.name == f"work-{one.step}" and one.step not in its),
        ("spread of work", lambda one: one.name.startswith("work-spread-")),
        ("waits and lead times", lambda one: one.name == f"wait-{one.step}"),
        ("days between purchases", lambda one: one.name.startswith("batch-")),
        ("days of the target", lambda one: one.name == "target"),
        ("staff of other roles", lambda one: one.path[0] == "staff" and one.path[-1] != role),
    ]
    every = list(inputs(plan))
    return ((what, which) for what, which in kinds if any(map(which, every)))


def _changed(as_it_is: Sequence[float], plan: Plan, seed: int) -> Between:
    told = shares(plan, len(as_it_is), seed)
    change = between([one - other for one, other in zip(told, as_it_is, strict=True)])
    whole = fmean(as_it_is)
    low, high = (min(1.0, max(0.0, whole + end)) for end in (change.low, change.high))
    return Between(fmean(told), low, high)
