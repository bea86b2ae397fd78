"""What is wrong with a batch: each bad row with its column, what is wrong and what to do; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tallystick.errors import ReleaseError

MOST_TOLD = 1_000
_MOST_SHOWN = 20


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: the `row` as the file numbers it (a header is row 1), the column, what is wrong, what to do."""

    row: int
    column: str
    says: str
    next_step: str

    @property
    def told(self) -> dict[str, object]:
        return asdict(self)


class Refusal(ReleaseError):
    """A batch of which nothing was kept. `faults` has the first thousand, `count` says how many there are."""

    def __init__(self, faults: Sequence[Fault], rows: int, where: str = "") -> None:
        self.faults = tuple(sorted(faults)[:MOST_TOLD])
        self.count = len(faults)
        bad = len({fault.row for fault in faults})
        self.says = f"{bad} of {rows} rows are not as they must be, so that nothing of the batch was kept"
        lines = [
            f"row {fault.row}, {fault.column}: {fault.says}; {fault.next_step}" for fault in self.faults[:_MOST_SHOWN]
        ]
        more = [f"and {self.count - _MOST_SHOWN} more faults"] if self.count > _MOST_SHOWN else []
        super().__init__(
            "\n    ".join([self.says, *lines, *more]),
            where=where,
            next_step="correct the rows and report the whole batch again; what is known already does no harm",
        )
