"""Units that go through the steps of a plan and queue for its staff, event by event, in runs with their own seeds."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import log, sqrt
from random import Random
from statistics import fmean, quantiles, stdev
from typing import Any

import simpy

from tallystick.nouns.plan import Between, Outcome, Plan, Shape, Step, Time

DAYS_IN_MONTH = 365.25 / 12
_LONGEST = 3650.0
"""Days after the last arrival at which a unit that is not done is given up: it was not done within any target."""


@dataclass
class _Went:
    """What one run saw of the units counted: how long each took, and how long it queued."""

    took: list[float] = field(default_factory=list)
    queued: list[float] = field(default_factory=list)
    unfinished: int = 0
    worked: dict[str, float] = field(default_factory=dict)


def outcome(plan: Plan, runs: int, seed: int, most: int = 0) -> Outcome:
    """What a plan comes to over several runs; run by run the seeds are `seed`, `seed` + 1, and so on.

    While the interval of the share within the target has the share that is wanted inside, so that it is open whether
    it is met, there are twice as many runs, up to `most`.
    """
    went = [_run(plan, one) for one in range(seed, seed + runs)]
    found = _over(plan, went, seed)
    while found.is_open and len(went) < most:
        went += [_run(plan, one) for one in range(seed + len(went), seed + min(2 * len(went), most))]
        found = _over(plan, went, seed)
    return found


def _over(plan: Plan, went: Sequence[_Went], seed: int) -> Outcome:
    busy = {
        role: between([one.worked.get(role, 0.0) / (people * plan.days) for one in went])
        for role, people in plan.staff.items()
    }
    return Outcome(
        plan,
        between([_share(one, plan.target_days) for one in went]),
        between([_quantile(one.took, 5) for one in went]),
        between([_quantile(one.took, 9) for one in went]),
        between([fmean(one.queued) if one.queued else 0.0 for one in went]),
        busy,
        tuple(range(seed, seed + len(went))),
    )


def shares(plan: Plan, runs: int, seed: int) -> list[float]:
    """The share of units done within the target, run by run; the seeds are those of `outcome`."""
    return [_share(_run(plan, one), plan.target_days) for one in range(seed, seed + runs)]


def _run(plan: Plan, seed: int) -> _Went:
    world, went = simpy.Environment(), _Went()
    hubs = [
        {role: simpy.Resource(world, capacity=people) for role, people in _divided(plan, hub).items()}
        for hub in range(plan.hubs)
    ]
    last = plan.warm_up_days + plan.days
    world.process(_arrivals(world, plan, hubs, went, seed))
    world.run(until=last + _LONGEST)
    return went


def _divided(plan: Plan, hub: int) -> dict[str, int]:
    """The staff of one hub: whole people, the first hubs having one more where they do not divide evenly."""
    return {role: max(1, people // plan.hubs + (hub < people % plan.hubs)) for role, people in plan.staff.items()}


def _arrivals(
    world: Any, plan: Plan, hubs: Sequence[dict[str, Any]], went: _Went, seed: int
) -> Generator[Any, Any, None]:
    """Units come at random, one independent of another (Poisson); each draws its own times."""
    random, rate = Random(seed), plan.arrivals_per_month / DAYS_IN_MONTH
    for number in count():
        yield world.timeout(random.expovariate(rate))
        if world.now >= plan.warm_up_days + plan.days:
            return
        staff = hubs[random.randrange(len(hubs))] if len(hubs) > 1 else hubs[0]
        world.process(_unit(world, plan, staff, went, Random(f"{seed} {number}")))


def _unit(world: Any, plan: Plan, staff: dict[str, Any], went: _Went, random: Random) -> Generator[Any, Any, None]:
    came, queued = world.now, 0.0
    counted = came >= plan.warm_up_days
    went.unfinished += counted
    for step in plan.steps.values():
        work, wait = _drawn(step.work, random), _drawn(step.wait, random)
        if step.batch_days:
            yield world.timeout(-world.now % step.batch_days)
        if step.role is not None:
            asked = world.now
            with staff[step.role].request() as turn:
                yield turn
                queued += world.now - asked
                _note(went, plan, step, world.now, work)
                yield world.timeout(work)
        if wait:
            yield world.timeout(wait)
    if counted:
        went.unfinished -= 1
        went.took.append(world.now - came)
        went.queued.append(queued)


def _note(went: _Went, plan: Plan, step: Step, now: float, work: float) -> None:
    """Count the part of some work that lies in the days that are counted."""
    begin, end = plan.warm_up_days, plan.warm_up_days + plan.days
    within = max(0.0, min(now + work, end) - max(now, begin))
    went.worked[str(step.role)] = went.worked.get(str(step.role), 0.0) + within


def _drawn(time: Time | None, random: Random) -> float:
    if time is None or time.days == 0:
        return 0.0
    if time.shape is Shape.EXPONENTIAL:
        return random.expovariate(1 / time.days)
    if time.shape is Shape.CONSTANT or time.spread == 0:
        return time.days
    variance = log(1 + time.spread**2)
    return random.lognormvariate(log(time.days) - variance / 2, sqrt(variance))


def _share(went: _Went, target: float) -> float:
    every = len(went.took) + went.unfinished
    return sum(length <= target for length in went.took) / every if every else 0.0


def _quantile(lengths: Sequence[float], tenth: int) -> float:
    return quantiles(lengths, n=10)[tenth - 1] if len(lengths) > 1 else (lengths[0] if lengths else 0.0)


def between(values: Sequence[float]) -> Between:
    """The mean over runs and its interval by Student's t: runs are independent, units within one are not."""
    mean = fmean(values)
    if len(values) < 2:
        return Between(mean, mean, mean)
    from scipy.stats import t

    half = float(t.ppf(0.975, len(values) - 1)) * stdev(values) / sqrt(len(values))
    return Between(mean, mean - half, mean + half)
