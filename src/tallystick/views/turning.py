"""Cuts a long list into pages that say how many there are, so that nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tallystick.errors import UsageError
from tallystick.views.asked import Asked
from tallystick.views.visit import Visit

_T = TypeVar("_T")
_KEPT_BY_LINKS = ("as_known_on", "lang", "page")


@dataclass(frozen=True)
class Turned(Generic[_T]):
    """One page of a list: its `items`, the `number` of the page out of `pages`, and how many items there are in all.

    `asked` are the other parameters, so that links to other pages keep them.
    """

    items: Sequence[_T] = field(hash=False)
    number: int
    pages: int
    total: int
    first: int
    asked: Asked = field(hash=False)

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1


def turned(items: Sequence[_T], size: int, visit: Visit) -> Turned[_T]:
    """The page that the visit asks for, `size` items long. Raises `UsageError` for a page that is none."""
    pages = max(1, -(-len(items) // size))
    written = visit.one("page", "1")
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 8 else 0
    if not 1 <= number <= pages:
        raise UsageError(
            f"'{written[:20]}' is not a page of this list", where="page", next_step=f"there are pages 1 to {pages}"
        )
    first = (number - 1) * size
    asked = {name: values for name, values in visit.asked.items() if name not in _KEPT_BY_LINKS}
    return Turned(items[first : first + size], number, pages, len(items), first + 1, asked)
