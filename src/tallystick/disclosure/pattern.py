"""Pattern: which cells are hidden, made so that little is lost and the audit holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallystick.disclosure.audit import Seen, settled
from tallystick.disclosure.cells import Cells, Mask
from tallystick.disclosure.cuts import cuts
from tallystick.disclosure.demand import Demand, cheapest, mended
from tallystick.disclosure.lines import Lines
from tallystick.disclosure.rule import Rule
from tallystick.errors import TallystickError

OPTIMISED = 120_000
"""How many cells the solver is given; beyond, each demand is met by the cheapest cell at hand."""
_EXACT = 1_500  # cells of which the solver is told all that a reader could narrow, not the sums alone
_SOLVED, _PATIENT, _TURNS = 5, 80, 400


@dataclass(frozen=True, eq=False)
class Pattern:
    """What is hidden of some cells: for what they hold (`primary`), or so that nobody can work those out."""

    cells: Cells
    rule: Rule
    primary: Mask
    hidden: Mask

    @property
    def complementary(self) -> Mask:
        return np.asarray(self.hidden & ~self.primary)


def pattern(cells: Cells, rule: Rule, primary: Mask, optimised: int = OPTIMISED) -> Pattern:
    """The pattern that hides the cells of `primary` and as little else as is found, for which the audit holds.

    It depends on the cells and the rule alone: not on who asks, nor on the machine. What is lost by hiding a cell is
    the root of its people, so that neither many small cells nor one total is hidden lightly. Up to
    `optimised` cells the solver chooses what is hidden besides; beyond, the cheapest cell that meets a demand is
    hidden and stays so. Raises `TallystickError` where nothing can be hidden that would do: the whole holds fewer
    people than the rule hides.
    """
    lines, costs = Lines.of(cells, rule), np.sqrt(cells.counts)
    exact = len(cells) <= min(optimised, _EXACT)
    hidden, demands, seen = primary.copy(), list[Demand](), Seen.of(cells, rule)
    for turn in range(_TURNS):
        solved = len(cells) <= optimised and turn < (_TURNS // 4 if exact else _SOLVED)
        if exact and solved:
            seen = Seen.of(cells, rule)  # what was seen of a pattern says nothing of one that hides less
        found = _unmet(lines, hidden, seen, exact or turn > _PATIENT)
        if not found:
            return Pattern(cells, rule, primary, hidden)
        demands += found
        hidden = cheapest(costs, primary, demands) if solved else mended(costs, hidden, found)
    raise TallystickError("no pattern was found that leaves open what is hidden", next_step="hide coarser tables too")


def _unmet(lines: Lines, hidden: Mask, seen: Seen, exactly: bool) -> list[Demand]:
    """The demands that a pattern fails: of single sums first, and of all together when these are met.

    Of a large table, that a sum with a cell for which no two tables were found hides more; `exactly` asks the solver
    what such a cell lacks.
    """
    if len(broken := lines.broken(hidden)):
        return [one for sum_ in broken for one in lines.demands(int(sum_), hidden)]
    left = hidden & ~seen.looked(hidden)
    if not exactly and (more := list(lines.more(left, hidden))):
        return more
    narrow = settled(lines.cells, hidden, lines.rule, left)
    return list(cuts(lines.cells, hidden, lines.rule, narrow))
