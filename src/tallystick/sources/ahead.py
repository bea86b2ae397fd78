"""Reads many small releases in processes of its own, ahead of the one that asks for them in their order.

Reading is a function of the archived bytes, what was stated of them and the source's folder, so any process may do
it; it writes Parquet files under names of their own and nothing else. The ledger stays with the process that asks.
What goes wrong here is said by nobody: the asking process then reads the release itself, and says what is wrong.

A process is told where things are and then releases, one a line of JSON, and answers each with a line: the
publication as the ledger keeps it, or null. It ends when its input does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

import msgspec

from tallystick.archive.bucket import bucket_of
from tallystick.archive.ledger import Publication, publication_of, written
from tallystick.archive.store import Store
from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.release import Release
from tallystick.settings import Settings, Storage
from tallystick.sources.publish import publish, reading

FEWEST = 8
"""Fewer releases are read sooner than processes start, unless they are large."""
MUCH = 4 << 20
"""So many bytes in two releases or more are worth processes, however few the releases are."""
LARGEST = 32 << 20
"""Larger releases (bytes) are left to the asking process, which reads them on all its threads."""


def are_worth_it(sizes: Iterable[int]) -> bool:
    """Whether releases of these sizes, in bytes, are read sooner in processes of their own."""
    small = [size for size in sizes if size <= LARGEST]
    return len(small) >= FEWEST or (len(small) > 1 and sum(small) >= MUCH)


@dataclass(frozen=True)
class Whereabouts:
    """What of the settings a reading process needs: no key of any publisher's."""

    home: str
    records: tuple[str, ...]
    memory_limit: str
    bucket: str
    endpoint: str
    region: str


def whereabouts(settings: Settings) -> Whereabouts:
    """Those of the settings."""
    records, storage = tuple(map(str, settings.records)), settings.storage
    where = (storage.bucket, storage.endpoint, storage.region)
    return Whereabouts(str(settings.home), records, settings.memory_limit, *where)


class Ahead:
    """The readers of one home folder. They are ended when this is left, whatever they are at."""

    def __init__(self, settings: Settings, catalog: Catalog) -> None:
        self._settings, self._catalog = settings, catalog
        self._pool = ThreadPoolExecutor(settings.threads)
        self._own = threading.local()
        self._lock = threading.Lock()
        self._running: list[subprocess.Popen[str]] = []
        self._asked: dict[str, Future[Publication | None]] = {}
        self._ended = False

    def ask(self, releases: Sequence[Release]) -> None:
        """Begin to read those that are small, in their order; none where it costs more or there is one thread."""
        small = [release for release in releases if release.size <= LARGEST]
        if self._settings.threads > 1 and are_worth_it(release.size for release in small):
            self._asked |= {release.id: self._pool.submit(self._read, release) for release in small}

    def made(self, release: Release) -> Publication | None:
        """What reading the release gave, once it was read; None where nobody was asked or could do it."""
        asked = self._asked.pop(release.id, None)
        return asked.result() if asked else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._ended = True
            for process in self._running:
                process.terminate()
        self._pool.shutdown()
        for process in self._running:
            process.communicate()

    def _read(self, release: Release) -> Publication | None:
        process = self._process()
        if process is None or process.stdin is None or process.stdout is None:
            return None
        try:
            _tell(process.stdin, release)
            told = msgspec.json.decode(process.stdout.readline() or "null", type=str | None)
        except (OSError, ValueError, msgspec.DecodeError):
            return None
        return publication_of(release.id, reading(self._catalog.source(release.source)), told) if told else None

    def _process(self) -> subprocess.Popen[str] | None:
        """The process that this thread talks to; None once all are to end."""
        if not hasattr(self._own, "process"):
            with self._lock:
                if self._ended:
                    return None
                self._own.process = self._started()
                self._running.append(self._own.process)
            with suppress(OSError):  # it died at once: it answers nothing, and who asks reads the release itself
                _tell(self._own.process.stdin, whereabouts(self._settings))
        return self._own.process  # type: ignore[no-any-return]

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tallystick.sources.ahead"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # an interruption is the asking process's to answer
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )


def _tell(stream: IO[str], told: Release | Whereabouts) -> None:
    stream.write(msgspec.json.encode(told).decode() + "\n")
    stream.flush()


def main() -> None:
    """Read what is asked for on the standard input until it ends."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # whatever a read.py prints is no answer
        desk = _Desk(msgspec.json.decode(sys.stdin.readline(), type=Whereabouts))
        for line in sys.stdin:
            answers.write(msgspec.json.encode(desk.read(msgspec.json.decode(line, type=Release))).decode() + "\n")
            answers.flush()


class _Desk:
    """One reader with an engine that it keeps while nothing goes wrong."""

    def __init__(self, told: Whereabouts) -> None:
        self._home, self._memory = Path(told.home), told.memory_limit
        self._catalog = Catalog(tuple(map(Path, told.records)))
        self._store = Store(self._home / "archive", bucket_of(Storage("", told.bucket, told.endpoint, told.region)))
        self._engine: DuckDB | None = None

    def read(self, release: Release) -> str | None:
        try:
            return written(self._published(release))
        except BaseException:  # noqa: BLE001  the asking process meets the same and says what it is
            if self._engine is not None:
                self._engine.close()
            self._engine = None
            return None

    def _published(self, release: Release) -> Publication:
        if self._engine is None:
            self._engine = DuckDB(threads=1, memory=self._memory)
        source = self._catalog.source(release.source)
        others = self._catalog.sources.values()
        return publish(release, source, self._store, self._home / "published", self._engine, others)


if __name__ == "__main__":
    main()
