"""Writes a whole site of one Edition, checks that nothing is missing, and only then puts it in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tallystick.errors import ArchiveError, TallystickError
from tallystick.views.publish.check import Check
from tallystick.views.publish.folder import beside, take_place
from tallystick.views.publish.links import NOT_FOUND
from tallystick.views.publish.manifest import EDITION, SUMS, about, refuse_unless_ours, sha256, sitemap, sums
from tallystick.views.publish.names import Wanted
from tallystick.views.publish.walk import Desk, Told, Walk

NEEDS_A_SERVER = frozenset({"explore", "check", "staffing"})
"""The pages that are nothing without one."""
_FIRST = "overview"
_MOST_TOLD = 40


class IncompleteSite(TallystickError):
    """Something that the site needs is missing, and nothing was published. `missing` is all of it."""

    exit_code = 8

    def __init__(self, missing: list[str], where: str) -> None:
        self.missing = missing
        more = [f"  … and {len(missing) - _MOST_TOLD} more"] if len(missing) > _MOST_TOLD else []
        listed = "\n".join([*(f"  {one}" for one in missing[:_MOST_TOLD]), *more])
        super().__init__(
            f"nothing was published: {len(missing)} things are missing\n{listed}",
            where=where,
            next_step="mend the page or record that each line names, then publish again",
        )


@dataclass(frozen=True)
class Published:
    """What was written: how many files, of how many bytes."""

    folder: Path
    files: int
    size: int


@dataclass(frozen=True)
class _Writing:
    """A site being written to `folder`: every file goes through here once, to be checked and summed."""

    folder: Path
    check: Check
    digests: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    sizes: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def write(self, file: str, body: bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        self.check.take(file, body)
        self.digests[file] = sha256(body)
        self.sizes[file] = len(body)


def publish(desk: Desk, folder: Path, on: date, told: Told) -> Published:
    """Write the site of the desk's bench, which speaks of the day `on`, to `folder`.

    An earlier site there is replaced in one step when the new one is whole, and stays until then. Raises
    `IncompleteSite` with all that is missing, `UsageError` for a folder that holds something else, `ArchiveError`
    when it cannot be written.
    """
    refuse_unless_ours(folder)
    try:
        with beside(folder) as made:
            writing = _Writing(made, Check(desk.site))
            missing = _written(desk, writing, on, told)
            if missing:
                raise IncompleteSite(missing, str(folder))
            (made / SUMS).write_bytes(sums(writing.digests))
            take_place(made, folder)
    except OSError as error:
        raise ArchiveError(
            f"the site could not be written: {error.strerror}",
            where=str(error.filename or folder),
            next_step="free some space or name another folder; what was published before is still there",
        ) from error
    return Published(folder, len(writing.digests) + 1, sum(writing.sizes.values()))


def _written(desk: Desk, writing: _Writing, on: date, told: Told) -> list[str]:
    """Write every file; what is missing of the whole."""
    walk = Walk(desk)
    for wanted, document in walk.documents(_starts(desk), told):
        writing.write(wanted.file, document.body)
    if desk.site:
        writing.write("sitemap.xml", sitemap(desk.site, writing.digests))
    writing.write(EDITION, about(desk.bench, on, desk.site))
    return [*walk.missing, *writing.check.missing({*writing.digests, SUMS})]


def _starts(desk: Desk) -> Iterator[Wanted]:
    for name in desk.pages:
        yield Wanted("/" if name == _FIRST else f"/{name}")
    yield Wanted(NOT_FOUND)
