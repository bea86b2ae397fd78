"""A real server that takes reports, over a home of its own with records of an invented process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tallystick.pipeline import Pipeline
from tallystick.reporting.door import make_token
from tallystick.reporting.log import Log
from tallystick.settings import Settings
from tests.reporting.made import ALL

PROCESS = """\
title: An invented process
about: For tests.
unit: {called: site, means: an invented site}
events: {a: begun, b: looked at, c: done}
stages:
  survey: {means: a look at the site, enters: a, leaves: b}
  works: {means: what is to be done, enters: b, leaves: c}
exits: {gave_up: nobody wants it}
overall: {enters: a, leaves: c}
"""


@dataclass(frozen=True)
class Server:
    """A server that takes reports, its home, and a token for it."""

    process: subprocess.Popen[str]
    url: str
    home: Path
    token: str

    def post(
        self, kind: str, body: str | bytes, media_type: str = "text/csv", token: str | None = None
    ) -> httpx.Response:
        """What it answers to a report."""
        headers = {"Authorization": f"Bearer {token or self.token}", "Content-Type": media_type}
        return httpx.post(f"{self.url}/api/v1/reports/{kind}", content=body, headers=headers, timeout=60)


@contextmanager
def taking(settings: Settings, folder: Path, takes: str = "yes") -> Iterator[Server]:
    """A server over a new home, on a free port of this machine."""
    (folder / "mine" / "processes").mkdir(parents=True, exist_ok=True)
    (folder / "mine" / "processes" / "invented.yml").write_text(PROCESS)
    Pipeline(settings).ledger.close()
    with Log.of(settings.home) as log:
        _, token = make_token(log, "An invented office", ALL)
    with serving(settings, folder, token, takes) as server:
        yield server


@contextmanager
def serving(settings: Settings, folder: Path, token: str, takes: str = "yes") -> Iterator[Server]:
    """A server over a home that is there, with the records that `taking` wrote."""
    command = [sys.executable, "-m", "tallystick", "serve", "--port", "0", "--home", str(settings.home)]
    env = os.environ | {"TALLYSTICK_TAKE_REPORTS": takes, "TALLYSTICK_RECORDS": str(folder / "mine")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        try:
            assert "http" in told, process.communicate()[1]
            yield Server(process, told.split("http", 1)[1].split("/ ")[0].join(("http", "")), settings.home, token)
        finally:
            process.kill()
            process.communicate()
