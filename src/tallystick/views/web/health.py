"""How the server itself is: for those who run it, and for what watches over it."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI, Response

from tallystick import clock
from tallystick.current import News
from tallystick.ourselves import __version__
from tallystick.views.web.workbench import Workbench

OK, DEGRADED, FAILING = "ok", "degraded", "failing"
"""All is well; it answers, but some request since it began met a defect of ours; what is in force is not kept up."""


def health(app: FastAPI, bench: Workbench) -> None:
    """`/health` as JSON, 503 when something is wrong, and `/metrics` as Prometheus reads it."""

    def count(news: News) -> None:
        (bench.measures.releases if news.landed else bench.measures.editions).inc()

    bench.current.hear(count)

    def answer() -> Response:
        told = _told(bench)
        status = 503 if told["status"] == FAILING else 200
        return Response(json.dumps(told).encode(), status, {"cache-control": "no-store"}, "application/json")

    def metrics() -> Response:
        bench.measures.age.set(_age(bench))
        bench.measures.past.set(bench.current.waiting)
        return Response(
            bench.measures.told(), 200, {"cache-control": "no-store"}, "text/plain; version=0.0.4; charset=utf-8"
        )

    app.add_api_route("/health", answer, include_in_schema=False)
    app.add_api_route("/metrics", metrics, include_in_schema=False)


def _told(bench: Workbench) -> dict[str, Any]:
    current, watcher = bench.current, bench.watcher
    trouble = (watcher.trouble if watcher else "") or (bench.taking.trouble if bench.taking else "")
    if watcher and not watcher.is_alive:
        trouble = trouble or "nobody looks at the ledger any more"
    defects = bench.measures.defects
    return {
        "status": FAILING if trouble else DEGRADED if defects else OK,
        "version": __version__,
        "edition": current.state.edition,
        "in_force_since": current.since.isoformat(),
        "edition_age_seconds": _age(bench),
        "releases": current.position.releases,
        "decisions": current.position.decisions,
        "is_behind": current.is_behind(),
        "past_days_waiting": current.waiting,
        "trouble": trouble,
        "defects": defects,
        "last_defect": bench.measures.last_defect,
    }


def _age(bench: Workbench) -> int:
    return int((clock.now() - bench.current.since).total_seconds())
