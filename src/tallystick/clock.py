"""The only place that asks the time."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This instant in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
