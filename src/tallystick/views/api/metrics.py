"""/api/v1/metrics: what can be asked, and the answers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from tallystick.bench import Bench
from tallystick.metrics.filters import dimensions
from tallystick.nouns.metric import Answer, Question
from tallystick.views.api import models
from tallystick.views.api.described import JSON_ONLY, TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import Asks, Known, Paged, Walks
from tallystick.views.api.replies import Listing
from tallystick.views.asked import asked_of
from tallystick.views.behind import file_rows, placed_rows
from tallystick.views.download import about, marked_rows, marks, told
from tallystick.views.interval import with_interval
from tallystick.views.listed import metric_row
from tallystick.views.urls import segment, url

router = APIRouter(prefix="/api/v1/metrics", tags=[Tag.METRICS])

MetricName = Annotated[str, Path(description="The metric's name.", examples=["obligations"], max_length=100)]


@router.get("", operation_id="listMetrics", response_model=models.Metrics, responses=TABULAR)
def list_metrics(asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """Every metric: its unit, its title, its breakdowns, its definition."""
    with desk.bench(asked) as bench:
        rows = [metric_row(metric) for metric in bench.metrics.by_name.values()]
        return desk.replied(Listing(bench.edition.id, known(bench), rows, list(models.Metric.model_fields)), asked)


@router.get("/{name}", operation_id="readMetric", response_model=models.MetricRead, responses=JSON_ONLY)
def read_metric(name: MetricName, asked: Annotated[Known, Query()], desk: Here) -> Response:
    """One metric: what it counts, in words, and what it may be filtered and broken down by."""
    with desk.bench(asked) as bench:
        metric = bench.metrics.metric(name)
        filters = dimensions(bench.pipeline.graph.unbound(metric.inputs[0]))
        more = {"filters": filters, "answer": f"/api/v1/metrics/{segment(name)}/answer"}
        return desk.replied(Listing(bench.edition.id, known(bench) | metric_row(metric) | more), asked)


@router.get("/{name}/answer", operation_id="askMetric", response_model=models.Answer, responses=TABULAR)
def ask_metric(name: MetricName, asked: Annotated[Asks, Query()], desk: Here) -> Response:
    """The figure of a metric, or a table of figures with `by`: exact, with what must be read beside it.

    It is what the command line, the pages and Python answer. A value of null is unknown, never zero; or it is
    hidden where `hidden` is true, so that nobody is pointed at.
    """
    question = asked.question(name)
    with desk.bench(asked) as bench:
        answer = with_interval(bench, answered(bench, question))
        beside = _answer_told(bench, answer)
        columns = [*question.by, "value", *marks(answer)]
        its = Listing(answer.edition, beside, marked_rows(answer), columns, lambda: about(bench, answer))
        return desk.replied(its, asked)


@router.get("/{name}/why", operation_id="whyMetric", response_model=models.Why, responses=TABULAR)
def why_metric(name: MetricName, asked: Annotated[Walks, Query()], desk: Here) -> Response:
    """The rows behind a figure: each with its file, its member and its row there, and the files with their hashes.

    Of a metric whose rows are persons there are none: those are counted, and never shown.
    """
    question = asked.question(name)
    with desk.bench(asked) as bench:
        answer = answered(bench, question)
        found = placed_rows(bench, question, asked.rows)
        columns = list(dict.fromkeys(name for row in found for name in row))
        rows = [dict.fromkeys(columns) | row for row in found]
        beside = _told(bench, answer) | {
            "expression": answer.sql,
            "shown": asked.rows,
            "files": file_rows(bench, question),
        }
        its = Listing(answer.edition, beside, rows, columns, lambda: about(bench, answer))
        return desk.replied(its, asked)


def answered(bench: Bench, question: Question) -> Answer:
    """The answer; a value that no row of the Edition has is refused, as on the command line. Raises `UnknownName`."""
    answer = bench.ask(question)
    if not any(row["value"] for row in answer.rows):
        bench.refuse_unheard(question)
    return answer


def _answer_told(bench: Bench, answer: Answer) -> dict[str, Any]:
    question = answer.question
    parameters = {name: values for name, values in asked_of(question).items() if name != "metric"}
    if bench.known_on:
        parameters["as_known_on"] = (str(bench.known_on),)
    why = url(f"/api/v1/metrics/{segment(question.metric)}/why", parameters)
    return _told(bench, answer) | {"unknown_because": answer.unknown_because or None, "why": why}


def _told(bench: Bench, answer: Answer) -> dict[str, Any]:
    """What stands beside the rows: the same as on the command line."""
    whole = {name: value for name, value in told(answer).items() if name != "rows"}
    return known(bench) | whole | {"counted": answer.counted}
