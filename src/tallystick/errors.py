"""Every error that may reach a person.

    TallystickError
    ├── RecordError      something people write in records/ is not as it must be
    ├── UnknownName      a name that nothing has; carries near names
    ├── ReleaseError     bytes that arrived cannot become a release, or a release cannot be read
    ├── FetchError       a publisher's site did not give what was asked
    ├── ArchiveError     the archive on disk is damaged, full, or not there
    │   └── OutOfReach   where it is kept did not answer, or refused: what was recorded stands
    ├── EditionError     no Edition answers the question
    ├── BusyError        not now: it takes more time or memory than there is, or is being made
    │   └── NotYetError  nobody worked it out so far, and whoever asks does not wait for that
    └── UsageError       a question that makes no sense as asked

Each says what is wrong, where, and what to do next; none is raised without all that is known of the three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches


class TallystickError(Exception):
    """Something a person can act on. `exit_code` is what the command line returns."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        self.what = what
        self.where = where
        self.next_step = next_step
        super().__init__(what)

    def __str__(self) -> str:
        where = f"\n  where: {self.where}" if self.where else ""
        next_step = f"\n  next:  {self.next_step}" if self.next_step else ""
        return f"{self.what}{where}{next_step}"


class RecordError(TallystickError):
    """Something people write in `records/` is not as it must be."""

    exit_code = 3


class UnknownName(TallystickError):
    """A name that nothing has. Suggests `near` ones, or those of the `known` that are spelt most alike."""

    exit_code = 2

    def __init__(
        self, noun: str, name: str, known: Iterable[str], near: Sequence[str] = (), *, where: str = ""
    ) -> None:
        names = sorted(known)
        near = near or get_close_matches(name, names, n=3, cutoff=0.5)
        if near:
            hint = "did you mean " + " or ".join(near) + "?"
        elif names:
            shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
            hint = f"there are: {shown}"
        else:
            hint = f"there is no {noun} at all yet"
        super().__init__(f"no {noun} is called '{name}'", where=where, next_step=hint)


class NotYetTold(UnknownName):
    """A name that nobody had `told` by the day that is asked as known on."""

    def __init__(self, noun: str, name: str, told: date, known_on: date) -> None:
        TallystickError.__init__(
            self,
            f"{noun} '{name}' was told on {told}: as known on {known_on} it is not there",
            next_step=f"ask as known on {told} or later",
        )
        self.told = told


class ReleaseError(TallystickError):
    """Bytes that arrived cannot become a release, or a release cannot be read."""

    exit_code = 4


class FetchError(TallystickError):
    """A publisher's site did not give what was asked."""

    exit_code = 5


class ArchiveError(TallystickError):
    """The archive on disk is damaged, full, or not there."""

    exit_code = 6


class OutOfReach(ArchiveError):
    """Where the archive is kept did not answer, or refused: what was recorded stands, and it may work later."""


class EditionError(TallystickError):
    """No Edition answers the question."""

    exit_code = 7


class UsageError(TallystickError):
    """A question that makes no sense as asked."""

    exit_code = 2


class BusyError(TallystickError):
    """Not now: it takes more time or memory than there is, or is being made. `retry_after` is in seconds."""

    exit_code = 75

    def __init__(self, what: str, *, where: str = "", next_step: str = "", retry_after: int = 5) -> None:
        self.retry_after = retry_after
        super().__init__(what, where=where, next_step=next_step)


class NotYetError(BusyError):
    """Nobody worked it out so far, and whoever asks does not wait for that."""

    def __init__(self) -> None:
        super().__init__("this is still being worked out", next_step="ask again in a few seconds", retry_after=3)
