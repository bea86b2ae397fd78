"""Messages arrive at least once, signed, at public addresses only, whatever the receiver does, whoever is killed."""

from __future__ import annotations

import base64
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tallystick import clock
from tallystick.clock import Clock
from tallystick.notify import deliver as sending
from tallystick.notify.deliver import deliver
from tallystick.notify.hooks import Hook
from tallystick.notify.news import Event
from tallystick.notify.outbox import LEASE, RETRIES, Outbox
from tests.notify.receiver import Receiver, receiver

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
HOOK = Hook("newsroom", "https://hooks.example.org/in", frozenset({"release", "verdict"}), SECRET)
LANDED = Event("release", "r1", "release.landed", {"release": "r1", "name": "Año.csv"})


@dataclass
class Passing:
    """Time that passes when a test says so."""

    at: datetime

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.at)

    def by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def time() -> Passing:
    return Passing(clock.now())


@pytest.fixture
def site() -> Iterator[Receiver]:
    with receiver() as its:
        yield its


@pytest.fixture
def outbox(tmp_path: Path, time: Passing) -> Outbox:
    its = Outbox(tmp_path / "outbox.sqlite")
    its.note({"release": {"r1": "held"}}, [LANDED], [HOOK], time.at)
    return its


def test_a_message_arrives_signed_and_once(outbox: Outbox, site: Receiver, time: Passing) -> None:
    assert deliver(outbox, [HOOK], site.address, time.clock).arrived == 1
    assert deliver(outbox, [HOOK], site.address, time.clock).arrived == 0
    ((body, headers),) = site.heard
    told = Webhook(SECRET).verify(body, headers)
    assert told["type"] == "release.landed"
    assert told["data"] == LANDED.data
    assert headers["host"] == "hooks.example.org"
    assert outbox.waiting() == 0
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace(b"r1", b"r2"), headers)


def test_a_hook_hears_only_what_it_wants(outbox: Outbox, time: Passing) -> None:
    other = Hook("others", "https://x.example.org", frozenset({"finding"}), SECRET)
    outbox.note({}, [Event("release", "r2", "release.landed", {})], [other], time.at)
    assert outbox.waiting() == 1


@pytest.mark.parametrize("status", [301, 307, 400, 404, 429, 500, 503])
def test_what_was_not_taken_is_tried_again_later_and_later(
    outbox: Outbox, site: Receiver, time: Passing, status: int
) -> None:
    site.answers = [status]
    for wait in RETRIES:
        assert deliver(outbox, [HOOK], site.address, time.clock).troubles == (f"newsroom: answered {status}",)
        time.by(wait - 1)
        assert deliver(outbox, [HOOK], site.address, time.clock).troubles == ()
        time.by(1)
    deliver(outbox, [HOOK], site.address, time.clock)
    time.by(10 * RETRIES[-1])
    assert deliver(outbox, [HOOK], site.address, time.clock).troubles == ()
    assert (len(site.heard), len(set(site.names())), outbox.waiting()) == (len(RETRIES) + 1, 1, 0)


def test_what_failed_arrives_when_the_receiver_is_well_again(outbox: Outbox, site: Receiver, time: Passing) -> None:
    site.answers = [500, 200]
    deliver(outbox, [HOOK], site.address, time.clock)
    time.by(RETRIES[0])
    assert deliver(outbox, [HOOK], site.address, time.clock).arrived == 1
    assert len(set(site.names())) == 1


def test_an_address_that_is_gone_is_not_tried_again(outbox: Outbox, site: Receiver, time: Passing) -> None:
    site.answers = [410]
    deliver(outbox, [HOOK], site.address, time.clock)
    assert outbox.waiting() == 0


def test_a_receiver_that_does_not_answer_keeps_nobody(
    outbox: Outbox, site: Receiver, time: Passing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_PATIENCE", httpx.Timeout(0.1))
    site.may_answer.clear()
    assert deliver(outbox, [HOOK], site.address, time.clock).troubles == (
        "newsroom: could not be reached: ReadTimeout",
    )
    assert outbox.waiting() == 1


def test_a_hook_that_fails_does_not_hold_up_another_or_itself_in_one_round(
    outbox: Outbox, site: Receiver, time: Passing
) -> None:
    other = Hook("others", "https://x.example.org", frozenset({"release"}), SECRET)
    more = [Event("release", f"r{number}", "release.landed", {}) for number in (2, 3)]
    outbox.note({}, more, [HOOK], time.at)
    outbox.note({}, more[:1], [other], time.at)
    site.answers = [500, 200]
    round_ = deliver(outbox, [HOOK, other], site.address, time.clock)
    assert (round_.arrived, len(round_.troubles), outbox.waiting()) == (1, 1, 3)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "169.254.169.254", "192.168.1.1", "::1", "fe80::1", "fd00::1", "0.0.0.0",
        "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_nothing_is_told_to_an_address_that_is_not_public(
    outbox: Outbox, time: Passing, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def looked_up(_: str, port: int, **__: Any) -> list[Any]:
        public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))
        return [public, (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    (trouble,) = deliver(outbox, [HOOK], None, time.clock).troubles
    assert "not a public one" in trouble
    assert outbox.waiting() == 1


def test_the_address_that_was_looked_up_is_the_one_connected_to(
    outbox: Outbox, time: Passing, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[tuple[str, str]] = []
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
    )

    def handle(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        connected.append((request.url.host, request.extensions["sni_hostname"]))
        return httpx.Response(200)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    assert deliver(outbox, [HOOK], None, time.clock).arrived == 1
    assert connected == [("93.184.216.34", "hooks.example.org")]


KILLED = """
import sys
from pathlib import Path
from tallystick.notify.deliver import deliver
from tallystick.notify.hooks import Hook
from tallystick.notify.outbox import Outbox
hook = Hook("newsroom", "https://hooks.example.org/in", frozenset(), sys.argv[3])
deliver(Outbox(Path(sys.argv[1])), [hook], sys.argv[2])
"""


def test_who_is_killed_while_sending_leaves_the_message_to_be_sent_again(
    outbox: Outbox, site: Receiver, time: Passing, tmp_path: Path
) -> None:
    site.may_answer.clear()
    sender = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path / "outbox.sqlite"), site.address, SECRET])
    assert site.came.wait(60)
    assert outbox.take([HOOK.name], time.at) is None, "who sends has it for himself"
    sender.send_signal(signal.SIGKILL)
    sender.wait()
    site.may_answer.set()
    time.by(2 * LEASE)
    assert deliver(outbox, [HOOK], site.address, time.clock).arrived == 1
    first, second = site.heard
    assert first[0] == second[0]
    assert len(set(site.names())) == 1
    assert json.loads(first[0])["data"] == LANDED.data
