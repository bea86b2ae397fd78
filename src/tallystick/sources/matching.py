"""Which files of a folder are releases, and of which source: told by their names alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tallystick.errors import RecordError, ReleaseError
from tallystick.nouns.source import Source


@dataclass(frozen=True)
class Matched:
    """The files below a folder: each release with its source, and those that no source asks for."""

    releases: tuple[tuple[Source, Path], ...]
    left_alone: tuple[Path, ...]


def matched(folder: Path, sources: Iterable[Source]) -> Matched:
    """Hold the name of every file below `folder` against every source's `releases.match`.

    Code lists come first, so that what is read by their help is read once. Raises `ReleaseError` when there is
    no such folder, `RecordError` when two sources ask for one file.
    """
    if not folder.is_dir():
        raise ReleaseError("there is no such folder", where=str(folder), next_step="correct the path")
    known = list(sources)
    releases: list[tuple[Source, Path]] = []
    left_alone: list[Path] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if source := _source_of(path, known):
            releases.append((source, path))
        else:
            left_alone.append(path)
    releases.sort(key=lambda found: (not found[0].always_known, found[0].id, str(found[1])))
    return Matched(tuple(releases), tuple(left_alone))


def _source_of(path: Path, sources: Iterable[Source]) -> Source | None:
    asking = [source for source in sources if any(re.fullmatch(p, path.name) for p in source.releases.match)]
    if len(asking) > 1:
        names = " and ".join(source.id for source in asking)
        raise RecordError(
            f"{names} both ask for the file {path.name}",
            where=str(path),
            next_step="make releases.match in one source.yml narrower",
        )
    return asking[0] if asking else None
