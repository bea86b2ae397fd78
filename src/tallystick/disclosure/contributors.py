"""Contributors: what the largest has of each cell, where more than persons contribute to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from tallystick.disclosure.cells import Cells, Counts


def largest_parts(cells: Cells, columns: Mapping[str, Sequence[Hashable]], of: str, counts: Sequence[int]) -> Counts:
    """What the largest contributor of each cell has of it, as places of the cells.

    `columns` and `counts` tell the rows that the cells were made of; the column `of` names the contributor of each.
    """
    keys: Any = cells.keys
    places = cells.places()
    parts: dict[tuple[int, Hashable], int] = defaultdict(int)
    for level in dict.fromkeys(level for level, _ in keys):
        told = zip(*(columns[name] for name in level), strict=True) if level else ((),) * len(counts)
        for values, contributor, count in zip(told, columns[of], counts, strict=True):
            if count:
                parts[places[level, values], contributor] += count
    largest: Counts = np.zeros(len(cells), dtype=np.int64)
    for (place, _), part in parts.items():
        largest[place] = max(largest[place], part)
    return largest
