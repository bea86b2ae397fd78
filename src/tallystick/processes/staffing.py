"""How many of a role a plan needs to meet its target."""

from __future__ import annotations

from math import ceil, floor, inf, sqrt

from msgspec.structs import replace

from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.plan import Need, Outcome, Plan
from tallystick.processes.simulate import DAYS_IN_MONTH, outcome

_MOST_TRIED = 40
_FEWEST_RUNS = 2


def load(plan: Plan, role: str) -> float:
    """How many of a role are at work on average when nobody waits for ever: arrivals times work (Erlang's load)."""
    work = sum(step.work.days for step in plan.steps.values() if step.role == role and step.work is not None)
    return plan.arrivals_per_month / DAYS_IN_MONTH * work


def with_staff(plan: Plan, role: str, people: int) -> Plan:
    """The plan with so many of a role. Raises `UnknownName` with near names."""
    if role not in plan.staff:
        raise UnknownName("role", role, plan.staff)
    return replace(plan, staff={**plan.staff, role: people})


def need(plan: Plan, role: str, runs: tuple[int, int], seed: int, most: int = _MOST_TRIED) -> Need:
    """The fewest of a role with which the plan's share is done within its target.

    Tries from the last number with which queues grow for ever up to the first of which the interval's lower end meets
    the share, and one more, at most `most` numbers; those of which queues do not settle are shown, and never the
    answer. `runs` are how many each has, and how many at most where these leave it open whether it is enough. Each is
    run with the same seeds, so that units of one run take as long in all. Raises `UnknownName`, and `UsageError`
    where hubs have nobody of another role.
    """
    for other, people in with_staff(plan, role, plan.hubs).staff.items():
        if people < plan.hubs:
            raise UsageError(
                f"{plan.hubs} hubs share no staff, and there are {people} of '{other}': some would have none",
                next_step="give the plan fewer hubs, or one of each role for every hub",
            )
    busy = load(with_staff(plan, role, 1), role)
    first = max(1, plan.hubs, floor(busy))
    tried: dict[int, Outcome] = {}
    unsettled: dict[int, float] = {}
    met: dict[str, int] = {}
    for people in range(first, first + most):
        days = settling(plan, role, people)
        is_settled = days <= plan.warm_up_days
        many = runs if is_settled else (min(_FEWEST_RUNS, runs[0]), 0)  # never an answer, and the longest to simulate
        found = outcome(with_staff(plan, role, people), many[0], seed, many[1])
        tried[people] = found
        if not is_settled:
            unsettled[people] = days
            continue
        if "surely" in met:  # the one more
            break
        share = found.within_target
        for name, end in (("possibly", share.high), ("fewest", share.value), ("surely", share.low)):
            if end >= plan.target_share:
                met.setdefault(name, people)
        if _cannot(found, role):
            break
    return Need(role, met.get("fewest"), met.get("surely"), tried, met.get("possibly"), busy, unsettled)


def settling(plan: Plan, role: str, people: int) -> float:
    """About how many days the queues of a role take to forget how they began; inf where they grow for ever.

    Of the hub that has the fewest: the relaxation time of a queue of so many servers in heavy traffic,
    1 / (sqrt(c mu) - sqrt(lambda))^2 (exact of M/M/1; Cohen, The Single Server Queue, 1982), the visits of all steps
    as one stream.
    """
    busy = load(plan, role) / plan.hubs
    if people // plan.hubs <= busy:
        return inf
    if busy == 0:
        return 0.0
    come = plan.arrivals_per_month / DAYS_IN_MONTH / plan.hubs * sum(one.role == role for one in plan.steps.values())
    return 1 / (sqrt(people // plan.hubs * come / busy) - sqrt(come)) ** 2


def _cannot(found: Outcome, role: str) -> bool:
    """Whether more of a role would not help: almost none of its time is used, and the target is still missed."""
    return found.busy[role].high < 0.3 and ceil(found.waiting_days.value) <= 1
