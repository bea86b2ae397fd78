"""Counts of one day that are parts of one another: no more are current, overdue or passed than there are in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallystick.reporting.faults import Fault
from tallystick.reporting.kinds import TRAINING, Kind, Row

_PARTS = {"current": "required", "overdue": "required", "passed": "assessed"}
"""By the measure that is a part the one that it is a part of, as `training_measures` defines them."""


def more_than_all(kind: Kind, rows: Sequence[tuple[int, Row]]) -> Iterator[Fault]:
    """A fault for each row that counts more of a part than a row of the batch does of the whole."""
    if kind is not TRAINING:
        return
    last = dict[tuple[str, ...], tuple[int, int, Row]]()
    for number, row in rows:
        key = (*(row[name] for name in ("agency", "role", "course", "day")), row["measure"])
        last[key] = max(last.get(key, (0, number, row)), (int(row["revision"]), number, row), key=lambda one: one[:2])
    for (*of, measure), (_, number, row) in last.items():
        whole = last.get((*of, _PARTS.get(measure, "")))
        if whole is not None and int(row["count"]) > int(whole[2]["count"]):
            yield Fault(
                number, "count", f"{row['count']} are {measure}, of {whole[2]['count']} {whole[2]['measure']}",
                "correct the one that is wrong",
            )  # fmt: skip
