"""Who may send something to the page that takes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
from starlette.datastructures import Headers

from tallystick.views.urls import fields
from tallystick.views.web.pasting import is_of_another_site
from tests.views.web.conftest import SOON, Server


@pytest.mark.parametrize(
    ("told", "foreign"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"origin": "http://localhost:8400"}, False),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "null"}, True),
    ],
)
def test_pages_of_other_sites_may_not_have_the_server_work(told: dict[str, str], foreign: bool) -> None:
    assert is_of_another_site(Headers(told), lambda origin: origin == "http://localhost:8400") is foreign


def test_a_form_is_read_whatever_its_bytes_are() -> None:
    assert fields(b"text=a%20b&on=&text=%E2%82%AC+9") == {"text": "€ 9", "on": ""}
    assert fields(b"text=%ff%fe") == {"text": "\ufffd\ufffd"}
    assert fields(b"\xff\x00=1")


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _post(served: Server, **told: object) -> httpx.Response:
    return httpx.post(served.url + "/check", timeout=SOON, **told)  # type: ignore[arg-type]


def test_what_is_pasted_is_answered_and_kept_nowhere(served: Server) -> None:
    served.get("/money")  # by then the tables that the first question makes are there
    answer = _post(served, data={"text": "They kept 7714 rare drones."})
    assert answer.status_code == 200
    assert '<mark class="not-matched" id="mark-1">7714' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "7714" not in served.get("/check").text
    assert "7714" not in served.get("/metrics").text


def test_what_no_form_of_ours_sends_is_refused(served: Server) -> None:
    assert _post(served, data={"text": "a"}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert _post(served, content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415
    assert _post(served, data={"text": "a" * 300_000}).status_code == 413
    assert _post(served, data={"text": ""}).status_code == 400
    assert httpx.put(served.url + "/check", timeout=SOON).status_code == 405


def test_a_body_without_a_length_that_goes_on_is_refused_and_is_no_defect(served: Server) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(30):
            yield b"text=" + b"a" * 10_000

    before = _defects(served)
    with suppress(httpx.TransportError):  # the server ends the line while this end still sends
        answer = httpx.post(served.url + "/check", content=parts(), headers=_FORM, timeout=SOON)
        assert answer.status_code == 413
    assert _defects(served) == before


def _defects(served: Server) -> str:
    return next(
        line for line in served.get("/metrics").text.splitlines() if line.startswith("tallystick_defects_total")
    )
