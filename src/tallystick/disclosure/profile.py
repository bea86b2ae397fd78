"""Profile: how much of counts of people a deployment tells."""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.disclosure.rule import Rule
from tallystick.errors import UsageError

OPEN, PUBLIC = "open", "public"


@dataclass(frozen=True)
class Profile:
    """`open` tells everything; any other tells of counts of people what its `rule` leaves of a plan."""

    name: str
    rule: Rule | None = None

    @property
    def says(self) -> str:
        """What a reader is told of it."""
        if self.rule is None:
            return "open: counts of people as they are"
        return f"{self.name}: counts of 1 to {self.rule.largest_hidden} people are hidden, and what would tell them"


def profile(name: str, threshold: int) -> Profile:
    """The profile of a name. Raises `UsageError` for one that nobody knows, or a threshold that protects nobody."""
    if name in ("", OPEN):
        return Profile(OPEN)
    if name == PUBLIC:
        return Profile(name, Rule(threshold))
    raise UsageError(f"no profile is called '{name}'", where="TALLYSTICK_PROFILE", next_step=f"{OPEN} or {PUBLIC}")
