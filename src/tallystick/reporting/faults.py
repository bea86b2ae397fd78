"""What is wrong with a batch: each bad row with its column, what is wrong and what to do; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from tallystick.errors import ReleaseError

MOST_TOLD = 25_000
"""More than a batch may have rows, so that each bad one is told at least one of its faults."""

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


@dataclass(frozen=True)
class Came:
    """How many rows came in a batch, and whether a header stood above them as row 1."""

    rows: int
    has_header: bool = True


class Refusal(ReleaseError):
    """A batch of which nothing was kept: how many of its `rows` are `at_fault`, and why.

    `count` says how many faults there are. `faults` has them all up to `MOST_TOLD`; of more than these the first of
    each row, and then as many others as there is room for.
    """

    def __init__(self, faults: Iterable[Fault], came: Came, where: str = "") -> None:
        found = sorted(set(faults))
        self.faults = tuple(_told(found))
        self.count = len(found)
        self.rows = came.rows
        of_header = [fault for fault in found if came.has_header and fault.row == 1]
        self.at_fault = len({fault.row for fault in found} - {fault.row for fault in of_header})
        bad = f"{self.at_fault} of {self.rows} rows" if self.at_fault else ""
        what = " and ".join(filter(None, ("the columns" if of_header else "", bad)))
        self.says = f"{what} are not as they must be, so that nothing of the batch was kept"
        lines = [_line(fault) for fault in self.faults[:_MOST_SHOWN]]
        more = [f"and {self.count - _MOST_SHOWN} more faults"] if self.count > _MOST_SHOWN else []
        super().__init__(
            "\n    ".join([self.says, *lines, *more]),
            where=where,
            next_step="correct the rows and report the whole batch again; what is known already does no harm",
        )

    @property
    def in_full(self) -> str:
        """Every fault that is told, a line each."""
        more = self.count - len(self.faults)
        lines = [*map(_line, self.faults), *([f"and {more} more faults of these rows"] if more else [])]
        return "\n    ".join([self.says, *lines])


def _line(fault: Fault) -> str:
    return f"row {fault.row}, {fault.column}: {fault.says}; {fault.next_step}"


def _told(faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults that are told, in their order: the first of each row before any other."""
    first = {fault.row: place for place, fault in reversed(list(enumerate(faults)))}
    others = (place for place, fault in enumerate(faults) if first[fault.row] != place)
    kept = [*sorted(first.values()), *others][:MOST_TOLD]
    return (faults[place] for place in sorted(kept))
