"""A folder takes another's place in one step, or stays."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tallystick.views.publish.folder import beside, take_place


def test_what_is_there_is_exchanged_for_the_new(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "old").touch()
    with beside(site) as made:
        (made / "new").touch()
        take_place(made, site)
    assert [path.name for path in site.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [site]


def test_a_process_killed_in_the_middle_leaves_what_was_there_and_the_next_clears_up(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "old").touch()
    script = (
        "import os, pathlib, signal, sys\n"
        "from tallystick.views.publish.folder import beside\n"
        "with beside(pathlib.Path(sys.argv[1])) as made:\n"
        "    (made / 'half').touch()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    died = subprocess.run([sys.executable, "-c", script, str(site)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert [path.name for path in site.iterdir()] == ["old"]
    assert len(list(tmp_path.iterdir())) == 2
    with beside(site) as made:
        assert sorted(tmp_path.iterdir()) == sorted([site, made])
    assert list(tmp_path.iterdir()) == [site]
