"""Which members of a ZIP are a source's own: a publisher packs files of several series into one download."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from tallystick.errors import ReleaseError
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release
from tallystick.nouns.source import Source


def asks_for(source: Source, name: str) -> bool:
    """Whether the file `name`, or the last part of its path, is one that `source` reads."""
    return any(re.fullmatch(pattern, PurePosixPath(name).name) for pattern in source.releases.match)


def own_members(names: Sequence[str], source: Source, others: Iterable[Source], where: str) -> tuple[str, ...]:
    """Those of the members `names` that `source` reads: what its patterns ask for, or all if no source asks for any.

    Raises `ReleaseError` when there are members for other sources only.
    """
    asked = tuple(name for name in names if asks_for(source, name))
    theirs = sorted({other.id for other in others for name in names if asks_for(other, name)} - {source.id})
    if names and not asked and theirs:
        raise ReleaseError(
            f"this archive holds nothing for {source.id}: its files are for {' and '.join(theirs)}",
            where=where,
            next_step=f"tallystick add {theirs[0]} {where}",
        )
    return asked or tuple(names)


def left_members(
    release: Release, names: Iterable[str], read: Collection[str], others: Collection[Source]
) -> Iterator[Finding]:
    """A Finding for each member that was not read: a note that names the source that reads it, or a warning."""
    for name in names:
        if name in read:
            continue
        theirs = next((other.id for other in others if asks_for(other, name)), None)
        next_step = f"tallystick add {theirs} {release.name}" if theirs else "see whether it belongs to the release"
        yield Finding(
            release.id,
            "member_left",
            Severity.NOTE if theirs else Severity.WARNING,
            f"{name} in {release.name} was left: {f'{theirs} reads it' if theirs else 'no source asks for it'}",
            evidence=({"member": name, "source": theirs},),
            count=1,
            next_step=next_step,
        )
