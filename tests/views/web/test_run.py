"""A server begins, ends, and says plainly why it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import uvicorn

from tallystick.settings import Settings
from tallystick.views.web.run import _listening
from tests.views.web.conftest import SOON, Server, serving


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_server_that_is_told_to_ends_in_good_order_even_while_somebody_listens(
    served: Server, how: signal.Signals, code: int
) -> None:
    with serving(served.home) as server, httpx.stream("GET", server.url + "/events", timeout=SOON) as answer:
        next(answer.iter_lines())
        os.kill(server.process.pid, how)
        told = server.process.communicate(timeout=SOON)
        assert server.process.returncode == code
        assert "Traceback" not in told[1]


def test_a_server_that_was_killed_leaves_nothing_in_the_way_of_the_next(served: Server) -> None:
    with serving(served.home) as server:
        server.process.kill()
        server.process.wait()
    with serving(served.home) as server:
        assert server.get("/health").json()["status"] == "ok"


def test_a_defect_is_said_though_a_library_silences_the_logs_of_all() -> None:
    said = """
import logging
from tallystick.views.web.run import tell_of_defects
logging.basicConfig(level="CRITICAL")
tell_of_defects()
logging.getLogger("tallystick.views.web.answering").error("a defect of ours")
"""
    ran = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True)
    assert ran.stderr == "a defect of ours\n"


def test_a_short_answer_does_not_wait_for_word_that_its_head_came() -> None:
    listens, _ = _listening(uvicorn.Config("", host="127.0.0.1"), [0])
    listens.listen()
    with listens, socket.create_connection(listens.getsockname()):
        accepted, _ = listens.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_two_servers_at_one_port_are_one_too_many(served: Server) -> None:
    port = served.url.rsplit(":", 1)[1]
    ran = _run("--port", port, "--home", str(served.home))
    assert ran.returncode == 2
    assert f"nothing can listen at 127.0.0.1:{port}" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_small_counts_are_shown_to_others_only_by_who_weighed_it(small_home: Settings) -> None:
    ran = _run("--host", "0.0.0.0", "--home", str(small_home.home), TALLYSTICK_PROFILE="open")
    assert ran.returncode == 2
    assert "small counts of people" in ran.stderr
    assert "--to-everyone" in ran.stderr


def test_a_home_without_an_archive_is_not_served(tmp_path: Path) -> None:
    ran = _run("--home", str(tmp_path / "none"))
    assert ran.returncode == 7
    assert "Traceback" not in ran.stderr


def _run(*options: str, **told: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tallystick", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=SOON, check=False, env=os.environ | told)
