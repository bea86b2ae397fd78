"""The numbers of a plan that a person moves, each with a name, and the plan with them moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.plan import Plan, Step

_PLAN = (
    ("arrivals", "arrivals_per_month", "new units a month", 1.0),
    ("target", "target_days", "days within which a unit is to be done", 1.0),
    ("share", "target_share", "share that is to be done within them", 0.01),
    ("hubs", "hubs", "regional hubs that share no staff", 1.0),
)
_STEP: tuple[tuple[str, str, str | None, str, float], ...] = (
    ("work", "work", "days", "days of work", 0.1),
    ("work-spread", "work", "spread", "its spread", 0.05),
    ("wait", "wait", "days", "days of waiting, lead time", 1.0),
    ("wait-spread", "wait", "spread", "its spread", 0.05),
    ("batch", "batch_days", None, "days between purchases", 1.0),
)


@dataclass(frozen=True)
class Input:
    """A number of a plan: its `name`, what it is, the step that it belongs to ('' of the whole), and its value."""

    name: str
    title: str
    step: str
    value: float
    by: float
    path: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.path[0] in ("staff", "hubs")


def inputs(plan: Plan) -> Iterator[Input]:
    """Every number that may be moved: of the whole plan, then the staff, then step by step."""
    for name, attribute, title, by in _PLAN:
        yield Input(name, title, "", float(getattr(plan, attribute)), by, (attribute,))
    for role, people in plan.staff.items():
        yield Input(f"staff-{role.replace(' ', '-')}", f"{role}s", "", float(people), 1.0, ("staff", role))
    for name, step in plan.steps.items():
        yield from _of_step(name, step)


def _of_step(name: str, step: Step) -> Iterator[Input]:
    for prefix, attribute, part, title, by in _STEP:
        its: Any = getattr(step, attribute)
        if its is None or (part is None and not its):
            continue
        path = ("steps", name, attribute, *([part] if part else []))
        yield Input(f"{prefix}-{name}", title, name, float(getattr(its, part) if part else its), by, path)


def moved(plan: Plan, told: Mapping[str, float]) -> Plan:
    """The plan with the numbers of these names.

    Raises `UnknownName` with near names, `UsageError` for numbers that make no sense.
    """
    known = {one.name: one for one in inputs(plan)}
    made: Any = msgspec.to_builtins(plan)
    for name, value in told.items():
        if name not in known:
            raise UnknownName("number of the plan", name, known)
        its = known[name]
        if its.is_whole and value != int(value):
            raise UsageError(f"'{name}' is a whole number, not {value:g}", next_step="leave the fraction out")
        _put(made, its.path, int(value) if its.is_whole else value)
    try:
        return msgspec.convert(made, Plan)
    except msgspec.ValidationError as error:
        if len(told) > 1:
            for name, value in told.items():
                moved(plan, {name: value})
        raise UsageError(
            f"the plan makes no sense so: {_named(str(error), told)}", next_step="look at the numbers that were moved"
        ) from error


def _named(says: str, told: Mapping[str, float]) -> str:
    """What is wrong with a plan, in words, with the number that was moved in place of its path."""
    what, _, where = says.partition(" - at ")
    what = what.replace("Expected `float`", "it must be").replace("Expected `int`", "it must be")
    return f"'{', '.join(told)}' is {', '.join(f'{value:g}' for value in told.values())}; {what}" if where else says


def scaled(plan: Plan, names: Callable[[Input], bool], by: float) -> Plan:
    """The plan with some of its numbers times `by`; whole ones move by one at least."""
    told = {one.name: _times(one, by) for one in inputs(plan) if names(one)}
    return moved(plan, told)


def _times(one: Input, by: float) -> float:
    if not one.is_whole:
        return one.value * by
    return max(
        1.0, one.value + (max(1, round(one.value * (by - 1))) if by > 1 else min(-1, round(one.value * (by - 1))))
    )


def _put(made: dict[str, Any], path: tuple[str, ...], value: float) -> None:
    for part in path[:-1]:
        made = made[part]
    made[path[-1]] = value
