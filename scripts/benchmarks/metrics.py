"""Every metric against the same query by hand, over a million rows: `python -m scripts.bench metrics`.

Two figures of each. *select* is the SELECT that we compile beside the one a person writes. *ask* is a question that
was never asked before, at the bench's door: checked, run, with its caveats, written down to be recalled; beside the
hand-written SELECT of the same question, its rows read into Python too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from scripts.benchmarks.handwritten import DAY, PAIRS, Pair
from scripts.benchmarks.million import million
from tallystick.bench import Bench
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.metric import Question
from tallystick.tables.kept import keep
from tallystick.tables.statements import compiled

MOST = 1.3
RUNS = 15
LEAST = 0.5


class Report(Protocol):
    """Where figures go: what was measured, ours and the yardstick's, and the most their ratio may be."""

    def ratio(self, name: str, ours: float, yardstick: float, most: float) -> None: ...


def run(report: Report) -> None:
    """Measure every metric by turns with its yardstick, over the same rows in the same process.

    Derived tables are kept first, as a bench keeps them for the first question over each; what that costs is told.
    """
    with million() as bench:
        _keep(bench)
        for pair in PAIRS:
            sql = compiled(bench.metrics.expression(pair.question, DAY), bench.engine.dialect)
            engine = bench.engine
            ours, yardstick = _by_turns(_again(engine, sql), _again(engine, pair.sql))
            report.ratio(f"select {pair.name}, CPU ms", ours * 1000, yardstick * 1000, MOST)
        first = []
        anew = [asked for pair in PAIRS if (asked := _Anew(bench, pair)).can_be_another]
        for asked in anew:
            first.append(_taken(asked.ask))
            ours, yardstick = _by_turns(asked.ask, asked.ask_by_hand)
            report.ratio(f"ask {asked.pair.name}, CPU ms", ours * 1000, yardstick * 1000, MOST)
        print(f"  (the first of a shape, compiled then: {sum(first) / len(first) * 1000:.0f} CPU ms on average)")
        print(f"  ({len(PAIRS) - len(anew)} questions without a day have no neighbour to be asked in their place)")


@dataclass
class _Anew:
    """A question that is another at each turn, by a day, and the SELECT by hand of the one asked last."""

    bench: Bench
    pair: Pair
    turn: int = 0

    @property
    def can_be_another(self) -> bool:
        return self.pair.question.end is not None or self._looks_ahead

    def ask(self) -> None:
        self.turn += 1
        self.bench.ask(self._question)

    def ask_by_hand(self) -> None:
        end, asked = self.pair.question.end, self._question.end
        sql = self.pair.sql.replace(str(end), str(asked)) if end and asked else self.pair.sql
        self.bench.engine.query(sql).to_pylist()

    @property
    def _looks_ahead(self) -> bool:
        return "day" in self.bench.metrics.metric(self.pair.question.metric).takes

    @property
    def _question(self) -> Question:
        question, ago = self.pair.question, timedelta(days=self.turn)
        if self._looks_ahead:
            return replace(question, day=(question.day or DAY) - ago)
        return replace(question, end=question.end - ago) if question.end else question


def _keep(bench: Bench) -> None:
    line, started = bench.pipeline, time.process_time()
    for name in sorted({name for pair in PAIRS for name in bench.metrics.metric(pair.question.metric).inputs}):
        keep(bench.engine, name, bench.edition, line.graph, line.warehouse)
    print(f"  (the derived tables kept for all questions: {time.process_time() - started:.2f} CPU s)")


def _again(engine: DuckDB, sql: str) -> Callable[[], None]:
    def again() -> None:
        engine.query(sql)

    return again


def _by_turns(ours: Callable[[], None], yardstick: Callable[[], None]) -> tuple[float, float]:
    """The fewest CPU seconds of each, run by turns: what else the machine does only ever adds to them.

    What takes few is run more often, since the same chance makes more of it.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    turn = 0
    while turn < RUNS or sum(map(sum, taken)) < LEAST:
        turn += 1
        for which in (0, 1) if turn % 2 else (1, 0):
            seconds = _taken((ours, yardstick)[which])
            if turn > 2:
                taken[which].append(seconds)
    return min(taken[0]), min(taken[1])


def _taken(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
