"""Who may send something to the page that takes it."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from tallystick.views.urls import fields
from tallystick.views.web.pasting import is_of_another_site


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
