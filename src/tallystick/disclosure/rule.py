"""Rule: which counts of people are too small to be shown, and how closely a hidden one may be known."""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.errors import UsageError


@dataclass(frozen=True)
class Rule:
    """Counts from 1 to `threshold` - 1 are hidden, as are those that one contributor dominates.

    Zeros are shown: that nobody was counted names nobody, so every hidden cell is known to hold at least one. A cell
    is dominated when its largest contributor has more than `dominance` of it; None where contributors are not known,
    as in counts of people, where each is one.

    What is hidden must stay open: of a small count nothing more may be inferred below than the zeros shown beside it
    tell (one person, or one for each of its parts that is not zero), and above at least `width` more; of any other
    hidden cell, the ends of what may be inferred lie at least `width` apart.
    """

    threshold: int = 11
    dominance: float | None = None

    def __post_init__(self) -> None:
        if self.threshold < 3:
            raise UsageError(
                f"a threshold of {self.threshold} hides nothing that stays hidden: two counts under it must differ",
                where="threshold",
                next_step="state 3 or more; 11 is usual",
            )
        if self.dominance is not None and not 0 < self.dominance < 1:
            raise UsageError(f"{self.dominance} is no share", where="dominance", next_step="state one such as 0.85")

    @property
    def largest_hidden(self) -> int:
        return self.threshold - 1

    @property
    def width(self) -> int:
        """The least distance between the ends of what may be inferred of any hidden cell."""
        return self.threshold - 2
