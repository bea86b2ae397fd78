"""Way: which stage of a process may come after which, and how a unit gets back to one that it had left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tallystick.nouns.process import Process, reached

_Stages = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Way:
    """The way through a process. `exits` end it; of each of its `stages`:

    `later` are those that come after it at any time, `straight` those from which a unit may come to it with nothing
    between but what may be skipped, and `loops` those from which a loop leads back to it.
    """

    process: str
    stages: tuple[str, ...]
    exits: frozenset[str]
    later: _Stages
    straight: _Stages
    loops: _Stages

    @cached_property
    def again(self) -> _Stages:
        """Of each stage those from which a loop leads back to it, or to one before it."""
        return {
            stage: frozenset().union(
                *(self.loops[to] for to in self.stages if stage == to or stage in self.later[to])
            )
            for stage in self.stages
        }

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Of each stage a number that is higher than those of all that come before it."""
        before = {stage: sum(stage in later for later in self.later.values()) for stage in self.stages}
        return {stage: place for place, stage in enumerate(sorted(self.stages, key=lambda one: before[one]))}


def way_of(process: Process) -> Way:
    """The way through a process that has no fault."""
    names, ahead = tuple(process.stages), process.ahead()
    later = {one: reached(ahead, ahead[one]) for one in names}
    skipped = {one: ahead[one] if process.stages[one].may_be_skipped else [] for one in names}
    nearest = {one: reached(skipped, ahead[one]) for one in names}
    return Way(
        process.name,
        names,
        frozenset(process.exits),
        later,
        {one: frozenset(before for before in names if one in nearest[before]) for one in names},
        {one: frozenset(loop.back_from for loop in process.loops if loop.to == one) for one in names},
    )
