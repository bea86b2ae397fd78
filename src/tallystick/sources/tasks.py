"""Reads releases as tasks of a cluster that speaks Spark Connect, ahead of the process that asks for them in order.

Each worker has this version of Tallystick installed and reaches what the asking machine does: the bucket, or the same
home folder. It writes the published files there, and answers with the publication as the ledger keeps it. A cluster
that is lost, or a worker that dies, costs nothing: the asking process then reads those releases itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import msgspec

from tallystick.archive.bucket import bucket_of
from tallystick.archive.ledger import Publication, publication_of, written
from tallystick.archive.shelf import Shelf
from tallystick.archive.store import Store
from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.engines.spark_tasks import SparkTasks
from tallystick.errors import ReleaseError, UsageError
from tallystick.nouns.release import Release
from tallystick.settings import Settings, Storage
from tallystick.sources.ahead import Whereabouts, whereabouts
from tallystick.sources.publish import publish, reading

_IN_A_JOB = 64
"""So many releases are asked for at once: those of a job are recorded while the next is read."""
_FEWEST = 2


class Task(msgspec.Struct, frozen=True):
    """A release to be read in a `way`, the name of how its source is read."""

    where: Whereabouts
    release: Release
    way: str


class Told(msgspec.Struct, frozen=True):
    """What a worker answers: a publication as the ledger keeps it, or `because` of what it can read nothing at all.

    Neither where this release cannot be read: who asks reads it again, and says why.
    """

    publication: str | None = None
    because: str = ""


class Tasks:
    """The workers of a cluster, who do what `Ahead` has processes of this machine for."""

    def __init__(self, settings: Settings, catalog: Catalog) -> None:
        self._settings, self._catalog = settings, catalog
        self._jobs = ThreadPoolExecutor(1)
        self._asked: dict[str, Future[Mapping[str, Told]]] = {}
        self._cluster: SparkTasks | None = None

    def ask(self, releases: Sequence[Release]) -> None:
        """Begin to read them, a job at a time. One alone is not worth it. Raises `UsageError` when none is there."""
        if len(releases) < _FEWEST:
            return
        cluster = self._cluster = self._cluster or SparkTasks(self._settings.readers)
        for first in range(0, len(releases), _IN_A_JOB):
            some = releases[first : first + _IN_A_JOB]
            job = self._jobs.submit(self._read, cluster, some)
            self._asked |= dict.fromkeys((one.id for one in some), job)

    def made(self, release: Release) -> Publication | None:
        """What reading the release gave; None where nobody was asked or could do it.

        Raises `UsageError` where the workers cannot read anything.
        """
        asked = self._asked.pop(release.id, None)
        told = asked.result().get(release.id, Told()) if asked else Told()
        if told.because:
            raise UsageError(
                f"a worker of the cluster cannot read releases: {told.because}",
                where=self._settings.readers,
                next_step="see docs/storage.md, or leave TALLYSTICK_READERS out",
            )
        if told.publication is None:
            return None
        made = publication_of(release.id, self._way(release), told.publication)
        shelf = Shelf(self._settings.home / "published", bucket_of(self._settings.storage))
        return made if shelf.has(made.files) else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._jobs.shutdown(wait=False, cancel_futures=True)
        if self._cluster is not None:
            self._cluster.end()
        self._jobs.shutdown()

    def _read(self, cluster: SparkTasks, releases: Sequence[Release]) -> Mapping[str, Told]:
        where = whereabouts(self._settings)
        tasks = [msgspec.json.encode(Task(where, one, self._way(one))).decode() for one in releases]
        answers = cluster.answers(_sent(), tasks) or ()
        return {one.id: msgspec.json.decode(told, type=Told) for one, told in zip(releases, answers, strict=False)}

    def _way(self, release: Release) -> str:
        return reading(self._catalog.source(release.source))


def _sent() -> Callable[[str], str]:
    # What is within a function is sent as it stands; of a module, only its name would be.
    def call(task: str) -> str:
        try:
            from tallystick.sources.tasks import read_there
        except ImportError:
            return '{"because": "Tallystick is not installed there"}'
        return read_there(task)

    return call


def read_there(told: str) -> str:
    """Read a release on a worker; what it answers, as JSON."""
    task = msgspec.json.decode(told, type=Task)
    where = task.where
    store = Storage("", where.bucket, where.endpoint, where.region)
    catalog = Catalog(tuple(map(Path, where.records)))
    if not where.bucket and not (Path(where.home) / "archive").is_dir():
        answer = Told(because=f"it sees no archive at {where.home}, and no bucket is named")
    elif reading(catalog.source(task.release.source)) != task.way:
        answer = Told(because=f"it reads {task.release.source} otherwise: its version or its records are others")
    elif where.bucket:
        with TemporaryDirectory(prefix="tallystick-") as home:
            answer = _published(task, catalog, Path(home), store)
    else:
        answer = _published(task, catalog, Path(where.home), store)
    return msgspec.json.encode(answer).decode()


def _published(task: Task, catalog: Catalog, home: Path, storage: Storage) -> Told:
    bucket, source = bucket_of(storage), catalog.source(task.release.source)
    kept, others = Store(home / "archive", bucket), catalog.sources.values()
    try:
        with DuckDB(threads=1, memory=task.where.memory_limit) as engine:
            made = publish(task.release, source, kept, home / "published", engine, others)
        Shelf(home / "published", bucket).keep(made.files)
    except ReleaseError:
        return Told()
    return Told(written(made))
