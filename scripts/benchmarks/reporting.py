"""Reports under load: `python -m scripts.bench reporting`.

A real server over an empty home takes made-up stage events of a made-up process over HTTP: for `SECONDS` at a
steady 1,000 a second in batches of `BATCH`, then as many as it takes, then posts of a single event from `POSTERS`
connections. Acknowledged ids are compared with the log at the end. The server's CPU seconds are the system's count.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import urlsplit

from scripts.benchmarks.metrics import Report
from tallystick.pipeline import Pipeline
from tallystick.reporting.door import make_token
from tallystick.reporting.kinds import STAGE_EVENTS
from tallystick.reporting.log import Log
from tallystick.settings import Settings, bundled_records

WANTED, SECONDS, BATCH, POSTERS, SINGLES = 1_000, 20, 100, 8, 1_000
STAGES = ("survey", "order", "delivery", "installation", "test")
PROCESS = (
    """\
title: A made-up process
about: Only for measuring.
unit: {called: site, means: a made-up site}
events: {a: begun, b: done}
stages:
"""
    + "".join(f"  {stage}: {{means: a stage, enters: a, leaves: b}}\n" for stage in STAGES)
    + """\
overall: {enters: a, leaves: b}
"""
)


@dataclass(frozen=True)
class Server:
    """A server that takes reports, its home, and a token for it."""

    url: str
    home: Path
    token: str
    process: int

    @property
    def cpu_seconds(self) -> float:
        told = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def run(report: Report) -> None:
    """Measure a steady load, the most there is, and single posts; then look for acknowledged events that are lost."""
    with TemporaryDirectory() as folder, serving(Path(folder)) as server:
        acknowledged: list[str] = []
        begun, cpu, slowest = perf_counter(), server.cpu_seconds, []
        for number in range(WANTED // BATCH * SECONDS):
            sleep(max(0.0, begun + number * BATCH / WANTED - perf_counter()))
            sent = perf_counter()
            acknowledged += post(server, batch(number, BATCH))
            slowest.append((perf_counter() - sent) * 1000)
        taken = perf_counter() - begun
        report.ratio("events a second, steady (1,000 wanted)", WANTED, len(acknowledged) / taken, 1.02)
        report.ratio("of a core, at that rate", (server.cpu_seconds - cpu) / taken, 1.0, 1.0)
        print(
            f"        a batch of {BATCH}: median {median(slowest):.0f} ms, slowest {max(slowest):.0f} ms", flush=True
        )
        acknowledged += _at_most(report, server, 10_000)
        acknowledged += _singles(report, server)
        with Log.of(server.home) as log:
            lost = set(acknowledged) - set(log.known(STAGE_EVENTS, acknowledged))
        report.ratio("events acknowledged and lost", len(lost), 1.0, 0.0)


def _at_most(report: Report, server: Server, first: int) -> list[str]:
    """Batches of 500 from two connections, as fast as they are taken; the token's own limit is what stops them."""
    batches = [batch(first + number, 500) for number in range(30)]
    begun = perf_counter()
    with ThreadPoolExecutor(2) as posters:
        told = [name for names in posters.map(lambda rows: post(server, rows), batches) for name in names]
    print(f"        as fast as taken: {len(told) / (perf_counter() - begun):,.0f} events a second", flush=True)
    report.ratio("events a second at most (1,000 wanted)", WANTED, len(told) / (perf_counter() - begun), 1.0)
    return told


def _singles(report: Report, server: Server) -> list[str]:
    events = [batch(50_000 + number, 1) for number in range(SINGLES)]
    begun = perf_counter()
    with ThreadPoolExecutor(POSTERS) as posters:
        told = [name for names in posters.map(lambda rows: post(server, rows), events) for name in names]
    report.ratio("single posts a second (100 wanted)", 100, len(told) / (perf_counter() - begun), 1.0)
    return told


def batch(number: int, events: int) -> list[str]:
    """Rows of a batch, as JSON lines: each event of a unit of its own at a stage."""
    return [
        f'{{"event_id": "{number}-{place}", "process": "made_up", "unit": "Site {number * events + place}", '
        f'"stage": "{STAGES[place % len(STAGES)]}", "event": "enter", "at": "2026-03-09T09:00:00-05:00"}}'
        for place in range(events)
    ]


def post(server: Server, rows: Sequence[str]) -> list[str]:
    """Post a batch until it is acknowledged; the ids of its events. A refusal for the rate is waited for."""
    while True:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
        headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/x-ndjson"}
        connection.request("POST", "/api/v1/reports/stage-events", "\n".join(rows), headers)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        if answer.status in (200, 201):
            return [row.split('"', 4)[3] for row in rows]
        if answer.status != 429:
            raise SystemExit(f"refused with {answer.status}: {said[:300]!r}")
        sleep(float(answer.headers["retry-after"]))


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server over a new home below `folder`, with records of a made-up process."""
    (folder / "mine" / "processes").mkdir(parents=True)
    (folder / "mine" / "processes" / "made_up.yml").write_text(PROCESS)
    settings = Settings(home=folder / "home", records=(bundled_records(),), threads=1)
    Pipeline(settings).build()
    with Log.of(settings.home) as log:
        _, token = make_token(log, "An invented office", {"process": ("*",), "office": ("*",)})
    command = [sys.executable, "-m", "tallystick", "serve", "--port", "0", "--home", str(settings.home)]
    env = os.environ | {"TALLYSTICK_TAKE_REPORTS": "yes", "TALLYSTICK_RECORDS": str(folder / "mine")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().split("http", 1)[1].split("/ ")[0].join(("http", ""))
            yield Server(url, settings.home, token, process.pid)
        finally:
            process.kill()
