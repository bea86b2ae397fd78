"""Cursors: where a page of a list begins. One holds for the Edition and the list that it was made of."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tallystick.errors import UsageError
from tallystick.views.formats import Row


class Outdated(UsageError):
    """A cursor of another Edition, or of a list that is another now."""


@dataclass(frozen=True)
class Cursor:
    """So many rows from the beginning, of one list (its `state`) in one Edition."""

    edition: str
    state: str
    begin: int

    @property
    def written(self) -> str:
        """As a parameter of a URL."""
        return urlsafe_b64encode(f"{self.edition} {self.state} {self.begin}".encode()).decode().rstrip("=")

    @classmethod
    def read(cls, written: str) -> Self:
        """The cursor of a parameter. Raises `UsageError` when it is none."""
        try:
            edition, state, begin = urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode("ascii").split(" ")
            if not begin.isdecimal():
                raise ValueError(begin)
            return cls(edition, state, int(begin))
        except (NotBase64, UnicodeDecodeError, ValueError) as error:
            raise UsageError(
                "this is not a cursor", where="cursor", next_step="follow the link to the next page as it stands"
            ) from error

    def within(self, edition: str, state: str) -> int:
        """Where the page begins in the list as it is. Raises `Outdated` when that is another."""
        if self.edition != edition:
            raise Outdated(
                f"this cursor is of Edition {self.edition}, and Edition {edition} is in force",
                where="cursor",
                next_step="begin again without a cursor, so that all pages are of one Edition",
            )
        if self.state != state:
            raise Outdated("this cursor is of another list", where="cursor", next_step="begin again without a cursor")
        return self.begin


def state_of(rows: Sequence[Row], path: str) -> str:
    """Names a list by what stands in it, in its order."""
    digest = hashlib.sha256(path.encode())
    for row in rows:
        digest.update(repr(tuple(row.values())).encode())
    return digest.hexdigest()[:12]
