"""Plan: what each step of a process takes, of whom, and how many come. Written by people, to be simulated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import Annotated

import msgspec

from tallystick.nouns.written import Words, Written

Share = Annotated[float, msgspec.Meta(gt=0, lt=1)]
Positive = Annotated[float, msgspec.Meta(gt=0)]
NotBelowZero = Annotated[float, msgspec.Meta(ge=0)]
Count = Annotated[int, msgspec.Meta(ge=1, le=10_000)]


class Shape(StrEnum):
    """How times spread about their mean."""

    LOGNORMAL = "lognormal"
    EXPONENTIAL = "exponential"
    CONSTANT = "constant"


class Time(Written, frozen=True, kw_only=True):
    """A time in days: its mean, and of a log-normal one its standard deviation over the mean (`spread`)."""

    days: NotBelowZero
    shape: Shape = Shape.LOGNORMAL
    spread: NotBelowZero = 0.5


class Step(Written, frozen=True, kw_only=True):
    """One step: first `work` by one of a `role`, for which units queue, then a `wait` that needs nobody (a delivery).

    `batch_days`: purchases are made together, so many days apart: a unit waits for the next one before its work.
    """

    means: Words
    role: str | None = None
    work: Time | None = None
    wait: Time | None = None
    batch_days: NotBelowZero = 0

    def __post_init__(self) -> None:
        if (self.role is None) != (self.work is None):
            raise ValueError("a step has both a 'role' and its 'work', or neither")
        if self.work is None and self.wait is None:
            raise ValueError("a step takes 'work' or a 'wait'")


class Plan(Written, frozen=True, kw_only=True):
    """Steps one after the other, `staff` by role, and how many units come in a month.

    Each of the `hubs` has its share of every role's staff and of the units. The first `warm_up_days` are not counted,
    since the queues begin empty; of the `days` after them every unit that comes is. `assumed` says where the numbers
    are from: nothing public tells most of them.
    """

    title: Words
    about: Words
    unit: Words
    assumed: Words
    steps: dict[str, Step]
    staff: dict[str, Count]
    arrivals_per_month: Positive
    target_days: Positive
    target_share: Share = 0.9
    hubs: Count = 1
    warm_up_days: NotBelowZero = 365
    days: Positive = 730
    name: str = ""

    def __post_init__(self) -> None:
        roles = {step.role for step in self.steps.values() if step.role}
        if missing := sorted(roles - self.staff.keys()):
            raise ValueError(f"there is no staff of the role '{missing[0]}'")
        if idle := sorted(self.staff.keys() - roles):
            raise ValueError(f"no step needs the role '{idle[0]}'")


@dataclass(frozen=True)
class Between:
    """A figure with the ends of its 95 percent interval over repeated runs."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """What a plan came to: the share of units done within the target, days by quantile, how busy each role was.

    `waiting_days` is the mean that a unit stood in queues for staff. Every run has its seed.
    """

    plan: Plan
    within_target: Between
    median_days: Between
    ninth_decile_days: Between
    waiting_days: Between
    busy: Mapping[str, Between] = field(hash=False)
    seeds: tuple[int, ...]

    @property
    def is_open(self) -> bool:
        """Whether the runs leave it open that the share which is wanted is met."""
        return self.within_target.low < self.plan.target_share <= self.within_target.high


@dataclass(frozen=True)
class Need:
    """How many of a role a plan needs: the fewest with which its share meets the target, and what each number gives.

    `possibly` is the fewest of which the interval's upper end does, `surely` that of which the lower end does: the
    answer lies between. None: not with the most that were tried. `load` is how many are at work on average. Numbers
    of which the queues do not settle within the days left uncounted are `unsettled`, with about how many days they
    take (inf: with so few they grow for ever): what was simulated is too good, and they are never an answer.
    """

    role: str
    fewest: int | None
    surely: int | None
    tried: Mapping[int, Outcome] = field(hash=False)
    possibly: int | None = None
    load: float = 0.0
    unsettled: Mapping[int, float] = field(default_factory=dict, hash=False)

    def verdict(self, people: int) -> str:
        """What is certain of a number of people that was tried, and what is not."""
        if people in self.unsettled:
            grows = self.unsettled[people] == inf
            return "no answer: queues grow for ever" if grows else "no answer: queues had not settled"
        found = self.tried[people]
        if found.is_open:
            return "not certain"
        return "surely enough" if found.within_target.low >= found.plan.target_share else "surely too few"
