"""What every answer of a real server carries, and what it refuses."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest

from tests.views.web.conftest import SOON, Server

INLINE = ("'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*")


def test_a_document_runs_nothing_but_our_own_files_and_is_framed_by_nobody(served: Server) -> None:
    answer = served.get("/")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert not any(loose in policy for loose in INLINE)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


def test_only_what_is_made_for_it_may_be_framed_and_read_by_other_sites(served: Server) -> None:
    framed = served.get("/embed?metric=obligations")
    assert "frame-ancestors *" in framed.headers["content-security-policy"]
    shared = served.get("/data?metric=obligations&format=csv")
    assert shared.status_code == 200
    assert shared.headers["access-control-allow-origin"] == "*"
    assert "frame-ancestors 'none'" in shared.headers["content-security-policy"]


def test_a_reader_who_has_a_document_is_not_sent_it_again(served: Server) -> None:
    first = served.get("/money")
    again = served.get("/money", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    assert served.get("/money", headers={"If-None-Match": '"another"'}).status_code == 200


def test_a_document_is_packed_for_who_can_unpack_it_and_is_the_same(served: Server) -> None:
    plain = served.get("/money", headers={"Accept-Encoding": "identity"})
    packed = served.get("/money", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.text == plain.text
    assert packed.headers["etag"] == plain.headers["etag"]


def test_the_head_of_a_document_is_that_of_the_document(served: Server) -> None:
    whole = served.get("/money", headers={"Accept-Encoding": "identity"})
    head = httpx.head(served.url + "/money", headers={"Accept-Encoding": "identity"}, timeout=SOON)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_a_server_that_only_reads_takes_nothing(served: Server, method: str) -> None:
    answer = httpx.request(method, served.url + "/", timeout=SOON)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_another_site_that_calls_itself_this_machine_is_turned_away(served: Server) -> None:
    assert served.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert served.get("/api/v1/metrics", headers={"Host": "evil.example:80"}).status_code == 421
    assert served.get("/", headers={"Host": "localhost:1"}).status_code == 200


def test_a_parameter_that_nothing_knows_is_refused_with_those_there_are(served: Server) -> None:
    answer = served.get("/money?agencies=ICE")
    assert answer.status_code == 400
    assert "agencies" in answer.text
    assert "as_known_on" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?" + "&".join(f"where=agency={n}" for n in range(80)), 400),
        ("/?metric=" + "x" * 600, 400),
        ("/?metric=" + "x" * 5000, 414),
        ("/?metric=%00", 400),
        ("/?as_known_on=yesterday", 400),
        ("/nowhere", 404),
        ("/no/where/at/all", 404),
        ("/claims/nobody-said-this", 404),
        ("/assets/%2e%2e/%2e%2e/web/app.py", 404),
        ("/assets/..%2f..%2fweb%2fapp.py", 404),
        ("/assets/", 404),
    ],
)
def test_what_makes_no_sense_is_refused_without_the_inside_showing(served: Server, path: str, status: int) -> None:
    answer = served.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert str(Path(__file__).parents[3]) not in answer.text
    assert "content-security-policy" in answer.headers


def test_a_file_of_a_version_is_kept_by_browsers_for_good(served: Server) -> None:
    address = served.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = served.get(address)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert served.get(address.split("?")[0]).headers["cache-control"] == "no-cache"


def test_a_request_sent_drop_by_drop_is_cut_off(served: Server) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=SOON) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        assert slow.recv(100) == b"", "the server closes the connection"
