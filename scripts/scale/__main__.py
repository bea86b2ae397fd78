"""Ingest, incremental update, metrics and pages at several sizes: `python -m scripts.scale [MILLIONS...]`.

Files are made in the publisher's layout of 297 columns, a fiscal year of at most a million actions each, a few firms
with most of them. Every step runs in a process of its own. Nothing is written into the checkout; each size needs
about 1.5 GB of disk for a million actions while it is measured, and a third of it with `--forget`.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.generate_transactions import Wanted, delta, full, stem
from scripts.scale.steps import Took, alone
from tallystick.archive.ledger import Ledger

A_FILE = 1_000_000
DISK, FORGETTING = 1_500, 500
"""Bytes for an action: its part of the archive, of what is published of it and of what is derived.

With `--forget` without the first.
"""
_FIRST_YEAR = 2025
STEPS = ("update", "pages", "metrics")


@dataclass(frozen=True)
class Asked:
    """What to measure: how many actions, the engine's memory, the other engines, and the folder for homes."""

    rows: int
    memory: str
    engines: tuple[str, ...]
    folder: Path | None
    steps: tuple[str, ...]
    home: Path | None = None
    forgets: bool = False


@dataclass
class Growth:
    """Prints each figure as it comes, beside the engine's own and that of the size before."""

    before: dict[str, float] = field(default_factory=dict)
    now: dict[str, float] = field(default_factory=dict)

    def begin(self, rows: int) -> None:
        """Another size."""
        self.before, self.now = self.now, {}
        print(f"{rows:,} actions", flush=True)

    def tell(self, name: str, ours: float, raw: float | None = None) -> None:
        """A figure and what it is held against at this size."""
        self.now[name] = ours
        beside = f"{ours / raw:8.2f} x" if raw else " " * 10
        grown = f"{ours / self.before[name]:8.2f} x" if self.before.get(name) else ""
        print(f"  {name:48}{ours:12.2f}{beside}{grown}", flush=True)

    def step(self, name: str, took: Took, raw: Took | None = None) -> None:
        """The seconds and the memory of a step."""
        self.tell(f"{name}, s by the clock", took["clock"])
        self.tell(f"{name}, CPU s", took["cpu"], raw["cpu"] if raw else None)
        self.tell(f"{name}, peak MB", took["peak"], raw["peak"] if raw else None)


def files(rows: int) -> Sequence[Wanted]:
    """A fiscal year each, the newest first."""
    return [
        Wanted(min(A_FILE, rows - first), 2, _FIRST_YEAR - place, seed=7 + place, first=first, skewed=True)
        for place, first in enumerate(range(0, rows, A_FILE))
    ]


@contextmanager
def _folder(asked: Asked) -> Iterator[tuple[Path, Path]]:
    """Where to make what is needed for a while, and the home: gone afterwards too, unless it was named."""
    with TemporaryDirectory(prefix="tallystick-scale-", dir=asked.folder) as made:
        yield Path(made), asked.home or Path(made) / "home"


def measure(asked: Asked, growth: Growth, compiled: Path) -> None:
    """Every step at one size."""
    with _folder(asked) as (folder, home):
        given: dict[str, Path | str] = {"home": home, "memory": asked.memory, "scratch": folder, "compiled": compiled}
        wanted = files(asked.rows)
        growth.begin(asked.rows)
        _ingested(growth, given, _lacking(home, wanted), asked.forgets)
        built = alone("build", given)
        growth.step("Edition and first figure", built)
        if "update" in asked.steps:
            growth.step("update by a delta", _update(given, folder, wanted[0]))
        if "pages" in asked.steps:
            pages = alone("page_queries", given)
            growth.tell("pages, s", pages["ours"], pages["raw"])
            growth.tell("pages, peak MB", pages["peak"])
        if "metrics" in asked.steps:
            metrics = alone("metrics", given)
            growth.tell("metrics, s", metrics["ours"], metrics["by hand"])
            growth.tell("metrics, peak MB", metrics["peak"])
            for engine in asked.engines:
                took = alone("elsewhere", {**given, "engine": engine})
                _elsewhere(growth, engine.partition(":")[0], took, built["clock"], metrics)


def _elsewhere(growth: Growth, name: str, took: Took, built: float, metrics: Took) -> None:
    growth.tell(f"{name}: tables made, s (to DuckDB's)", took["made"], built)
    growth.tell(f"{name}: metrics, s (to DuckDB's)", took["ours"], metrics["ours"])
    growth.tell(f"{name}: peak MB", took["peak"])
    for question in (key for key in took if key.startswith("ms ")):
        growth.tell(f"{name}: {question}", took[question], metrics[question])


def compiled_once(compiled: Path, asked: Asked) -> None:
    """Compile every table into a file that all sizes share: what that costs does not grow."""
    with TemporaryDirectory(dir=asked.folder) as folder:
        alone("build", {"home": Path(folder) / "home", "memory": asked.memory, "compiled": compiled, "empty": "yes"})


def refuse_too_small_a_disk(folder: Path, rows: int, each: int) -> None:
    """Raise `SystemExit` where a size needs more than is free, at so many bytes each."""
    free = shutil.disk_usage(folder).free
    if free < each * rows:
        raise SystemExit(
            f"{rows} actions need some {each * rows >> 30} GB of disk, and {free >> 30} GB are free at {folder}: "
            "name another --folder, or --forget"
        )


def _lacking(home: Path, wanted: Sequence[Wanted]) -> Sequence[Wanted]:
    """The files that a home does not hold yet: all, unless an earlier measurement was cut off in it."""
    if not home.exists():
        return wanted
    ledger = Ledger(home / "ledger.sqlite")
    read = {publication.release for publication in ledger.publications()}
    held = {release.name for release in ledger.releases() if release.id in read}
    return [one for one in wanted if f"{stem(one)}_1.zip" not in held]


def _ingested(growth: Growth, given: dict[str, Path | str], wanted: Sequence[Wanted], forgets: bool) -> None:
    """Each file made, added and taken away again. The yardstick reads the last: one is as much work as another."""
    added, raw = [], Took()
    for one in wanted:
        path = full(Path(given["scratch"]), one)
        added.append(alone("add", {**given, "file": path}))
        raw = alone("raw_add", {**given, "file": path}) if one is wanted[-1] else raw
        path.unlink()
        if forgets:
            shutil.rmtree(Path(given["home"]) / "archive")
    if added:
        share = sum(one.rows for one in wanted) / wanted[-1].rows
        growth.tell("actions ingested", sum(one.rows for one in wanted))
        growth.step("ingest", _together(added), {**raw, "cpu": raw["cpu"] * share})


def _update(given: dict[str, Path | str], folder: Path, last: Wanted) -> Took:
    """A delta of one per cent of one fiscal year, archived, read and published, and the Edition with it asked."""
    path = delta(folder, last, max(10, last.rows // 100), "20260206")
    return _together([alone("add", {**given, "file": path}), alone("build", given)])


def _together(steps: Sequence[Took]) -> Took:
    return {
        "clock": sum(step["clock"] for step in steps),
        "cpu": sum(step["cpu"] for step in steps),
        "peak": max(step["peak"] for step in steps),
    }


def main() -> None:
    """Measure each size in its turn, the small ones first."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("millions", type=float, nargs="*", default=[1, 4, 16, 64])
    asked.add_argument("--memory", default="4GB", help="what the embedded engine may use")
    asked.add_argument("--step", choices=STEPS, action="append", help="only this after ingest and the Edition")
    asked.add_argument("--folder", type=Path, help="where homes are made; else where temporary files are")
    asked.add_argument("--compiled", type=Path, help="a file in which compiled statements are kept for the next run")
    asked.add_argument(
        "--engine", action="append", default=[], metavar="ADDRESS",
        help="another engine to measure: sail or postgresql (started here), sc://..., postgresql://...",
    )  # fmt: skip
    asked.add_argument(
        "--forget",
        action="store_true",
        help="take away what is archived of a file once it is published: a third of the disk",
    )
    asked.add_argument(
        "--home", type=Path, help="the home of the one size, kept; a measurement cut off goes on in it"
    )
    given = asked.parse_args()
    if given.home and len(given.millions) != 1:
        asked.error("a --home holds one size: name it")
    print(f"  {'':48}{'measured':>12}{'to raw':>10}{'to the size before':>20}")
    wanted = Asked(
        0, given.memory, tuple(given.engine), given.folder, tuple(given.step or STEPS), given.home, given.forget
    )
    with TemporaryDirectory(prefix="tallystick-scale-") as shared:
        refuse_too_small_a_disk(
            given.folder or Path(shared), int(max(given.millions) * A_FILE), FORGETTING if given.forget else DISK
        )
        compiled, growth = given.compiled or Path(shared) / "compiled.sqlite", Growth()
        if not compiled.exists():
            compiled_once(compiled, wanted)
        for millions in sorted(given.millions):
            measure(replace(wanted, rows=int(millions * A_FILE)), growth, compiled)


if __name__ == "__main__":
    main()
