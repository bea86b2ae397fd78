"""Profile: how much of counts of people a deployment tells."""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.disclosure.rule import Rule
from tallystick.errors import UsageError
from tallystick.settings import People

OPEN, PUBLIC, ROUNDED, CUSTOM = "open", "public", "rounded", "custom"
BASE = 10  # what the Office of Homeland Security Statistics rounds to
_PEOPLE = People()


@dataclass(frozen=True)
class Profile:
    """`open` tells everything; any other tells of counts of people what its `rule` leaves of a plan.

    A count that is shown is told rounded to the next multiple of `base` (1 leaves it as it is). `zeros` says whether
    a zero is told from a hidden count.
    """

    name: str
    rule: Rule | None = None
    base: int = 1
    zeros: bool = True

    @property
    def says(self) -> str:
        """What a reader is told of it."""
        if self.rule is None:
            return "open: counts of people as they are"
        least = "zeros are shown" if self.zeros else "so are zeros"
        told = [f"counts of 1 to {self.rule.largest_hidden} people are hidden, and what would tell them; {least}"]
        if self.rule.dominance is not None:
            told.append(f"so is a count of which one contributor has over {self.rule.dominance:.0%}")
        if self.base > 1:
            told.append(f"every count that is shown is rounded to the nearest {self.base}")
        return f"{self.name}: {'; '.join(told)}"

    @property
    def exactly(self) -> str:
        """What a figure that is shown is said to be."""
        return "exact" if self.base == 1 else f"made of counts rounded to the nearest {self.base}, and not exact"


def profile(name: str, people: People = _PEOPLE) -> Profile:
    """The profile of a name, with what `people` has otherwise: `custom` if it has anything.

    Raises `UsageError` for one that nobody knows, or that protects nobody.
    """
    if name in ("", OPEN):
        return Profile(OPEN)
    if name == CUSTOM and people == _PEOPLE:
        raise UsageError(
            f"the profile '{CUSTOM}' says nothing that is otherwise than in '{PUBLIC}'",
            where="TALLYSTICK_PROFILE",
            next_step="set TALLYSTICK_THRESHOLD, _ROUNDING, _DOMINANCE or _ZEROS",
        )
    if name not in (PUBLIC, ROUNDED, CUSTOM):
        raise UsageError(
            f"no profile is called '{name}'",
            where="TALLYSTICK_PROFILE",
            next_step=f"{OPEN}, {PUBLIC}, {ROUNDED} or {CUSTOM}",
        )
    base = people.rounding if people.rounding is not None else BASE if name == ROUNDED else 1
    rule = Rule(people.threshold if people.threshold is not None else Rule.threshold, people.dominance)
    if not 1 <= base < 2 * rule.threshold:
        raise UsageError(
            f"counts rounded to {base} would tell {rule.threshold} people as none",
            where="TALLYSTICK_ROUNDING",
            next_step=f"state 1 for counts as they are, up to {2 * rule.threshold - 1}",
        )
    return Profile(name if people == _PEOPLE else CUSTOM, rule, base, people.zeros is not False)
