"""Pattern: which cells are hidden, made so that little is lost and the audit holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallystick.disclosure.audit import too_narrow
from tallystick.disclosure.cells import Cells, Mask
from tallystick.disclosure.cuts import cuts
from tallystick.disclosure.demand import Demand, cheapest, mended
from tallystick.disclosure.lines import Lines
from tallystick.disclosure.opened import opened
from tallystick.disclosure.reader import Numbers
from tallystick.disclosure.rule import Rule
from tallystick.disclosure.seen import Seen

OPTIMISED = 120_000
"""How many cells the solver is given; beyond, each demand is met by the cheapest cell at hand."""
_EXACT = 1_500  # cells of which the solver is told all that a reader could narrow, not the sums alone
_TURNS, _EXACT_TURNS = 5, 16  # of the solver
_NEVER = 1e6


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
    hidden and stays so. What is then not open yet is opened cell by cell, which always ends. Raises
    `TallystickError` where nothing can be hidden that would do.
    """
    return Pattern(cells, rule, primary, closed(Lines.of(cells, rule), primary, np.sqrt(cells.counts), optimised))


def closed(lines: Lines, primary: Mask, costs: Numbers, optimised: int = OPTIMISED) -> Mask:
    """What is hidden with `primary` so that all is open; shown cells without a finite cost stay so.

    Raises `TallystickError` where nothing can be hidden that would do.
    """
    hidden, may, seen = primary.copy(), np.isfinite(costs), Seen.of(lines.cells, lines.rule)
    prices = np.where(may, costs, _NEVER)
    if len(lines.cells) <= optimised:
        hidden = _solved(lines, prices, primary)
    while len(broken := lines.broken(hidden)):
        hidden = mended(prices, hidden, [one for sum_ in broken for one in lines.demands(int(sum_), hidden)])
    hidden &= may | primary
    seen.looked(hidden)
    return opened(seen, hidden, costs)


def _solved(lines: Lines, costs: Numbers, primary: Mask) -> Mask:
    """The cheapest cells to hide by the demands that some turns of the solver brought up."""
    exact = len(lines.cells) <= _EXACT
    hidden, demands = primary, list[Demand]()
    for _ in range(_EXACT_TURNS if exact else _TURNS):
        found = _unmet(lines, hidden, exact)
        if not found:
            return hidden
        demands += found
        hidden = cheapest(costs, primary, demands)
    return hidden


def _unmet(lines: Lines, hidden: Mask, exact: bool) -> list[Demand]:
    """The demands that a pattern fails: of single sums first and, if `exact`, of all together when these are met."""
    if len(broken := lines.broken(hidden)) or not exact:
        return [one for sum_ in broken for one in lines.demands(int(sum_), hidden)]
    return list(cuts(lines.cells, hidden, lines.rule, too_narrow(lines.cells, hidden, lines.rule)))
