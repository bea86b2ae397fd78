"""tallystick whatif: how many people a plan needs to be done in time, simulated."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

import click

from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.plan import Need, Plan
from tallystick.processes.inputs import moved
from tallystick.views.cli.options import Desk, desk_options, output_options
from tallystick.views.cli.output import Output
from tallystick.views.staffing import PEOPLE, SWINGS, certain, need_rows, swing_rows

_MOST_UNITS = 100_000
_MORE = 8


@click.command()
@click.argument("plan")
@click.option("--role", help="Whose number is looked for; the first role of the plan if none is said.")
@click.option("--staff", multiple=True, metavar="ROLE=NUMBER", help="So many of another role.")
@click.option("--arrivals", type=float, metavar="NUMBER", help="New units a month.")
@click.option("--target", type=float, metavar="DAYS", help="Days within which a unit is to be done.")
@click.option("--share", type=float, metavar="SHARE", help="The share that is to be done within them, such as 0.9.")
@click.option("--hubs", type=int, metavar="NUMBER", help="Regional hubs that share no staff.")
@click.option("--set", "set_", multiple=True, metavar="NAME=NUMBER", help="Another number, as work-ordering=2.")
@click.option("--sensitivity", is_flag=True, help="What a quarter less and more of each input does to the share.")
@click.option(
    "--runs",
    type=click.IntRange(2, 200),
    default=10,
    show_default=True,
    help="Runs for each number; up to eight times as many where it is open whether it is enough.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The seed of the first run.")
@output_options
@desk_options
def whatif(
    desk: Desk, plan: str, role: str | None, runs: int, seed: int, sensitivity: bool, output: Output, **told: Any
) -> None:
    """Simulate a PLAN: how many of a role it needs so that enough units are done within the target.

    Units come at random, queue for staff step by step, and wait for deliveries. The fewest of the role with which
    the share is met are looked for, the other staff as told. Every figure is the mean of several runs with its 95
    percent interval; the seeds are told, so that anyone gets the same. What is assumed stands in records/plans/.

    \b
    Examples:
      tallystick whatif staffing_287g --role "programme manager" --arrivals 40 --target 180 --share 0.9
      tallystick whatif staffing_287g --sensitivity --set wait-delivery=90
      tallystick whatif staffing_287g --role technician --staff "programme manager=9" --format json
    """
    # the simulator takes a moment to load, which no other command should wait for
    from tallystick.processes.staffed import staffed
    from tallystick.processes.staffing import need

    plans = desk.open().pipeline.catalog.written("plans", Plan)
    if plan not in plans:
        raise UnknownName("plan", plan, plans)
    asked = _moved(plans[plan], told)
    its = role or next(iter(asked.staff))
    if sensitivity:
        swung = staffed(asked, its, seed)
        notes = f"With {swung.people} {its}s the share is {swung.as_it_is:.1%}; seeds from {seed}."
        output.write(SWINGS, list(swing_rows(swung)), title=asked.title, notes=notes)
        return
    found = need(asked, its, (runs, _MORE * runs), seed)
    output.write(PEOPLE, list(need_rows(found)), title=asked.title, notes="\n".join(_notes(found, asked)))


def _moved(plan: Plan, told: dict[str, Any]) -> Plan:
    """The plan with the numbers that were told. Raises `UsageError` for one that makes no sense."""
    changed = {name: float(told[name]) for name in ("arrivals", "target", "share", "hubs") if told[name] is not None}
    for option, many in (("--staff", told["staff"]), ("--set", told["set_"])):
        for one in many:
            name, _, number = one.rpartition("=")
            if option == "--staff" and name not in plan.staff:
                raise UnknownName("role", name, plan.staff, where="--staff")
            its = f"staff-{name.replace(' ', '-')}" if option == "--staff" else name
            changed[its] = _number(option, number)
    moved_ = moved(plan, changed)
    if moved_.arrivals_per_month * (moved_.days + moved_.warm_up_days) / 30 > _MOST_UNITS:
        raise UsageError("so many units would take too long to simulate", next_step="name fewer arrivals a month")
    return moved_


def _number(option: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise UsageError(
            f"'{text}' is no number", where=option, next_step="write NAME=NUMBER, such as arrivals=40"
        ) from error


def _notes(found: Need, plan: Plan) -> Iterator[str]:
    wanted = f"{plan.target_share:.0%} of units done within {plan.target_days:g} days"
    come = f"at {plan.arrivals_per_month:g} new ones a month"
    for says, numbers in certain(found):
        yield f"{says.capitalize()}: {numbers}."
    if found.fewest is None:
        yield f"No number of {found.role}s that was tried has {wanted} {come}: what holds it up is something else."
    else:
        yield f"{found.fewest} {found.role}s are the fewest with {wanted} {come}."
        until = "or more" if found.surely is None else f"to {found.surely}"
        if found.possibly != found.surely:
            yield f"By the intervals of the shares it is {found.possibly} {until}."
    yield f"The work alone keeps {found.load:.1f} busy: with no more than that queues grow for ever."
    for people, days in found.unsettled.items():
        if days != inf:
            yield (
                f"With {people} queues would settle only over some {days:.0f} days, and more are not left uncounted: "
                "its share would fall the longer it goes on, so that it is no answer."
            )
    others = ", ".join(f"{number} {role}s" for role, number in plan.staff.items() if role != found.role)
    if others:
        yield f"Beside {others}."
    seeds = max((one.seeds for one in found.tried.values()), key=len)
    fewest = min(len(one.seeds) for one in found.tried.values())
    uncounted = f"the first {plan.warm_up_days:g} days are not counted"
    runs = f"{len(seeds)} runs each" if fewest == len(seeds) else f"{fewest} to {len(seeds)} runs each"
    yield f"{runs}, seeds {seeds[0]} to {seeds[-1]}; {uncounted}."
    yield " ".join(plan.assumed.split())
