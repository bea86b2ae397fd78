"""Explore over a million contract actions, never asked before, answers and pages: `python -m scripts.bench explore`.

What a reader waits for is our work and the engine's, so wall time is measured, beside the raw query of each question
in the same process by turns. Charts are drawn by two processes beside it, as a server has them drawn.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from scripts.benchmarks.metrics import Report
from scripts.benchmarks.million import million
from tallystick.catalog import Catalog
from tallystick.views.asked import Asked
from tallystick.views.charts.vega import drawers
from tallystick.views.html.explore import explore
from tallystick.views.html.exploring import exploring_of
from tallystick.views.pages.read import pages
from tallystick.views.visit import Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import Words

MOST = 3.0
MOST_ANSWERS = 1.8
TURNS = 4
EARLIER = timedelta(days=500)  # where no page has asked
WARM = 2
_ASKED: tuple[Asked, ...] = (
    {"metric": ("obligations",), "where": ("agency=ICE",), "by": ("recipient_name",)},
    {"metric": ("obligations",), "by": ("fiscal_year",)},
    {"metric": ("obligations",), "where": ("agency=ICE", "naics=332994")},
    {"metric": ("actions",), "by": ("psc",)},
    {"metric": ("awards",), "where": ("agency=ICE",), "by": ("fiscal_year",)},
    {"metric": ("obligations",), "where": ("agency=ICE",), "by": ("month", "category")},
    {"metric": ("concentration",), "by": ("fiscal_year",)},
    {"metric": ("gross_obligations",), "where": ("agency=ICE",), "by": ("category",), "draw": ("table",)},
)


def run(report: Report) -> None:
    """Measure the 95th percentile of answers, and of the pages that show such, beside that of their raw queries."""
    with million() as bench, drawers().beside(2):
        told, links, words = pages(Catalog(bench.pipeline.settings.records)), ServerLinks(), Words()
        answers: list[float] = []
        whole: list[float] = []
        raw: list[float] = []
        for turn in range(TURNS + WARM):
            for place, asked in enumerate(_ASKED):
                since = date(2021, 10, 1) + timedelta(days=turn * len(_ASKED) + place)
                fresh = {**asked, "from": (str(since),)}
                page = _took(partial(explore, Visit(bench, told, words, links, "/explore", fresh), {}))
                another = replace(exploring_of(fresh).question, start=since - EARLIER)
                alone = _took(partial(bench.ask, another))
                answer = bench.ask(exploring_of(fresh).question)
                query = _took(partial(bench.engine.query, answer.sql))
                if turn >= WARM:
                    answers.append(alone)
                    whole.append(page)
                    raw.append(query)
        beside = _p95(raw) * 1000
        report.ratio("answers at 1,000,000 actions, p95 ms", _p95(answers) * 1000, beside, MOST_ANSWERS)
        report.ratio("Explore's pages of these, p95 ms", _p95(whole) * 1000, beside, MOST)


def _took(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
