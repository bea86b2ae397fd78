"""One number, whoever asks: the API, Python, the command line and the pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tallystick.bench import Bench
from tallystick.catalog import Catalog
from tallystick.errors import TallystickError
from tallystick.metrics.examples import examples
from tallystick.nouns.metric import Answer, Question
from tallystick.settings import Settings, bundled_records
from tallystick.views.answer import figure
from tallystick.views.asked import asked_of
from tallystick.views.cells import cell
from tallystick.views.cli.main import outcome
from tallystick.views.formats import as_json
from tallystick.views.html.why import why
from tallystick.views.judgement import judgement_whole
from tallystick.views.pages.read import pages
from tallystick.views.publish.names import wanted
from tallystick.views.publish.walk import Desk, made_at
from tallystick.views.visit import Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import Words
from tests.real_home import real_pipeline
from tests.views.api.conftest import api_over

CATALOG = Catalog((bundled_records(),))
ASKED = [(path.stem, example.question) for path, written in examples(CATALOG) for example in written.examples]
EVERY = [question for _, question in ASKED]
ONE_OF_EACH = list(dict(reversed(ASKED)).values())
"""The first example of each file of metrics."""
_ENDS = ("low", "high")
"""The ends of an estimate's interval, which stand beside its value."""
_FIGURE = re.compile(r'<td class="number">(?:<a [^>]*>)?([^<]+)<')
"""A figure of the table of a claim's page, with or without a link to its why."""


def exact(text: str) -> Any:
    """JSON with its numbers exact."""
    return json.loads(text, parse_float=Decimal)


def by_api(client: TestClient, question: Question) -> Any:
    asked = {name: list(values) for name, values in asked_of(question).items() if name != "metric"}
    return client.get(f"/api/v1/metrics/{question.metric}/answer", params=asked)


def by_python(bench: Bench, question: Question) -> Answer | TallystickError:
    """The answer, or what the question is refused with."""
    try:
        answer = bench.ask(question)
        if not any(row["value"] for row in answer.rows):
            bench.refuse_unheard(question)
        return answer
    except TallystickError as error:
        return error


def compare(client: TestClient, bench: Bench, questions: Sequence[Question]) -> int:
    """How many of the questions are answered, each alike by the API and Python; others are refused alike."""
    answered = 0
    for question in questions:
        reply, answer = by_api(client, question), by_python(bench, question)
        if isinstance(answer, TallystickError):
            assert reply.json()["detail"] == answer.what
            continue
        told = exact(reply.text)
        bare = [{name: value for name, value in row.items() if name not in _ENDS} for row in told["rows"]]
        assert bare == exact(as_json(answer.rows).decode()), question
        assert told["caveats"] == list(answer.caveats)
        answered += any(row["value"] is not None for row in answer.rows)
    return answered


def test_every_example_of_every_metric_has_one_answer(client: TestClient, small_bench: Bench) -> None:
    assert {question.metric for question in EVERY} == set(small_bench.metrics.by_name)
    assert compare(client, small_bench, EVERY) > 10


@pytest.mark.real_data
def test_every_example_has_one_answer_of_the_real_releases(real_home: Path, real_bench: Bench) -> None:
    client = TestClient(api_over(real_pipeline(real_home).settings))
    assert compare(client, real_bench, ONE_OF_EACH) > len(ONE_OF_EACH) / 3


def test_the_command_line_answers_the_same(
    client: TestClient,
    small_home: Settings,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # one process opens one file in one way only
    monkeypatch.setenv("TALLYSTICK_THREADS", str(small_home.threads))
    monkeypatch.setenv("TALLYSTICK_MEMORY", small_home.memory_limit)
    for question in ONE_OF_EACH:
        reply = by_api(client, question)
        if reply.status_code != 200:
            continue
        told = exact(reply.text)
        ending = ["--sort", "name", "--format", "json", "--home", str(small_home.home)]
        code = outcome(["show", *words(question), *ending])
        out, err = capfd.readouterr()
        assert code == 0, err
        printed = exact(out)
        assert printed["edition"] == told["edition"]
        assert printed.get("rows", [{"value": printed.get("value")}]) == told["rows"]


def words(question: Question) -> list[str]:
    """A question as it is written on the command line."""
    asked: Mapping[str, Sequence[str]] = asked_of(question)
    given = [(f"--{name}", value) for name, values in asked.items() if name != "metric" for value in values]
    return [question.metric, *(word for pair in given for word in pair)]


def test_a_page_shows_the_same_figure(client: TestClient, small_bench: Bench) -> None:
    question = Question("obligations", {"agency": "ICE"})
    told = exact(by_api(client, question).text)
    asked = asked_of(question)
    visit = Visit(small_bench, pages(CATALOG), Words(), ServerLinks(), "/why", asked)
    assert figure(told["value"], told["unit"]) in why(visit, {}).body.decode()


def test_every_claim_is_judged_the_same(client: TestClient, small_bench: Bench) -> None:
    listed = {row["claim"]: row for row in exact(client.get("/api/v1/claims").text)["rows"]}
    assert set(listed) == set(small_bench.claim_names)
    for name in small_bench.claim_names:
        whole = exact(as_json(judgement_whole(small_bench.claim(name))).decode())
        told = exact(client.get(f"/api/v1/claims/{name}").text)
        assert {key: told[key] for key in whole} == whole
        assert listed[name]["now"] == whole["now"]


def test_every_figure_of_a_claim_is_the_same_from_the_api_on_its_page_and_on_a_published_site(
    client: TestClient, small_bench: Bench
) -> None:
    desk = Desk(small_bench, pages(CATALOG), {"en": Words()})
    compared = 0
    for name in small_bench.claim_names:
        path = f"/claims/{name}"
        told = [one for one in exact(client.get(f"/api/v1/claims/{name}").text)["figures"] if one["known"] == "now"]
        served = made_at(path, Visit(small_bench, desk.pages, Words(), ServerLinks(), path, {}))
        published = made_at(path, desk.visit(wanted(path), lambda _: None))
        assert served is not None
        assert published is not None
        figures = [cell(one["value"], one["unit"] or "number", Words()) for one in told if one["value"] is not None]
        for document in (served, published):
            shown = Counter(_FIGURE.findall(document.body.decode()))
            assert shown >= Counter(figures), f"{name}: {Counter(figures) - shown}"
        compared += len(figures)
    assert compared > 20
