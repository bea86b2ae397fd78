"""Tallystick: a number is a function of an Edition.

`tallystick.open()` is the door from Python; records are written with `metric`, `table`, `rows_of` and `crosscheck`
(and `tallystick.expressions`, which loads the expression library).
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from tallystick.errors import ReleaseError
from tallystick.nouns.crosscheck import crosscheck
from tallystick.nouns.member import Member
from tallystick.nouns.metric import apart, metric, to_date
from tallystick.nouns.table import rows_of, table

if TYPE_CHECKING:
    from tallystick.views.door import Door

__all__ = [
    "Member",
    "ReleaseError",
    "apart",
    "crosscheck",
    "metric",
    "open",
    "rows_of",
    "table",
    "to_date",
]

Folder = str | PathLike[str]


def open(home: Folder | None = None, records: Folder | None = None) -> Door:
    """The bench over a home folder, with a folder of one's own records laid over the project's.

    What is left out is read from `TALLYSTICK_HOME` and `TALLYSTICK_RECORDS`. Raises `UsageError` when a folder
    that was named is not there.
    """
    # Records import this package only to say what they are; the machine and its engine are loaded when asked for.
    from tallystick.views.door import open_door

    return open_door(home, records)
