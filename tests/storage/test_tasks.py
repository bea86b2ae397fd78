"""Files read as tasks of a cluster: the same bytes, Findings and Edition as one after another, whoever is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tallystick.archive.ledger import Publication
from tallystick.errors import UsageError
from tallystick.nouns.release import Release
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, Storage, bundled_records, from_environment
from tallystick.sources.tasks import Tasks
from tests.engines.cluster import spark
from tests.sources.test_jobs import FILES, alone, facts, folder, taken
from tests.storage.server import KEY, SECRET

__all__ = ["alone", "folder"]
ALONE = Storage()


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as environment, ExitStack() as stack:
        environment.setenv("AWS_ACCESS_KEY_ID", KEY)
        environment.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        address = stack.enter_context(spark())
        environment.undo()
        yield address


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the releases that the workers left to the asking process."""
    names = list[str]()
    made = Tasks.made

    def noted(tasks: Tasks, release: Release) -> Publication | None:
        answer = made(tasks, release)
        names.extend([release.name] if answer is None else [])
        return answer

    monkeypatch.setattr(Tasks, "made", noted)
    return names


def pipeline(home: Path, readers: str, storage: Storage = ALONE) -> Pipeline:
    records = (bundled_records(),)
    return Pipeline(Settings(home, records, threads=1, memory_limit="1GB", storage=storage, readers=readers))


def test_workers_that_see_the_home_read_the_same_bytes(
    folder: Path, alone: Mapping[str, Any], cluster: str, tmp_path: Path, left: list[str]
) -> None:
    assert len(taken(pipeline(tmp_path / "home", cluster), folder)) == FILES
    assert left == []
    assert facts(tmp_path / "home") == alone


def test_workers_that_see_a_bucket_read_the_same_bytes(
    folder: Path, alone: Mapping[str, Any], cluster: str, tmp_path: Path, left: list[str], storage: Storage
) -> None:
    line = pipeline(tmp_path / "home", cluster, storage)
    assert len(taken(line, folder)) == FILES
    assert left == []
    assert line.edition() == alone["edition"]
    assert list(line.ledger.publications()) == alone["publications"]
    assert list(line.verify()) == []


def test_a_cluster_that_is_lost_in_the_middle_costs_nothing(
    folder: Path, alone: Mapping[str, Any], tmp_path: Path, left: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, ask = tmp_path / "home", Tasks.ask

    def asking(tasks: Tasks, releases: Sequence[Release]) -> None:
        ask(tasks, releases)
        while releases and not any((home / "published").glob("[!.]*/*.parquet")):
            pass  # until a worker has written something
        killed.close()

    monkeypatch.setattr(Tasks, "ask", asking)
    with ExitStack() as killed:
        address = killed.enter_context(spark())
        assert len(taken(pipeline(home, address), folder)) == FILES
    assert len(left) == FILES
    assert facts(home) == alone


def test_workers_that_would_read_otherwise_are_not_believed(
    folder: Path, cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tallystick.sources.tasks.reading", lambda source: f"another reading of {source.id}")
    with pytest.raises(UsageError, match=r"its version or its records are others"):
        taken(pipeline(tmp_path / "home", cluster), folder)


def test_a_cluster_that_is_not_there_is_said(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallystick.engines.spark._PATIENCE", 1)
    with spark() as address:
        pass
    with pytest.raises(UsageError, match="could not be reached"):
        taken(pipeline(tmp_path / "home", address), folder)


def test_an_address_of_no_cluster_is_refused() -> None:
    assert from_environment({"TALLYSTICK_READERS": "sc://host:15002/"}).readers == "sc://host:15002/"
    with pytest.raises(UsageError, match="TALLYSTICK_READERS begins with 'http'"):
        from_environment({"TALLYSTICK_READERS": "http://host/"})
