"""What waits for a person: pairs that may be one, and repairs of what publishers wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tallystick.engines.duckdb import DuckDB
from tallystick.pipeline import Pipeline
from tallystick.tables.review import Proposal, review_queue
from tallystick.tables.review_uses import RepairProposal, UseProposal, repair_queue, use_queue


class Asked(Protocol):
    """What proposals need of the bench."""

    @property
    def pipeline(self) -> Pipeline: ...
    @property
    def engine(self) -> DuckDB: ...


@dataclass(frozen=True)
class Proposals:
    """Proposed from the rows of one Edition, and never done: a person says yes or no."""

    bench: Asked

    def recipients(self, cutoff: float = 90) -> tuple[Proposal, ...]:
        """Pairs of recipients that may be one, the most money first, for `Decisions.match`.

        Proposed, never merged: one award carries both, or the names score `cutoff` of 100 or more.
        """
        return review_queue(self.bench.engine, self.bench.pipeline.ledger.decisions(), cutoff)

    def ai_uses(self, cutoff: float = 90) -> tuple[UseProposal, ...]:
        """Uses of AI that may be one in two inventories of their department, the most alike first.

        Proposed for those that are not found in the next inventory; a row of `ai_use_case_matches` decides.
        """
        return use_queue(self.bench.engine, cutoff)

    def piids(self) -> tuple[RepairProposal, ...]:
        """Dirty identifiers of contracts with the repair that is proposed; a row of `piid_repairs` decides."""
        return repair_queue(self.bench.engine)
