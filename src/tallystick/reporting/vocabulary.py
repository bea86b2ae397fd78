"""The words that reports may use: processes with their stages, offices, agencies' measures, courses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from tallystick.catalog import Catalog
from tallystick.nouns.process import Process
from tallystick.nouns.way import Way, way_of
from tallystick.tables.graph import Graph

_MOST_NEAR = 8


@dataclass(frozen=True)
class Vocabulary:
    """What is known: the way through each process, and the values that a column of a kind may hold."""

    ways: Mapping[str, Way] = field(default_factory=dict)
    values: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def unknown(self, kind: str, column: str, said: str) -> tuple[str, str] | None:
        """What is wrong with a value and what may stand there instead; None where it is known or free."""
        known = self.values.get((kind, column))
        return None if known is None or said in known else (f"there is no {column} '{said}'", near(said, known))

    def unknown_stage(self, process: str, stage: str, event: str) -> tuple[str, str] | None:
        """The same of a stage of a process that is known; who withdraws may name an exit instead."""
        way = self.ways[process]
        known = {*way.stages, *(way.exits if event in ("withdraw", "correct") else ())}
        return None if stage in known else (f"'{process}' has no stage '{stage}'", near(stage, known))


def near(said: str, known: Iterable[str]) -> str:
    """Which names are meant, if any are near, else which there are."""
    names = sorted(known)
    close = get_close_matches(said, names, n=3, cutoff=0.5)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return (
        f"there are: {', '.join(names[:_MOST_NEAR])}{', …' if len(names) > _MOST_NEAR else ''}"
        if names
        else ("there is none at all yet")
    )


def vocabulary(catalog: Catalog, graph: Graph) -> Vocabulary:
    """The words that the records give."""
    written = catalog.written("processes", Process)
    ways = {name: way_of(one) for name, one in written.items() if not one.counted_by}  # whose units would be people
    offices, measures, training = (
        frozenset(graph.registers[register].values(column))
        for register, column in (
            ("reporting_offices", "office"), ("reported_measures", "measure"), ("training_measures", "measure"),
        )
    )  # fmt: skip
    named = graph.registers["states"]
    states = {*named.values("state"), *named.values("state_name")}
    return Vocabulary(
        ways,
        {
            ("stage_events", "state"): frozenset({*states, *(name.upper() for name in states)}),
            ("stage_events", "process"): frozenset(ways),
            ("office_counts", "office"): offices,
            ("office_counts", "measure"): measures,
            ("training", "measure"): training,
        },
    )
