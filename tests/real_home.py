"""Home folders that a whole run of the tests shares, made by whichever process comes first."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records


def real_pipeline(home: Path) -> Pipeline:
    """The line over a home folder that may be read from several processes at once."""
    return Pipeline(Settings(home=home, records=(bundled_records(),), threads=2, memory_limit="2GB"))


def home_of_everything(real_data: Path, shared: Path) -> Path:
    """The home folder below `shared` into which all of `real_data` was taken and whose newest Edition is built."""

    def make(pipeline: Pipeline) -> None:
        taken = pipeline.take_in(real_data)
        assert not taken.refused, taken.refused
        pipeline.build()

    return _made_once(shared, "real_home", make)


def home_of_the_starter(shared: Path) -> Path:
    """The home folder below `shared` that holds the starter edition, built."""

    def make(pipeline: Pipeline) -> None:
        assert not pipeline.take_in_starter().refused
        pipeline.build()

    return _made_once(shared, "starter_home", make)


def _made_once(shared: Path, name: str, make: Callable[[Pipeline], None]) -> Path:
    """The home folder `name` below `shared`.

    The first process that asks makes it; the others wait. One that died in the middle leaves no mark that it was
    done, and the next goes on where it stopped.
    """
    home, done = shared / name, shared / f"{name}.done"
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(real_pipeline(home))
            done.touch()
    return home
