"""A PostgreSQL of the tests' own, on loopback, gone when they are done."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOT_ROOT = ("postgres", "nobody")
_LIGHTLY = "-c fsync=off -c full_page_writes=off -c shared_buffers=64MB -c max_connections=12"


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs; Debian keeps them off the PATH."""
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    file = found[-1] if found else Path(on_path) if on_path else None
    return file.resolve().parent if file else None


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a fresh server. It refuses to run as root, so then another user runs it."""
    folder = Path(tempfile.mkdtemp(prefix="tallystick-postgresql-"))
    user = _someone_else() if os.geteuid() == 0 else None
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    password = folder / "password"
    password.write_text("only-here", encoding="utf-8")
    password.chmod(0o644)
    port = free_port()
    its = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {_LIGHTLY}"
    as_it = ["--username=tallystick", f"--pwfile={password}", "--auth=scram-sha-256"]
    _run(user, "initdb", f"--pgdata={folder}/data", *as_it, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    _run(user, "pg_ctl", f"--pgdata={folder}/data", "--wait", f"--log={folder}/log", f"--options={its}", "start")
    try:
        yield f"postgresql://tallystick:only-here@127.0.0.1:{port}/postgres"
    finally:
        _run(user, "pg_ctl", f"--pgdata={folder}/data", "--wait", "--mode=immediate", "stop")
        shutil.rmtree(folder)


def _run(user: pwd.struct_passwd | None, program: str, *words: str) -> None:
    folder = programs()
    assert folder is not None
    done = subprocess.run(
        [str(folder / program), *words],
        check=False,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
    assert done.returncode == 0, done.stderr.decode()


def _someone_else() -> pwd.struct_passwd:
    known = {user.pw_name: user for user in pwd.getpwall()}
    return next(known[name] for name in _NOT_ROOT if name in known)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
