"""Crosscheck: what must be so between registers, papers, inventories and contracts, as one function over tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc, signature
from typing import Any

from tallystick.nouns.finding import Severity

Function = Callable[..., Any]
ABOUT, SAYS, DAY = "about", "says", "day"


@dataclass(frozen=True)
class Crosscheck:
    """A function whose parameters name tables, and which returns the rows that are not as they must be.

    Where there is no such row, it holds. A row has `about` (`<register>/<entry>`, or the name of what else it is
    about) and `says` (a sentence that may be quoted, which says "not found in X as of DATE" and never "none"), and
    may have the `day` of what was found; its other columns are the evidence. `next_step` is what a person can do.
    """

    name: str
    function: Function
    inputs: tuple[str, ...]
    severity: Severity
    next_step: str

    @property
    def definition(self) -> str:
        """What is checked and why, in words: the function's docstring."""
        return getdoc(self.function) or ""


def crosscheck(*, next_step: str, severity: str = "warning") -> Callable[[Function], Crosscheck]:
    """Make a function over tables the crosscheck of its name."""

    def define(function: Function) -> Crosscheck:
        inputs = tuple(signature(function).parameters)
        return Crosscheck(function.__name__, function, inputs, Severity(severity), next_step)

    return define
