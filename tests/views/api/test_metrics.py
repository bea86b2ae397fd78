"""Metrics through the API: exact, paged without cutting, refused with what to do next."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.views.api import replies
from tests.views.conftest import ACTIONS, TOTAL
from tests.views.sheets import sheets_in

ANSWER = "/api/v1/metrics/obligations/answer"
BY_AWARD = f"{ANSWER}?by=piid"


def told(response: Any) -> dict[str, Any]:
    """The JSON of a reply that went well, its numbers exact."""
    assert response.status_code == 200, response.text
    found: dict[str, Any] = json.loads(response.text, parse_float=Decimal)
    return found


def rows(response: Any) -> list[dict[str, Any]]:
    return list(told(response)["rows"])


def test_a_figure_is_exact_and_says_its_unit_and_edition(client: TestClient, small_bench: Bench) -> None:
    answer = told(client.get(ANSWER, params={"where": "agency=ICE"}))
    assert (answer["value"], answer["unit"], answer["edition"]) == (TOTAL, "USD", small_bench.edition.id)


def test_a_breakdown_is_what_the_bench_answers(client: TestClient, small_bench: Bench) -> None:
    asked = small_bench.ask(Question("obligations", {"agency": "ICE"}, ("fiscal_year", "psc")))
    answer = rows(client.get(ANSWER, params={"where": "agency=ICE", "by": "fiscal_year,psc"}))
    assert answer == [dict(row) for row in asked.rows]


def test_the_link_to_why_leads_to_the_rows_of_the_file(client: TestClient) -> None:
    why = told(client.get(str(told(client.get(f"{ANSWER}?where=agency=ICE"))["why"])))
    assert (why["value"], why["counted"], len(why["rows"])) == (TOTAL, ACTIONS, 20)
    assert {row["file"] for row in why["rows"]} == {"CBP_ICE_FY2025_asof_20260820_small.csv"}
    assert [len(file["sha256"]) for file in why["files"]] == [64]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json;q=0.2, application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("text/*;q=0.3, */*;q=0.1", "text/csv; charset=utf-8"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
def test_the_form_is_the_one_that_is_preferred(client: TestClient, accept: str, media_type: str) -> None:
    assert client.get(ANSWER, headers={"Accept": accept}).headers["content-type"] == media_type


def test_a_named_form_goes_before_what_is_accepted(client: TestClient) -> None:
    reply = client.get(f"{ANSWER}?format=csv", headers={"Accept": "application/json"})
    assert reply.text == f"value\n{TOTAL}\n"


def test_money_is_decimal_in_parquet_with_its_edition_beside_it(client: TestClient, small_bench: Bench) -> None:
    table = pq.read_table(pa.BufferReader(client.get(f"{ANSWER}?format=parquet").content))
    assert table["value"].to_pylist() == [TOTAL]
    assert table.schema.metadata[b"edition"].decode() == small_bench.edition.id


def test_a_workbook_holds_the_same_figure(client: TestClient) -> None:
    sheets = sheets_in(client.get(f"{ANSWER}?format=xlsx").content)
    assert str(TOTAL) in str(sheets)


def test_pages_together_are_the_whole_list_in_its_order(client: TestClient) -> None:
    whole, found, path = rows(client.get(BY_AWARD)), list[dict[str, Any]](), f"{BY_AWARD}&limit=50"
    while path:
        page = client.get(path)
        found += rows(page)
        following = told(page)["next"]
        assert told(page)["total"] == ACTIONS
        assert page.links.get("next", {}).get("url") == following
        path = str(following) if following else ""
    assert found == whole
    assert len(found) == ACTIONS


def test_pages_of_csv_are_linked_by_their_header(client: TestClient) -> None:
    page = client.get(f"{BY_AWARD}&limit=100&format=csv")
    last = client.get(page.links["next"]["url"])
    assert page.headers["tallystick-total"] == str(ACTIONS)
    assert [reply.text.count("\n") - 1 for reply in (page, last)] == [100, ACTIONS - 100]
    assert "next" not in last.links


def test_a_list_too_long_for_one_answer_is_refused_with_its_length(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "MOST_ROWS", 100)
    reply = client.get(BY_AWARD)
    assert reply.status_code == 422
    assert reply.json()["detail"] == f"the answer has {ACTIONS} rows, and one answer holds 100"
    assert "limit=1000" in reply.json()["next"]


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("/api/v1/metrics/oblgations/answer", 404, "no metric is called 'oblgations'"),
        (f"{ANSWER}?where=agencyy=ICE", 404, "no filter of obligations is called 'agencyy'"),
        (f"{ANSWER}?where=agency=ICEE", 404, "no agency is called 'ICEE'"),
        (f"{ANSWER}?by=colour", 404, "no breakdown of obligations is called 'colour'"),
        (
            f"{ANSWER}?from=2025-02-01&to=2025-01-01",
            400,
            "the period ends before it starts: 2025-02-01 to 2025-01-01",
        ),
        (f"{ANSWER}?from=2025", 422, "from: write a day as year-month-day, for example 2025-01-20"),
        (f"{ANSWER}?were=agency=ICE", 422, "were: there is no such parameter here"),
        (f"{ANSWER}?cursor=abc", 400, "this is not a cursor"),
        ("/api/v1/nothing", 404, "nothing lies at this address"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client: TestClient, address: str, status: int, detail: str) -> None:
    reply = client.get(address)
    assert (reply.status_code, reply.json()["status"], reply.json()["detail"]) == (status, status, detail)
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["next"]


def test_what_is_not_given_is_not_acceptable(client: TestClient) -> None:
    reply = client.get("/api/v1/metrics/obligations", headers={"Accept": "text/csv"})
    assert (reply.status_code, reply.json()["next"]) == (406, "accept application/json")


def test_only_reading_is_allowed(client: TestClient) -> None:
    reply = client.post(ANSWER)
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET")
    assert reply.headers["content-type"] == "application/problem+json"
