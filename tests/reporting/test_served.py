"""Reports over HTTP: what is acknowledged outlives a SIGKILL, and nothing is taken from whom it should not be."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import httpx
import pytest

from tallystick.pipeline import Pipeline
from tallystick.reporting.door import make_token, revoke_token
from tallystick.reporting.kinds import STAGE_EVENTS
from tallystick.reporting.log import Log
from tallystick.reporting.seal import Sealer
from tallystick.settings import Settings, bundled_records
from tests.reporting.made import COUNTS
from tests.reporting.serving import Server, serving, taking
from tests.reporting.test_batch import one_sheet

JSON_LINES = "application/x-ndjson"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POSTERS = 4


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("reports")
    settings = Settings(folder / "home", (bundled_records(),), threads=1, memory_limit="2GB")
    with taking(settings, folder) as server:
        yield server


def count(office: str, day: str, number: int, revision: int = 1) -> str:
    return f"{COUNTS}\n{office},{day},arrests,{number},{revision}\n"


def test_an_accepted_batch_has_a_receipt_and_again_the_same_one(server: Server) -> None:
    first, again = (server.post("office-counts", count("SEA", "2026-03-09", 4)) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["new"], again.json()["new"], again.json()["known"]) == (1, 0, 1)
    assert first.json()["batch"] == again.json()["batch"]
    assert first.json()["author"] == "An invented office"


def test_a_refused_batch_is_a_problem_with_every_bad_row(server: Server) -> None:
    refused = server.post("office-counts", count("SEX", "2026-03-09", -1))
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    told = refused.json()
    assert [(fault["row"], fault["column"]) for fault in told["faults"]] == [(2, "count"), (2, "office")]
    assert all(fault["says"] and fault["next_step"] for fault in told["faults"])


@pytest.mark.parametrize(
    ("token", "kind", "media_type", "status"),
    [
        ("tally_000000000000_" + "x" * 43, "office-counts", "text/csv", 401),
        ("nothing", "office-counts", "text/csv", 401),
        (None, "people", "text/csv", 404),
        (None, "office-counts", "image/png", 404),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_read(
    server: Server, token: str | None, kind: str, media_type: str, status: int
) -> None:
    refused = server.post(kind, count("SEA", "2026-03-01", 1), media_type, token)
    assert refused.status_code == status
    assert ("www-authenticate" in refused.headers) == (status == 401)


def test_a_token_that_is_revoked_while_the_server_runs_holds_no_more(server: Server) -> None:
    with Log.of(server.home) as log:
        made, written = make_token(log, "Another invented office", {"office": ("DEN",)})
        assert server.post("office-counts", count("DEN", "2026-03-01", 1), token=written).status_code == 201
        assert server.post("office-counts", count("SEA", "2026-03-01", 1), token=written).status_code == 422
        revoke_token(log, made.id, "the office has closed")
    assert server.post("office-counts", count("DEN", "2026-03-02", 1), token=written).status_code == 401


def test_a_workbook_is_a_batch_that_is_refused_or_taken_whole(server: Server) -> None:
    columns = ["event_id", "process", "unit", "stage", "event", "day"]
    row = dict(zip(columns, ["x1", "invented", "Ada County", "survey", "enter", date(2026, 3, 8)], strict=True))
    wrong = row | {"event_id": "x2", "stage": "survay", "unit": "Bay County"}
    refused = server.post("stage-events", one_sheet(columns, [row, wrong]), WORKBOOK)
    assert (refused.status_code, refused.json()["count"]) == (422, 1)
    (fault,) = refused.json()["faults"]
    assert (fault["row"], fault["column"], "did you mean survey" in fault["next_step"]) == (3, "stage", True)
    taken = server.post("stage-events", one_sheet(columns, [row]), WORKBOOK)
    assert (taken.status_code, taken.json()["new"]) == (201, 1)


def test_clocks_of_different_zones_are_instants_whatever_the_hands_show(server: Server) -> None:
    """It is entered in Guam at ten in the morning, and left in Seattle on the evening before: nine hours later."""
    head = "event_id,process,unit,stage,event,at\n"
    guam = "z1,invented,Cole County,survey,enter,2026-03-05T10:00:00+10:00\n"
    seattle = "z2,invented,Cole County,survey,exit,2026-03-04T{}:00:00-08:00\n"
    before, after = (server.post("stage-events", head + guam + seattle.format(hour)) for hour in ("15", "17"))
    assert (before.status_code, after.status_code) == (422, 201)
    assert {fault["column"] for fault in before.json()["faults"]} == {"at"}
    blind = server.post("stage-events", head + "z3,invented,Cole County,works,enter,2026-03-06T10:00:00\n")
    assert "no zone" in blind.json()["faults"][0]["says"]


def test_a_way_that_the_process_does_not_allow_is_refused_and_the_audit_says_how_many_rows(server: Server) -> None:
    head = "event_id,process,unit,stage,event,day\n"
    ways = [
        "w1,invented,Dade County,survey,enter,2026-03-01", "w2,invented,Dade County,survey,enter,2026-03-02",
        "w3,invented,Elk County,,withdraw,2026-03-01", "w4,invented,Elk County,works,enter,2026-03-02",
        "w5,invented,Fox County,works,enter,2026-03-01", "w6,invented,Fox County,survey,enter,2026-03-02",
        "w7,invented,Gum County,survey,enter,2026-03-01", "w8,nothing,Gum County,survey,exit,2026-03-02",
    ]  # fmt: skip
    refused = server.post("stage-events", head + "\n".join(ways))
    assert refused.status_code == 422
    assert sorted({fault["row"] for fault in refused.json()["faults"]}) == [3, 4, 5, 7, 9]
    with Log.of(server.home) as log:
        (act,) = log.acts(1)
    assert (act.act, act.rows, act.at_fault) == ("refused", 8, 5)


def test_a_body_longer_than_a_batch_may_be_is_refused(server: Server) -> None:
    assert server.post("office-counts", "x" * ((8 << 20) + 1)).status_code == 413


def test_one_token_that_posts_without_end_is_told_to_wait(server: Server) -> None:
    with Log.of(server.home) as log:
        _, written = make_token(log, "A hasty invented office", {"office": ("*",)})
    rows = "\n".join(f"DAL,2025-01-01,arrests,1,{number}" for number in range(1, 19_001))
    answers = [server.post("office-counts", f"{COUNTS}\n{rows}\n", token=written) for _ in range(3)]
    assert answers[0].status_code == 201
    late = next(answer for answer in answers if answer.status_code == 429)
    assert int(late.headers["retry-after"]) > 0


def test_a_server_that_was_not_told_to_takes_no_report_and_reads_nothing_but_questions(
    server: Server,
) -> None:
    reading = httpx.get(f"{server.url}/api/v1/reports/office-counts", timeout=60)
    assert reading.status_code == 405
    elsewhere = httpx.post(f"{server.url}/api/v1/metrics", timeout=60)
    assert (elsewhere.status_code, elsewhere.json()["detail"]) == (405, "this server only reads")


def entered(ids: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows with which so many sites enter their first stage."""
    told = {"process": "invented", "stage": "survey", "event": "enter", "day": "2026-03-09"}
    return [told | {"event_id": its_id, "unit": f"Site {its_id}"} for its_id in ids]


def test_no_event_that_was_acknowledged_is_lost_when_the_server_is_killed_and_none_is_kept_in_part(
    server: Server,
) -> None:
    killed, numbers = Event(), itertools.count()

    def post_until_killed(_: int) -> list[tuple[str, ...]]:
        acknowledged = []
        while not killed.is_set():
            number = next(numbers)
            ids = tuple(f"kill-{number}-{place}" for place in range(20))
            try:
                answer = server.post("stage-events", "\n".join(map(json.dumps, entered(ids))), JSON_LINES)
            except httpx.TransportError:
                break
            if answer.status_code == 201:
                acknowledged.append(ids)
            if number == 60:
                server.process.kill()
                killed.set()
        return acknowledged

    with ThreadPoolExecutor(POSTERS) as posters:
        acknowledged = [ids for told in posters.map(post_until_killed, range(POSTERS)) for ids in told]
    assert len(acknowledged) > 30
    settings = Settings(server.home, (bundled_records(),), threads=1, memory_limit="2GB")
    every = [f"kill-{number}-{place}" for number in range(next(numbers)) for place in range(20)]
    with Log.of(server.home) as log:
        known = log.known(STAGE_EVENTS, every)
        line = Pipeline(settings)
        last = Sealer(line, log).seal("stage_events")[-1]
        _, in_its_segment = log.reached("stage_events")
    assert {its_id for ids in acknowledged for its_id in ids} <= known.keys()
    assert all(len({f"kill-{n}-{p}" for p in range(20)} & known.keys()) in (0, 20) for n in range(len(every) // 20))
    assert sum(file["rows"] for file in line.readings.of(last).files) == in_its_segment >= len(known)
    with serving(settings, server.home.parent, server.token) as again:
        for ids in acknowledged:
            answer = again.post("stage-events", "\n".join(map(json.dumps, entered(ids))), JSON_LINES)
            assert (answer.status_code, answer.json()["new"], answer.json()["known"]) == (200, 0, len(ids))
