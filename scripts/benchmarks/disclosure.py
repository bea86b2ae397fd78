"""What hiding small counts of people costs, in time and in what is hidden besides, on made-up arrests."""

from __future__ import annotations

import time
from collections.abc import Hashable, Sequence
from typing import Protocol

import numpy as np

from tallystick.disclosure.audit import too_narrow
from tallystick.disclosure.cells import Cells, Counts, cells_of
from tallystick.disclosure.pattern import OPTIMISED, pattern
from tallystick.disclosure.primary import primary
from tallystick.disclosure.rule import Rule
from tallystick.disclosure.shape import Shape

_SHAPE = Shape((("day", "month", "quarter", "year"), ("area", "region")), (frozenset({"day", "area"}),))
_AREAS, _OF_A_REGION = 45, 15
_MINUTE = 60.0


class Report(Protocol):
    def ratio(self, name: str, ours: float, yardstick: float, most: float) -> None: ...


def arrests(years: int) -> Cells:
    """Counts by day and area, few in most areas, with all coarser tables."""
    turn = np.random.default_rng(2)
    usual = turn.lognormal(2.5, 1.2, _AREAS)
    days = np.arange(365 * years)
    counts = np.asarray(turn.poisson(usual * np.where(days[:, None] % 7 < 5, 1.2, 0.4))).ravel()
    day: Counts = np.repeat(days, _AREAS)
    area: Counts = np.tile(np.arange(_AREAS), len(days))
    columns: dict[str, Sequence[Hashable]] = {
        "day": day.tolist(),
        "month": (day * 12 // 365).tolist(),
        "quarter": (day * 4 // 365).tolist(),
        "year": (day // 365).tolist(),
        "area": area.tolist(),
        "region": (area // _OF_A_REGION).tolist(),
    }
    return cells_of(_SHAPE, columns, counts.tolist())


def run(report: Report) -> None:
    """Solve 50,000 cells within a minute, more by the fast way; print what is hidden beside a threshold."""
    rule = Rule()
    for name, years, optimised in (("solved", 3, OPTIMISED), ("fast", 3, 0)):
        cells = arrests(years)
        small = primary(cells, rule)
        start = time.process_time()
        made = pattern(cells, rule, small, optimised)
        took = time.process_time() - start
        if too_narrow(cells, made.hidden, rule):
            raise SystemExit("the audit fails")
        of = f"{name}, {len(cells):,} cells"
        report.ratio(f"{of}: CPU seconds in a minute", took, _MINUTE, 1.0)
        report.ratio(f"{of}: hidden of a threshold's", made.hidden.sum(), small.sum(), 1.1)
        mass = cells.counts[made.hidden].sum(), cells.counts[small].sum()
        report.ratio(f"{of}: people in these", float(mass[0]), float(mass[1]), 1.5)
