"""From a release that landed to an open page that shows it: `python -m scripts.bench live`.

A server over the official releases (`TALLYSTICK_BENCH_HOME` names a home that is ready: it is copied), a reader of
its news and of one page. A release lands as `tallystick add` would have it land; counted is from then to the event
that tells of the Edition that holds it, to the page that shows it, and to that page with every figure in it.
The yardstick is the taking in of the release alone.
"""

from __future__ import annotations

import csv
import http.client
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import urlsplit

from scripts.benchmarks.metrics import Report
from scripts.benchmarks.web import _home_of_releases, _serving, _warm
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

PAGE, SECONDS = "/money", 2.0
ROUNDS = 3
_SOURCE = "usaspending_captures"
_HEADER = (
    "Award ID", "Recipient Name", "Federal Action Obligation", "Agency", "Action Date", "Modification",
    "Product/Service Description", "NAICS Description", "Transaction Description", "Generated Award ID",
)  # fmt: skip
_SHOWN = re.compile(rb'data-edition="([0-9a-f]+)"')


def run(report: Report) -> None:
    """Land a release several times; the first after the start is told apart, since more is cold then."""
    with TemporaryDirectory() as folder, _home_of_releases() as ready:
        home = Path(shutil.copytree(ready, Path(folder) / "home")) if "TALLYSTICK_BENCH_HOME" in os.environ else ready
        with _serving(home) as url:
            _warm(url, PAGE)
            for number in range(ROUNDS):
                took, event, shown, whole = _landed(home, Path(folder), url, number)
                report.ratio(f"landing {number + 1}: s to the page, of {SECONDS}", shown, SECONDS, 1.0)
                waited = ("event", event, 3.0), ("page", shown, 5.0), ("last figure", whole, 30.0)
                for name, seconds, most in waited:
                    report.ratio(f"landing {number + 1}: s to the {name}, to taking in", seconds, took, most)


def _landed(home: Path, folder: Path, url: str, number: int) -> tuple[float, float, float, float]:
    """Seconds of taking a release in; then to the event, to the page, and to the whole page."""
    pipeline = Pipeline(Settings(home, (bundled_records(),)))
    release = _release(folder, number)
    with _news(url) as events:
        begun = perf_counter()
        pipeline.add(pipeline.catalog.source(_SOURCE), release, Provenance(_SOURCE, release.name))
        landed = perf_counter()
        edition = next(events)
        event = perf_counter()
        while _SHOWN.findall(_page(url)) != [edition.encode()]:
            sleep(0.05)
        shown = perf_counter()
        _warm(url, PAGE)
        return landed - begun, event - landed, shown - landed, perf_counter() - landed


@contextmanager
def _news(url: str) -> Iterator[Iterator[str]]:
    """The Editions that are told of from now on."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    connection.request("GET", "/events")
    answer = connection.getresponse()
    answer.readline()
    yield _editions(answer)
    connection.close()


def _editions(answer: http.client.HTTPResponse) -> Iterator[str]:
    name = ""
    for line in answer:
        said, _, told = line.decode().strip().partition(": ")
        name = told if said == "event" else name
        if said == "data" and name == "edition":
            yield str(json.loads(told)["edition"])


def _page(url: str) -> bytes:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    connection.request("GET", PAGE)
    body = connection.getresponse().read()
    connection.close()
    return body


def _release(folder: Path, number: int) -> Path:
    """A capture of 200 actions of a year of which nothing is held."""
    path = folder / f"CBP_ICE_FY{2012 + number}_asof_20260821_made.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for one in range(200):
            piid, day = f"70CMSW{12 + number}P{one:08d}", date(2011 + number, 10, 1) + timedelta(days=one)
            writer.writerow(
                [piid, "EXAMPLE OUTFITTERS INC", f"{one}.07", "ICE", day.isoformat(), "0", "", "", "SIDEARMS",
                 f"CONT_AWD_{piid}_7012_-NONE-_-NONE-"]
            )  # fmt: skip
    return path
