"""Says in rows what changed between two releases or Editions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tallystick.errors import UsageError
from tallystick.nouns.difference import Difference

SUMMARY = [
    "table", "added", "removed", "changed", "derived", "unchanged", "amount", "before_usd", "after_usd", "delta_usd",
]  # fmt: skip


def named(written: str) -> str | date:
    """A day, or the id of a release or an Edition."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written


def summary_rows(of: Difference) -> list[dict[str, Any]]:
    """How many rows came, went and changed in a table; one row for each amount that it holds, with how it moved."""
    counts = {name: getattr(of, name) for name in ("table", "added", "removed", "derived", "unchanged")}
    counts["changed"] = of.changed - of.derived
    moved: list[dict[str, Any]] = [
        {"amount": money.column, "before_usd": money.before, "after_usd": money.after, "delta_usd": money.delta}
        for money in of.money
    ]
    return [counts | amounts for amounts in moved or [{}]]


def only(found: Sequence[Difference]) -> Difference:
    """The one table that differs, or the first where none does. Raises `UsageError` when several do."""
    differing = [of for of in found if not of.is_empty]
    if len(differing) > 1:
        names = ", ".join(of.table for of in differing)
        raise UsageError(f"more than one table differs: {names}", next_step="name one with --table")
    return differing[0] if differing else found[0]
