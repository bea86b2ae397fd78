"""Several real servers over one home: each answer is of one Edition, all come to the next, and none needs another."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import httpx

from tests.views.conftest import TOTAL, written_small
from tests.views.web.conftest import SOON, Server, serving

ANSWER = "/api/v1/metrics/obligations/answer?where=agency=ICE"
CONNECTIONS = 12
MORE = Decimal("12.25")
Said = tuple[str, str]
"""The Edition and the figure of one answer."""


def said(server: Server) -> Said:
    told = server.get(ANSWER)
    assert told.status_code == 200, told.text
    (row,) = told.json(parse_float=Decimal)["rows"]
    return told.json()["edition"], str(row["value"])


def newer(folder: Path) -> Path:
    """A later capture of the same year, with one action more."""
    first = written_small(folder / "earlier") / "CBP_ICE_FY2025_asof_20260820_small.csv"
    later = folder / first.name.replace("0820", "0821")
    row = [
        "70CMSW25P1", "EXAMPLE OUTFITTERS INC", str(MORE), "ICE", "2025-03-01", "0",
        "GUNS, THROUGH 30 MM", "SMALL ARMS MANUFACTURING", "SIDEARMS", "CONT_AWD_70CMSW25P1_7012_-NONE-_-NONE-",
    ]  # fmt: skip
    shutil.copy(first, later)
    with later.open("a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(row)
    return later


def adding(home: Path, path: Path) -> subprocess.Popen[bytes]:
    """Another process adds it."""
    command = [sys.executable, "-m", "tallystick", "add", "usaspending_captures", str(path), "--home", str(home)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def children(server: Server) -> set[int]:
    """The processes that a server began and that live."""
    own = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    return {int(process) for process in own.read_text().split()}


def test_two_servers_over_one_home_mix_no_editions_and_come_to_the_next_and_one_that_dies_harms_none(
    own_home: Path, tmp_path: Path
) -> None:
    with serving(own_home) as one, serving(own_home) as other:
        before = said(one)
        assert said(other) == before
        seen: dict[str, list[Said]] = {one.url: [before], other.url: [before]}
        with adding(own_home, newer(tmp_path)) as process:
            while any(answers[-1] == before for answers in seen.values()):
                for server in (one, other):
                    seen[server.url].append(said(server))
                assert process.poll() in (None, 0, 4)
        after = seen[one.url][-1]
        assert (after[0] != before[0], Decimal(after[1])) == (True, TOTAL + MORE)
        for answers in seen.values():
            assert set(answers) == {before, after}, "an answer is of one Edition or the other"
            assert answers == sorted(answers, key=[before, after].index), "none goes back"
        one.process.send_signal(signal.SIGKILL)
        one.process.wait()
        assert said(other) == after


def test_processes_at_one_address_go_on_when_one_is_killed_and_end_with_the_one_that_began_them(
    own_home: Path, tmp_path: Path
) -> None:
    with serving(own_home, "--processes", "2") as server:
        before = said(server)
        begun = children(server)
        assert len(begun) == 2
        os.kill(min(begun), signal.SIGKILL)
        assert {said(server) for _ in range(CONNECTIONS)} == {before}
        while len(children(server)) < 2 or children(server) == begun:
            assert said(server) == before
        seen = [before]
        with adding(own_home, newer(tmp_path)):
            while len(seen) < CONNECTIONS or set(seen[-CONNECTIONS:]) & {before}:
                seen.append(said(server))
        assert len(set(seen)) == 2, "an answer is of one Edition or the other"
        assert Decimal(seen[-1][1]) == TOTAL + MORE
        server.process.kill()
        while answers(server):
            pass


def answers(server: Server) -> bool:
    try:
        return httpx.get(server.url + "/health", timeout=SOON).is_success
    except httpx.TransportError:
        return False


def test_told_to_end_all_processes_end_in_good_order(own_home: Path) -> None:
    with serving(own_home, "--processes", "2") as server:
        begun = children(server)
        server.process.send_signal(signal.SIGTERM)
        _, told = server.process.communicate(timeout=SOON)
        assert server.process.returncode == 0
        assert "Traceback" not in told
        assert not any(Path(f"/proc/{process}").exists() for process in begun)


def test_reports_are_taken_by_one_process(own_home: Path) -> None:
    command = [sys.executable, "-m", "tallystick", "serve", "--processes", "2", "--home", str(own_home)]
    ran = subprocess.run(
        command, env=os.environ | {"TALLYSTICK_TAKE_REPORTS": "yes"}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "one process" in ran.stderr


def test_a_home_backed_up_while_it_is_served_is_restored_elsewhere_with_the_same_edition_and_figures(
    own_home: Path, tmp_path: Path
) -> None:
    copy, elsewhere = tmp_path / "copy", tmp_path / "elsewhere"
    with serving(own_home) as server:
        before = said(server)
        _tallystick("backup", str(copy), "--home", str(own_home))
        assert said(server) == before
    shutil.rmtree(own_home)
    _tallystick("backup", str(elsewhere), "--home", str(copy))
    shutil.rmtree(copy)
    _tallystick("verify", "--home", str(elsewhere))
    with serving(elsewhere) as restored:
        assert said(restored) == before


def _tallystick(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "tallystick", *words], check=True, capture_output=True)
