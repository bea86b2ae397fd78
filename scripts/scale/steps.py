"""One step over a home, in a process of its own: `python -m scripts.scale.steps STEP '{"home": ...}'`.

Prints as JSON what it took: seconds by the clock and of the processor, and the most memory of this program in MB (of
its own cluster too, where it starts one).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scripts.benchmarks.handwritten import DAY, PAIRS, Pair
from scripts.benchmarks.ingest import yardstick
from scripts.generate_transactions import SOURCE
from tallystick.bench import Bench
from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.engines.engine import EngineOfEditions
from tallystick.engines.registry import warehouse
from tallystick.nouns.finding import Severity
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.tables.elsewhere import made_in
from tallystick.tables.kept import keep
from tallystick.tables.statements import compiled
from tallystick.views.asked import Asked
from tallystick.views.html.explore import explore
from tallystick.views.html.exploring import exploring_of
from tallystick.views.pages.read import pages
from tallystick.views.visit import Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import Words

Given = Mapping[str, str]
Took = dict[str, float]
RUNS = 3
_METRICS = ("obligations", "gross_obligations", "actions", "awards", "concentration", "recipients")
_ASKED: tuple[Asked, ...] = (
    {"metric": ("obligations",), "where": ("agency=ICE",), "by": ("recipient_name",)},
    {"metric": ("obligations",), "by": ("fiscal_year",)},
    {"metric": ("actions",), "by": ("psc",)},
)


def add(given: Given) -> Took:
    """Archive, read, judge and publish one file."""
    line = _line(given)
    source, path = line.catalog.source(SOURCE), Path(given["file"])

    def work() -> None:
        _, made = line.add(source, path, Provenance(SOURCE, path.name))
        if severe := [found.says for found in made.findings if found.severity is Severity.SEVERE]:
            raise SystemExit(f"the generated file is not clean: {severe}")

    return _taken(work)


def raw_add(given: Given) -> Took:
    """The yardstick of `add`: DuckDB's own typed reading of the unpacked file to Parquet."""
    with TemporaryDirectory(dir=given["scratch"]) as scratch:
        with zipfile.ZipFile(given["file"]) as packed:
            packed.extractall(Path(scratch) / "plain")
        return _taken(yardstick(Path(scratch) / "plain", Path(scratch)))


def build(given: Given) -> Took:
    """Choose and build the Edition, and ask the first figure over all awards, which derives what it needs."""
    line = _line(given)

    def work() -> None:
        line.build()
        if "empty" not in given and not Bench(line).ask(Question("ceiling")).value:
            raise SystemExit("the generated awards have no ceiling")

    return _taken(work)


def metrics(given: Given) -> Took:
    """Our SELECT of each metric beside the one a person writes: the fewest seconds of each, added up."""
    bench = Bench(_line(given))
    for name in _inputs(bench):
        keep(bench.engine, name, bench.edition, bench.pipeline.graph, bench.pipeline.warehouse)
    selects = [compiled(bench.metrics.expression(pair.question, DAY), bench.engine.dialect) for pair in _pairs()]
    ours = {f"ms {one.name}": _fewest(bench.engine, sql) * 1000 for one, sql in zip(_pairs(), selects, strict=True)}
    by_hand = sum(_fewest(bench.engine, pair.sql) for pair in _pairs())
    return {"ours": sum(ours.values()) / 1000, "by hand": by_hand, "peak": _peak(), **ours}


def page_queries(given: Given) -> Took:
    """Pages of Explore that nobody asked before, beside the raw query of each."""
    bench = Bench(_line(given))
    told, links, words = pages(Catalog(bench.pipeline.settings.records)), ServerLinks(), Words()
    ours, raw = 0.0, 0.0
    for turn in range(RUNS):
        for asked in _ASKED:
            fresh = {**asked, "from": (str(date(2021, 10, 1 + turn)),)}
            page = partial(explore, Visit(bench, told, words, links, "/explore", fresh), {})
            spent = _seconds(page)
            sql = bench.ask(exploring_of(fresh).question).sql
            if turn:  # the first of a shape is compiled
                ours, raw = ours + spent, raw + _seconds(partial(bench.engine.query, sql))
    return {"ours": ours, "raw": raw, "peak": _peak()}


def elsewhere(given: Given) -> Took:
    """The Edition's tables made in another engine, and there the SELECTs of `metrics`."""
    bench = Bench(_line(given))
    with _engine(given) as (address, servers), TemporaryDirectory(dir=given["scratch"]) as folder:
        at = f"{address};tables={folder}" if address.startswith("sc://") else address
        there = warehouse(at, f"scale_{bench.edition.id}")
        made = _taken(lambda: made_in(there, bench.engine, bench.edition, bench.pipeline.graph))
        ours = {f"ms {pair.name}": _asked_there(there, bench, pair) * 1000 for pair in _pairs()}
        peak = made["peak"] + sum(map(_peak, servers))
        there.close()
    return {"made": made["clock"], "ours": sum(ours.values()) / 1000, "peak": peak, **ours}


def _asked_there(there: EngineOfEditions, bench: Bench, pair: Pair) -> float:
    sql = compiled(bench.metrics.expression(pair.question, DAY), there.dialect)
    return min(_seconds(partial(there.query, sql)) for _ in range(RUNS))


@contextmanager
def _engine(given: Given) -> Iterator[tuple[str, list[int]]]:
    """The address that was given; where it is a name, that of a server which is started here, as the tests do."""
    from tests.engines.cluster import spark
    from tests.engines.server import postgresql

    if given["engine"] == "sail":
        with spark() as address:
            yield address, _children()
    elif given["engine"] == "postgresql":
        with postgresql() as address:
            yield address, []
    else:
        yield given["engine"], []


def _children() -> list[int]:
    told = subprocess.run(["pgrep", "-P", str(_own())], capture_output=True, text=True, check=False)
    return [int(its) for its in told.stdout.split() if Path(f"/proc/{its}/status").exists()]


def _own() -> int:
    return int(Path("/proc/self").resolve().name)


def _pairs() -> list[Pair]:
    chosen: dict[str, Pair] = {}
    for pair in PAIRS:
        if pair.question.metric in _METRICS:
            chosen.setdefault(pair.name, pair)
    return list(chosen.values())


def _inputs(bench: Bench) -> list[str]:
    return sorted({name for pair in _pairs() for name in bench.metrics.metric(pair.question.metric).inputs})


def _line(given: Given) -> Pipeline:
    compiled_in = Path(given["compiled"])
    return Pipeline(
        Settings(Path(given["home"]), (bundled_records(),), memory_limit=given["memory"], compiled=compiled_in)
    )


def _fewest(engine: DuckDB, sql: str) -> float:
    return min(_seconds(partial(engine.query, sql)) for _ in range(RUNS))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _taken(work: Callable[[], None]) -> Took:
    cpu = time.process_time()
    clock = _seconds(work)
    return {"clock": clock, "cpu": time.process_time() - cpu, "peak": _peak()}


def _peak(process: int | str = "self") -> float:
    """The highest resident size of a program, in MB."""
    (told,) = (line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(told.split()[1]) / 1024


STEPS: Mapping[str, Callable[[Given], Took]] = {
    "add": add,
    "raw_add": raw_add,
    "build": build,
    "metrics": metrics,
    "page_queries": page_queries,
    "elsewhere": elsewhere,
}


def alone(step: str, given: Mapping[str, Any]) -> Took:
    """What a step takes in a fresh process. Raises `RuntimeError` with what it said where it fails."""
    told = json.dumps({name: str(value) for name, value in given.items()})
    command = [sys.executable, "-m", "scripts.scale.steps", step, told]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{step}: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """The step that is named, alone."""
    step, given = sys.argv[1:]
    print(json.dumps(STEPS[step](json.loads(given))))


if __name__ == "__main__":
    main()
