"""The workbench as readers meet it: `python -m scripts.bench web`.

Pages are asked of a real server over the official releases by twenty readers in another process, each page made
before and each reader on one connection; weights are those on the wire; the first paint is Chromium's on a line of
1.6 Mbit/s and 150 ms. Explore's answers are figures that nobody asked before, over a million generated contract
actions, one reader; the yardstick is the same SELECT run alone in the same engine. `TALLYSTICK_BENCH_HOME` names a
home that is ready, to spare the making.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import urlencode, urlsplit

from scripts.benchmarks.metrics import Report
from scripts.benchmarks.painted import first_paints
from scripts.generate_transactions import SOURCE, Wanted, full
from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

REAL = Path(__file__).parents[3] / "shared" / "data"
PAGES = ("/", "/money", "/claims", "/enforcement", "/detention", "/287g", "/findings", "/sources", "/explore")
READERS, ROUNDS = 20, 5
MEDIAN_MS, P95_MS, PAINT_MS, WEIGHT_KB, ANSWER_MS = 150, 400, 1000, 300, 100
ROWS = 1_000_000


def run(report: Report) -> None:
    """Measure pages over the official releases, then Explore's answers over a million contract actions."""
    with _home_of_releases() as home, _serving(home) as url:
        _pages(report, url)
        for page, paint in first_paints(url, PAGES).items():
            report.ratio(f"{page} first paint ms of {PAINT_MS}", paint, PAINT_MS, 1.0)
    with TemporaryDirectory() as folder:
        _answers(report, Path(folder), ROWS)


def _pages(report: Report, url: str) -> None:
    """Each page's weight, and its times while twenty readers ask for all of them."""
    for page in PAGES:
        report.ratio(f"{page} kB of {WEIGHT_KB}", _warm(url, page) / 1000, WEIGHT_KB, 1.0)
    with ThreadPoolExecutor(READERS) as readers:
        taken = [ms for each in readers.map(lambda _: _read(url), range(READERS)) for ms in each]
    report.ratio(f"page ms at the median, of {MEDIAN_MS}", median(taken), MEDIAN_MS, 1.0)
    report.ratio(f"page ms at p95, of {P95_MS}", _p95(taken), P95_MS, 1.0)


def _warm(url: str, page: str) -> int:
    """Ask until the page is made; its bytes on the wire."""
    while True:
        status, size, _ = _get(url, page)
        if status == 200:
            return size
        if status not in (429, 503):
            raise RuntimeError(f"{page} answered {status}")
        sleep(1)


def _read(url: str) -> list[float]:
    """The milliseconds that each page took one reader, who keeps his connection as a browser does."""
    taken = []
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)) as connection:
        for page in PAGES * ROUNDS:
            status, _, ms = _asked_over(connection, page)
            if status != 200:
                raise RuntimeError(f"{page} answered {status}")
            taken.append(ms)
    return taken


def _get(url: str, page: str) -> tuple[int, int, float]:
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)) as connection:
        return _asked_over(connection, page)


def _asked_over(connection: http.client.HTTPConnection, page: str) -> tuple[int, int, float]:
    """The status of a page, its bytes on the wire, and the milliseconds to the last of them."""
    begun = perf_counter()
    connection.request("GET", page, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    size = len(answer.read())
    return _status(answer), size, (perf_counter() - begun) * 1000


def _status(answer: http.client.HTTPResponse) -> int:
    """503 of a page of which some figures are still being worked out too."""
    return 503 if answer.status == 200 and answer.getheader("retry-after") else answer.status


def _answers(report: Report, folder: Path, rows: int) -> None:
    """Explore's answers, each asked for the first time, beside the SELECT alone."""
    pipeline = Pipeline(Settings(folder / "home", (bundled_records(),), threads=2, memory_limit="2GB"))
    release = full(folder, Wanted(rows))
    pipeline.add(pipeline.catalog.source(SOURCE), release, Provenance(SOURCE, release.name))
    bench = Bench(pipeline)
    bench.ask(Question("obligations"))
    with _serving(folder / "home") as url:
        ours, raw = [], []
        for asked in _asked():
            status, _, ms = _get(url, f"/api/v1/metrics/{asked.metric}/answer?{_parameters(asked)}")
            if status != 200:
                raise RuntimeError(f"{asked} answered {status}")
            ours.append(ms)
            sql = bench.ask(asked).sql
            begun = perf_counter()
            bench.engine.query(sql)
            raw.append((perf_counter() - begun) * 1000)
    report.ratio("Explore's answer ms to the raw query", median(ours), median(raw), 5.0)
    report.ratio(f"Explore's answer ms at p95, of {ANSWER_MS}", _p95(ours), ANSWER_MS, 1.0)


def _asked() -> Iterator[Question]:
    """Forty questions, none like another."""
    for by, months in product(((), ("psc",), ("agency",), ("month",)), range(10)):
        begins = date(2025, 1, 1) + timedelta(days=months)
        yield Question("obligations", {"agency": ["ICE", "CBP"]}, by, begins, begins + timedelta(days=200))


def _parameters(asked: Question) -> str:
    told = [("where", f"agency={one}") for one in asked.where["agency"]] + [("by", name) for name in asked.by]
    return urlencode([*told, ("from", str(asked.start)), ("to", str(asked.end))])


@contextmanager
def _home_of_releases() -> Iterator[Path]:
    """A home that holds every official release, or the starter edition where there is none."""
    if ready := os.environ.get("TALLYSTICK_BENCH_HOME"):
        yield Path(ready)
        return
    with TemporaryDirectory() as folder:
        pipeline = Pipeline(Settings(Path(folder), (bundled_records(),)))
        if REAL.is_dir():
            pipeline.take_in(REAL)
        else:
            print("  over the starter edition: the official releases are not there")
            pipeline.take_in_starter()
        pipeline.build()
        yield Path(folder)


@contextmanager
def _serving(home: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tallystick", "serve", "--port", "0", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        try:
            yield "http" + told.split("http", 1)[1].split("/ ", 1)[0]
        finally:
            process.terminate()


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]
