"""What a reported cell must be: each reader gives the cell as it is kept, or says why it cannot be.

Every reader raises `ValueError` with a sentence that says what is wrong and what to write instead, parted by `; `.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from tallystick.nouns.sizes import SIZES

LONGEST = 120
_NAME = re.compile(r"[\w(][\w .,:;/&'’()#+-]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?(Z|[+-]\d{2}:\d{2})?", re.IGNORECASE
)
_COUNT = re.compile(r"\d{1,9}")
_EVENTS = ("enter", "exit", "withdraw", "correct")


def name(said: str) -> str:
    """A name or code: letters, digits and ordinary signs."""
    if len(said) > LONGEST:
        raise ValueError(f"it has {len(said)} characters; shorten it to {LONGEST}")
    if not _NAME.fullmatch(said):
        raise ValueError("it is no plain name; write letters, digits and ordinary signs, on one line")
    return said


def day(said: str) -> str:
    """A day, year-month-day."""
    try:
        if _DAY.fullmatch(said):
            return date.fromisoformat(said).isoformat()
    except ValueError:
        pass
    raise ValueError("it is no day; write year-month-day, such as 2026-03-09")


def instant(said: str) -> str:
    """An instant with its zone, as `2026-03-09T14:05:00-05:00`: the clock and the zone are kept as they were told."""
    found = _INSTANT.fullmatch(said)
    if found is None:
        raise ValueError("it is no instant; write it as 2026-03-09T14:05:00-05:00")
    if found[3] is None:
        raise ValueError("its clock has no zone; add the offset from UTC, such as -05:00, or Z for UTC itself")
    zone = "+00:00" if found[3] in "Zz" else found[3]
    try:
        told = datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}")
        told.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("there is no such instant; write it as 2026-03-09T14:05:00-05:00") from error
    return told.isoformat()


def count(said: str) -> str:
    """A whole number of at least zero."""
    if said.startswith("-") and _COUNT.fullmatch(said[1:]):
        raise ValueError("a count is never negative; to take a count back, report the right one as the next revision")
    if not _COUNT.fullmatch(said):
        raise ValueError("it is no count; write a whole number without signs, such as 12")
    return str(int(said))


def revision(said: str) -> str:
    """Which telling of a count it is: 1 is the first."""
    if not _COUNT.fullmatch(said) or int(said) < 1:
        raise ValueError("it is no revision; write 1 for the first count told, 2 for the one that corrects it")
    return str(int(said))


def size(said: str) -> str:
    """How many officers an agency employs, or the class of that."""
    if said in SIZES:
        return said
    if not _COUNT.fullmatch(said):
        raise ValueError(
            f"it is no size; write how many officers there are, such as 12, or one of {', '.join(SIZES)}"
        )
    if not int(said):
        raise ValueError("an agency of no officers has no size; leave it blank where it is not known")
    return str(int(said))


def event(said: str) -> str:
    """What happened to the unit."""
    if said not in _EVENTS:
        raise ValueError(f"there is no such event; write {', '.join(_EVENTS[:-1])} or {_EVENTS[-1]}")
    return said
