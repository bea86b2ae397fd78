"""Whose unit a token may tell of: with offices named, its own or one of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallystick.reporting.faults import Fault
from tallystick.reporting.kinds import Row
from tallystick.reporting.tokens import ANY, Token


def of_others(
    token: Token, first: str | None, told: Sequence[Row], new: Sequence[tuple[int, Row]]
) -> Iterator[Fault]:
    """A fault for each new row about a unit of others, or that gives a unit to others.

    `first` is who told of the unit first, `told` all that was told of it. A token that names no office tells of every
    unit of its processes.
    """
    offices = token.scopes.get("office", ())
    if not offices or ANY in offices:
        return
    owner = next((row["owner"] for row in reversed(told) if row.get("owner")), None)
    is_of_others = first is not None and first != token.name and owner not in offices
    for number, row in new:
        if is_of_others:
            yield Fault(
                number, "unit", "another office reports this unit",
                "let that office report it, or use a token for the process that names no office",
            )  # fmt: skip
        if row["owner"] and row["owner"] not in offices:
            yield Fault(
                number, "owner", f"this token does not report for '{row['owner']}'", "ask for a token with --office"
            )
