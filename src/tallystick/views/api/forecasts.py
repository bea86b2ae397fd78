"""/api/v1/forecasts: what lies ahead of processes, and how what was said before turned out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from tallystick.views.api import models
from tallystick.views.api.described import TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import OfStage, Paged
from tallystick.views.api.replies import Listing
from tallystick.views.forecast import SCORES, UNITS, flow_rows, kept_says, past_rows, score_rows, unit_rows, why_none

router = APIRouter(prefix="/api/v1/forecasts", tags=[Tag.FORECASTS])

Process = Annotated[str, Path(description="The process.", examples=["requests_287g"], max_length=200)]


@router.get("", operation_id="listForecasts", response_model=models.Forecasts, responses=TABULAR)
def list_forecasts(asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """The processes that are forecast, each with the stage that is meant where none is named."""
    with desk.bench(asked) as bench:
        forecasting = bench.forecasting
        rows = [
            {"process": name, "stage": forecasting.stage(name), "title": " ".join(one.title.split())}
            for name, one in forecasting.processes.items()
        ]
        its = Listing(
            bench.edition.id, known(bench) | {"processes": rows}, rows, ["process", "stage", "title"],
            lambda: known(bench), called="processes",
        )  # fmt: skip
        return desk.replied(its, asked)


@router.get("/{process}", operation_id="readForecast", response_model=models.ForecastRead, responses=TABULAR)
def read_forecast(process: Process, asked: Annotated[OfStage, Query()], desk: Here) -> Response:
    """Each unit under way with its chances and expected date, the programme ahead, and the score of what was said."""
    with desk.bench(asked) as bench:
        forecasting = bench.forecasting
        judged = forecasting.judged(process, asked.stage)
        made, kept = forecasting.made(process, asked.stage), forecasting.kept(process, asked.stage)
        rows = list(unit_rows(made))
        beside = known(bench) | {
            "process": process,
            "stage": forecasting.stage(process, asked.stage),
            "day": made.day if made else None,
            "method": made.method if made else None,
            "stays": made.stays if made else 0,
            "programme": list(flow_rows(made)),
            "scores": list(score_rows(judged.scores)),
            "kept": " ".join(kept_says(kept, judged)),
            "unknown_because": None if rows else why_none(made),
            "past": list(past_rows(judged)),
            "units": rows,
        }
        its = Listing(bench.edition.id, beside, rows, UNITS, lambda: known(bench), called="units")
        return desk.replied(its, asked)


@router.get("/{process}/scores", operation_id="readScores", response_model=models.Scores, responses=TABULAR)
def read_scores(process: Process, asked: Annotated[OfStage, Query()], desk: Here) -> Response:
    """What the forecasts that were kept lost, by each measure, beside the naive ones of the same days."""
    with desk.bench(asked) as bench:
        rows = list(score_rows(bench.forecasting.judged(process, asked.stage).scores))
        beside = known(bench) | {"scores": rows}
        its = Listing(bench.edition.id, beside, rows, SCORES, lambda: known(bench), called="scores")
        return desk.replied(its, asked)
