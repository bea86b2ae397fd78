"""Which files of a folder are releases, and of which source: told by their names alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tallystick.errors import RecordError, ReleaseError
from tallystick.nouns.source import Source
from tallystick.sources.archives import names_in
from tallystick.sources.packing import asks_for


@dataclass(frozen=True)
class Matched:
    """The files below a folder: each with its source (a ZIP once for each it holds files of), and the rest."""

    releases: tuple[tuple[Source, Path], ...]
    left_alone: tuple[Path, ...]


def matched(folder: Path, sources: Iterable[Source]) -> Matched:
    """Hold the name of every file below `folder`, and of every member of a ZIP, against every `releases.match`.

    Code lists come first, so that what is read by their help is read once. Raises `ReleaseError` when there is
    no such folder, `RecordError` when two sources ask for one file.
    """
    if not folder.is_dir():
        raise ReleaseError("there is no such folder", where=str(folder), next_step="correct the path")
    known = list(sources)
    releases: list[tuple[Source, Path]] = []
    left_alone: list[Path] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        asking = _sources_of(path, known)
        releases += [(source, path) for source in asking]
        left_alone += [] if asking else [path]
    releases.sort(key=lambda found: (not found[0].always_known, found[0].id, str(found[1])))
    return Matched(tuple(releases), tuple(left_alone))


def _sources_of(path: Path, known: Sequence[Source]) -> list[Source]:
    """The sources that ask for members of a ZIP; if none does, or it is no ZIP, the one that asks for its name."""
    inside: tuple[str, ...] = ()
    if path.suffix.lower() == ".zip":
        with path.open("rb") as file:
            inside = names_in(file)
    asking = {source.id: source for name in inside for source in _source_of(name, path, known)}
    return list(asking.values()) or _source_of(path.name, path, known)


def _source_of(name: str, path: Path, known: Sequence[Source]) -> list[Source]:
    asking = [source for source in known if asks_for(source, name)]
    if len(asking) > 1:
        names = " and ".join(source.id for source in asking)
        raise RecordError(
            f"{names} both ask for the file {name}",
            where=str(path),
            next_step="make releases.match in one source.yml narrower",
        )
    return asking
