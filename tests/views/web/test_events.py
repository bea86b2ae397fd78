"""News from a real server, of what a second process recorded."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.views.web.conftest import SOON, Server, serving

MANY = 20
"""Heartbeats without an event, after which none is waited for."""

Event = tuple[str, str, dict[str, Any]]


@contextmanager
def following(server: Server, **asked: Any) -> Iterator[Iterator[Event]]:
    """The events, each with its id, its name and what it says."""
    with httpx.stream("GET", server.url + "/events", timeout=SOON, **asked) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[Event]:
    told: dict[str, str] = {}
    beats = 0
    for line in lines:
        name, sign, value = line.partition(": ")
        beats = beats + 1 if sign and not name else beats
        assert beats < MANY, "the server lives and tells nothing"
        if sign and name:  # without a name it is a comment, a heartbeat
            told[name] = value
        elif told:
            yield told.get("id", ""), told.get("event", ""), json.loads(told.get("data", "{}"))
            told = {}


def add(server: Server, path: Path, says: str) -> None:
    """Another process adds a code list and is done."""
    path.write_text(f"naics_code,naics_description\n332994,{says}\n")
    command = [sys.executable, "-m", "tallystick", "add", "naics_codes", str(path), "--home", str(server.home)]
    subprocess.run(command, check=True, capture_output=True)


def test_a_release_and_then_its_edition_are_told_and_what_was_missed_is_made_up(
    own_home: Path, tmp_path: Path
) -> None:
    with serving(own_home) as server:
        before = server.get("/health").json()["edition"]
        with following(server) as events:
            begun, _, _ = next(events)
            add(server, tmp_path / "naics.csv", "Small Arms")
            first, name, landed = next(events)
            assert (name, landed["source"], landed["name"]) == ("release", "naics_codes", "naics.csv")
            second, name, in_force = next(events)
            assert (name, in_force["edition"]) == ("edition", server.get("/health").json()["edition"])
            assert in_force["edition"] != before
        for last, missed in ((begun, ["release", "edition"]), (first, ["edition"])):
            with following(server, headers={"Last-Event-ID": last}) as events:
                next(events)
                assert [next(events)[1] for _ in missed] == missed
        with following(server, params={"edition": before}) as events:
            next(events)
            assert next(events)[1:] == ("edition", in_force)
        assert in_force["edition"] in server.get("/").text, "the pages are of the new Edition"
        with following(server, headers={"Last-Event-ID": second}) as events:
            next(events)
            add(server, tmp_path / "again.csv", "Arms")
            assert next(events)[2]["name"] == "again.csv", "who had heard all is told only what is new"


def test_a_server_tells_how_it_is_and_counts_nothing_of_readers(served: Server) -> None:
    told = served.get("/health").json()
    assert (told["status"], told["trouble"], told["is_behind"]) == ("ok", "", False)
    served.get("/?metric=a-secret-question")
    measured = served.get("/metrics").text
    assert 'tallystick_requests_total{route="/health",status="200"}' in measured
    assert "a-secret-question" not in measured
    assert "127.0.0.1" not in measured
