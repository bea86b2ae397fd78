"""Process: staged work that units go through, and how long each stage should take. Written by people, as data.

A unit is an agency's request, a contract, a recommendation: never a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import Annotated

import msgspec

from tallystick.nouns.written import Words, Written

SYNTHETIC, MADE_UP = "synthetic_", "is_synthetic"
"""How the name of a process begins that a generator made up, and the column that says so of its rows."""

OVERALL = "overall"
"""What the whole way from the first event to the last is called, where stages are."""

Days = Annotated[int, msgspec.Meta(ge=1)]


class Calendar(StrEnum):
    """Which days count: every one, or Monday to Friday but for federal holidays."""

    EVERY_DAY = "calendar days"
    WORKING_DAYS = "working days"


class Within(Written, frozen=True, kw_only=True):
    """A target: how many `days` something should take at most, of which `calendar`, and who says so where."""

    days: Days
    means: Words
    citation: Words
    calendar: Calendar | None = None


class Unit(Written, frozen=True, kw_only=True):
    """What goes through a process: what one is `called`, and what it `means`."""

    called: Words
    means: Words


class Stage(Written, frozen=True, kw_only=True):
    """A stage: the events by which a unit `enters` and `leaves` it, and the stages that come `then`.

    Without `then` it is the next one written. `told` is false where no publisher tells of its events.
    """

    means: Words
    enters: Words
    leaves: Words
    then: list[str] | None = None
    may_be_skipped: bool = False
    told: bool = True
    target: Within | None = None


class Loop(Written, frozen=True, kw_only=True):
    """A way back that is allowed, from a stage to an earlier one, and why one goes it."""

    back_from: Words
    to: Words
    because: Words


class Overall(Written, frozen=True, kw_only=True):
    """The whole way: from which event to which, and its target."""

    enters: Words
    leaves: Words
    target: Within | None = None


class Process(Written, frozen=True, kw_only=True):
    """Staged work. `events` are what may happen, in the order in which it does; `exits` end it before its end.

    `milestones` is the table that tells which event happened to which unit when, `units` the one that tells what each
    unit is and how long it was watched; without them no publisher tells of any. `known_within_days`: an event known
    only to lie between two lists so far apart at most begins a stage on a known day; else its beginning is unknown.
    `exits_told_after_days`: an exit that shows by silence alone is told so many days after its day.
    `counted_by` are metrics that tell it in aggregate where a unit would be a person: then no unit is ever held.
    `synthetic` is set where a generator made the units up: the name then begins with `synthetic_`, and no figure has
    them unless it asks for the process by that name.
    """

    title: Words
    about: Words
    unit: Unit
    events: dict[str, Words]
    stages: dict[str, Stage]
    overall: Overall
    exits: dict[str, Words] = msgspec.field(default_factory=dict)
    loops: list[Loop] = msgspec.field(default_factory=list)
    calendar: Calendar = Calendar.EVERY_DAY
    known_within_days: Days = 14
    exits_told_after_days: Annotated[int, msgspec.Meta(ge=0)] = 0
    counted_by: list[str] = msgspec.field(default_factory=list)
    synthetic: bool = False
    milestones: str | None = None
    units: str | None = None
    name: str = ""

    def next_of(self, stage: str) -> list[str]:
        """The stages that come after one."""
        told = self.stages[stage].then
        if told is not None:
            return told
        names = list(self.stages)
        return names[names.index(stage) + 1 :][:1]

    def ahead(self) -> Mapping[str, list[str]]:
        """Of each stage those that come after it, its ways back left out."""
        back = {(loop.back_from, loop.to) for loop in self.loops}
        return {
            stage: [after for after in self.next_of(stage) if after in self.stages and (stage, after) not in back]
            for stage in self.stages
        }


def reached(steps: Mapping[str, Iterable[str]], begin: Iterable[str]) -> frozenset[str]:
    """What some stages and the steps from them lead to."""
    found, waiting = set[str](), list(begin)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(steps[one])
    return frozenset(found)


Fault = tuple[str, str, tuple[str, ...]]
"""Where in the file, what is wrong, and the names that would have been right, where it is a name."""


def faults(process: Process) -> Iterator[Fault]:
    """All that is wrong with a process as written, each with its place."""
    yield from _of_names(process)
    order = {name: place for place, name in enumerate([*process.events, *process.exits])}
    for where, enters, leaves in _stretches(process):
        for key, event in (("enters", enters), ("leaves", leaves)):
            if event not in process.events:
                yield f"{where}, {key}", f"no event is called '{event}'", tuple(process.events)
        if enters == leaves:
            yield where, f"it starts and ends with the same event, '{enters}'", ()
        elif enters in process.events and leaves in process.events and order[leaves] < order[enters]:
            yield where, f"it ends with '{leaves}' before it starts with '{enters}'", ()
    yield from _of_order(process)


def _of_names(process: Process) -> Iterator[Fault]:
    if not process.stages:
        yield "stages", "a process has at least one stage", ()
    if OVERALL in process.stages:
        yield f"stages, {OVERALL}", f"'{OVERALL}' is the whole way: write it beside the stages, not among them", ()
    for name in process.exits:
        if name in process.events:
            yield f"exits, {name}", f"'{name}' is an event of a stage too: an exit ends the process instead", ()
    used = {event for _, *both in _stretches(process) for event in both}
    for name in process.events:
        if name not in used:
            yield f"events, {name}", f"no stage begins or ends with '{name}'", ()
    if (process.milestones is None) != (process.units is None):
        yield "milestones", "'milestones' and 'units' are both told, or neither", ()
    if process.counted_by and process.milestones is not None:
        yield (
            "counted_by",
            "a process that is counted in aggregate has no units: take 'milestones' and 'units' out",
            (),
        )


def _of_order(process: Process) -> Iterator[Fault]:
    """Stages that are not there, ways back that are not allowed, and cycles among the rest."""
    names = tuple(process.stages)
    for stage, told in process.stages.items():
        for after in told.then or ():
            if after not in process.stages:
                yield f"stages, {stage}, then", f"no stage is called '{after}'", names
    for number, loop in enumerate(process.loops, start=1):
        for key, stage in (("back_from", loop.back_from), ("to", loop.to)):
            if stage not in process.stages:
                yield f"loops, row {number}, {key}", f"no stage is called '{stage}'", names
    ahead = process.ahead()
    for number, loop in enumerate(process.loops, start=1):
        if {loop.to, loop.back_from} <= ahead.keys() and loop.back_from not in reached(ahead, [loop.to]):
            says = f"'{loop.to}' does not come before '{loop.back_from}', so that this is no way back"
            yield f"loops, row {number}", says, ()
    try:
        TopologicalSorter(ahead).prepare()
    except CycleError as error:
        round_ = " -> ".join(reversed(error.args[1]))
        yield "stages", f"these stages lead back to themselves: {round_}; a way back that is meant is a loop", ()


def _stretches(process: Process) -> Iterator[tuple[str, str, str]]:
    for name, stage in process.stages.items():
        yield f"stages, {name}", stage.enters, stage.leaves
    yield OVERALL, process.overall.enters, process.overall.leaves


Processes = Mapping[str, Process]
