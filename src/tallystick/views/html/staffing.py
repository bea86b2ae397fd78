"""The staffing question: a form of a plan's numbers, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tallystick.errors import BusyError, NotYetError, TallystickError, UnknownName, UsageError
from tallystick.nouns.plan import Plan
from tallystick.processes.inputs import Input, inputs, moved
from tallystick.processes.staffed import MOST_RUNS, RUNS, Staffed, staffed
from tallystick.views.asked import Asked
from tallystick.views.html.render import document
from tallystick.views.staffing import certain, people_shown, swings_shown
from tallystick.views.visit import Document, Visit

PATH = "/staffing"
_MOST_SEED = 1_000_000


@dataclass(frozen=True)
class Filled:
    """An input as the form shows it: with the number that was written, or that of the plan."""

    its: Input
    written: str
    error: bool = False


@dataclass(frozen=True)
class Group:
    """The inputs of one step, or of the whole plan ('')."""

    step: str
    means: str
    filled: Sequence[Filled]


def staffing(visit: Visit, _: Mapping[str, str]) -> Document:
    """The form as it was filled in, and the answer; what is wrong is said above the form, with what next.

    Nothing is simulated before somebody asks. Raises `UnknownName` for a plan that there is none of.
    """
    plans = visit.bench.pipeline.catalog.written("plans", Plan)
    name = visit.one("plan", next(iter(plans)))
    if name not in plans:
        raise UnknownName("plan", name, plans)
    plan, error, found = plans[name], None, None
    told = {one.name: visit.one(one.name).strip() for one in inputs(plan)}
    role, seed = visit.one("role", next(iter(plan.staff))), visit.one("seed", "1").strip()
    is_asked = bool(visit.one("ask"))
    try:
        its = moved(plan, {name: _number(name, text) for name, text in told.items() if text})
        found = _answer(visit, its, role, seed) if is_asked else None
    except BusyError:
        raise
    except TallystickError as refused:
        error = refused
    return document(
        "staffing.html",
        visit,
        400 if error else 200,
        name=name,
        plans=plans,
        plan=plan,
        role=role,
        seed=seed,
        groups=list(_groups(plan, told)),
        found=found,
        runs=RUNS,
        most_runs=MOST_RUNS,
        certain=list(certain(found.need)) if found and found.need else [],
        people=people_shown(found.need) if found and found.need else None,
        swings=swings_shown(found) if found and found.need else None,
        command=_command(name, role, seed, plan, told),
        error=error,
    )


def _answer(visit: Visit, plan: Plan, role: str, seed: str) -> Staffed:
    if visit.bench.hurried:
        raise NotYetError
    number = _number("seed", seed)
    if number != int(number) or not 0 <= number <= _MOST_SEED:
        raise UsageError("a seed is a whole number from 0 to 1,000,000", next_step="write such a number")
    return staffed(plan, role, int(number))


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise UsageError(
            f"'{name}' is no number: '{text[:40]}'", next_step="write digits, such as 40 or 0.9"
        ) from error
    if not abs(number) < 1e6:
        raise UsageError(f"'{name}' is too large a number", next_step="write one below a million")
    return number


def _groups(plan: Plan, told: Mapping[str, str]) -> Iterator[Group]:
    for step, many in groupby(inputs(plan), key=lambda one: one.step):
        means = plan.steps[step].means if step else ""
        yield Group(step, means, [Filled(one, told[one.name] or f"{one.value:g}") for one in many])


def _command(name: str, role: str, seed: str, plan: Plan, told: Asked | Mapping[str, str]) -> str:
    """The same question at a command line."""
    values = {one.name: f"{one.value:g}" for one in inputs(plan)}
    sets = "".join(f" --set {one}={told[one]}" for one, value in values.items() if told[one] and told[one] != value)
    return f'tallystick whatif {name} --role "{role}" --seed {seed}{sets}'
