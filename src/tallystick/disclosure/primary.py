"""Primary suppression: the cells that are hidden for what they hold themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tallystick.disclosure.cells import Cells, Mask
from tallystick.disclosure.rule import Rule


def primary(cells: Cells, rule: Rule, largest: Sequence[int] | None = None) -> Mask:
    """Which cells are too small to be shown, or belong nearly to one contributor.

    `largest` is what the largest contributor of each cell has, where contributors are more than persons: a facility's
    share of the people held in a county, say.
    """
    small = cells.counts < rule.threshold
    if rule.dominance is None or largest is None:
        return np.asarray(small)
    return np.asarray(small | (np.asarray(largest) > rule.dominance * cells.counts))
