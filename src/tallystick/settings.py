"""The only place that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tallystick.errors import UsageError

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True)
class Settings:
    """Where things are and how much of the machine may be used.

    `home` holds the archive, what was published from it and the warehouse. `records` are the folders of what
    people wrote, the project's own first; a later folder is laid over the earlier ones. `data` is a folder of
    releases to take in, if one was given.
    """

    home: Path
    records: tuple[Path, ...]
    data: Path | None = None
    threads: int = 2
    memory_limit: str = "4GB"


def from_environment(
    environment: Mapping[str, str] | None = None, *, home: str | None = None, records: str | None = None
) -> Settings:
    """Read `TALLYSTICK_HOME`, `_RECORDS`, `_DATA`, `_THREADS` and `_MEMORY`; `home` and `records` go before them.

    Raises `UsageError` when a folder that was named does not exist or the thread count is not a number.
    """
    env = os.environ if environment is None else environment
    named = env.get("TALLYSTICK_RECORDS", "") if records is None else records
    own = [_folder("TALLYSTICK_RECORDS", part) for part in _paths(named)]
    data = env.get("TALLYSTICK_DATA")
    threads = env.get("TALLYSTICK_THREADS", str(os.cpu_count() or 1))
    if not threads.isdecimal() or threads == "0":
        raise UsageError(f"TALLYSTICK_THREADS is '{threads}', not a whole number above zero")
    return Settings(
        home=Path(home or env.get("TALLYSTICK_HOME") or ".tallystick").absolute(),
        records=(bundled_records(), *own),
        data=_folder("TALLYSTICK_DATA", data) if data else None,
        threads=int(threads),
        memory_limit=env.get("TALLYSTICK_MEMORY", "4GB"),
    )


def bundled_records() -> Path:
    """The project's own records: inside an installed package, or beside `src/` in a checkout."""
    installed = _PACKAGE / "_records"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "records"


def _paths(joined: str) -> list[str]:
    return [part for part in joined.split(os.pathsep) if part]


def _folder(name: str, value: str) -> Path:
    path = Path(value).absolute()
    if not path.is_dir():
        raise UsageError(
            f"{name} names a folder that is not there", where=str(path), next_step=f"correct {name} or unset it"
        )
    return path
