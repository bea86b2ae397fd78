"""Carried patterns: what an earlier Edition hid stays hidden in the next, and what either hides stays open in both.

Two Editions are one set of unknowns: a count that did not change is one and the same, one that did is another beside
it, and the sums of both Editions hold. What the earlier one showed is known for good: to hide it now hides nothing.
"""

from __future__ import annotations

import numpy as np

from tallystick.disclosure.cells import Cells, Counts, Mask
from tallystick.disclosure.lines import Lines
from tallystick.disclosure.pattern import Pattern, closed
from tallystick.disclosure.rule import Rule
from tallystick.errors import TallystickError

BEFORE = "before"


def together(cells: Cells, before: Cells) -> tuple[Cells, Counts]:
    """The cells of two Editions as one, those of the later first; and where among them each earlier one is."""
    places = cells.places()
    at, keys, counts = [], list(cells.keys), cells.counts.tolist()
    for key, count in zip(before.keys, before.counts.tolist(), strict=True):
        place = places.get(key)
        if place is None or counts[place] != count:
            place = len(keys)
            keys.append((BEFORE, key))
            counts.append(count)
        at.append(place)
    held = {(total, frozenset(parts)) for total, parts in cells.sums}
    moved = ((at[total], tuple(at[part] for part in parts)) for total, parts in before.sums)
    more = tuple(one for one in moved if (one[0], frozenset(one[1])) not in held)
    both = Cells(tuple(keys), np.array(counts, dtype=np.int64), (*cells.sums, *more))
    return both, np.array(at, dtype=np.int64)


def carried(cells: Cells, rule: Rule, primary: Mask, before: Pattern) -> Pattern:
    """The pattern of the later of two Editions that hides what `before` did and leaves both open, where that can be.

    Where nothing that may still be hidden would do, all of that is.
    """
    both, at = together(cells, before.cells)
    told: Mask = np.zeros(len(both), dtype=bool)
    told[at[~before.hidden]] = True
    hidden: Mask = np.append(primary, np.zeros(len(both) - len(cells), dtype=bool))
    hidden[at[before.hidden]] = True
    costs = np.where(told, np.inf, np.sqrt(both.counts))
    try:
        hidden = closed(Lines.of(both, rule), hidden, costs)
    except TallystickError:
        hidden = ~told
    return Pattern(cells, rule, primary, np.asarray(hidden[: len(cells)] | primary))
