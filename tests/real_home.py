"""One home folder of every real release for a whole run of the tests, whichever process comes first."""

from __future__ import annotations

import fcntl
from pathlib import Path

from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records


def real_pipeline(home: Path) -> Pipeline:
    """The line over a home folder that may be read from several processes at once."""
    return Pipeline(Settings(home=home, records=(bundled_records(),), threads=2, memory_limit="2GB"))


def home_of_everything(real_data: Path, shared: Path) -> Path:
    """The home folder below `shared` into which all of `real_data` was taken and whose newest Edition is built.

    The first process that asks makes it; the others wait. One that died in the middle leaves no mark that it was
    done, and the next goes on where it stopped.
    """
    home, done = shared / "real_home", shared / "real_home.done"
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / "real_home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            pipeline = real_pipeline(home)
            taken = pipeline.take_in(real_data)
            assert not taken.refused, taken.refused
            pipeline.build()
            done.touch()
    return home
