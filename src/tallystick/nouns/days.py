"""Days that may be asked about: near enough to be reckoned with, and, as days known on, not yet to come."""

from __future__ import annotations

from datetime import date

from tallystick.errors import UsageError

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""No release tells of a day outside these, and a year or more can be added to each and taken away."""


def refuse_far(day: date | None, name: str) -> None:
    """Refuse a day that no release can tell of; `name` says what it was given as. Raises `UsageError`."""
    if day is not None and not FIRST <= day <= LAST:
        raise UsageError(
            f"{day} is too far away to ask about", where=name, next_step=f"name a day from {FIRST} to {LAST}"
        )


def refuse_to_come(known_on: date, today: date) -> None:
    """Refuse a day known on that is not there yet: nobody knows what will be known. Raises `UsageError`."""
    if known_on > today:
        raise UsageError(
            f"what will be known on {known_on} is not known yet: it is {today}",
            where="as_known_on",
            next_step=f"name {today} or a day before it, or leave the day out for what is known now",
        )
    refuse_far(known_on, "as_known_on")
