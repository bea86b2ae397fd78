"""How many of a role a plan needs to meet its target."""

from __future__ import annotations

from math import ceil, floor

from msgspec.structs import replace

from tallystick.errors import UnknownName
from tallystick.nouns.plan import Need, Outcome, Plan
from tallystick.processes.simulate import DAYS_IN_MONTH, outcome

_MOST_TRIED = 40


def load(plan: Plan, role: str) -> float:
    """How many of a role are at work on average when nobody waits for ever: arrivals times work (Erlang's load)."""
    work = sum(step.work.days for step in plan.steps.values() if step.role == role and step.work is not None)
    return plan.arrivals_per_month / DAYS_IN_MONTH * work


def with_staff(plan: Plan, role: str, people: int) -> Plan:
    """The plan with so many of a role. Raises `UnknownName` with near names."""
    if role not in plan.staff:
        raise UnknownName("role", role, plan.staff)
    return replace(plan, staff={**plan.staff, role: people})


def need(plan: Plan, role: str, runs: int, seed: int, most: int = _MOST_TRIED) -> Need:
    """The fewest of a role with which the plan's share is done within its target.

    Tries from the number below which queues grow for ever, up to the first of which the interval's lower end meets
    the share, at most `most` numbers. Each is run with the same seeds, so that units of one run take as long in all.
    Raises `UnknownName`.
    """
    first = max(1, plan.hubs, floor(load(with_staff(plan, role, 1), role)))
    tried: dict[int, Outcome] = {}
    fewest = surely = None
    for people in range(first, first + most):
        found = tried[people] = outcome(with_staff(plan, role, people), runs, seed)
        if fewest is None and found.within_target.value >= plan.target_share:
            fewest = people
        if found.within_target.low >= plan.target_share:
            surely = people
            break
        if _cannot(found, role):
            break
    return Need(role, fewest, surely, tried)


def _cannot(found: Outcome, role: str) -> bool:
    """Whether more of a role would not help: almost none of its time is used, and the target is still missed."""
    return found.busy[role].high < 0.3 and ceil(found.waiting_days.value) <= 1
