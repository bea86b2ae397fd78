"""What people decide, kept in the ledger: whether a Finding keeps rows out, whether two recipients are one."""

from __future__ import annotations

from dataclasses import dataclass

from tallystick import clock
from tallystick.archive.ledger import ACCEPT, UNDO, Decision
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.finding import Finding
from tallystick.pipeline import Pipeline
from tallystick.tables.review import known_recipients, match_decision


@dataclass(frozen=True)
class Decisions:
    """Records decisions about what a line found, each with a reason and who decided. None is ever taken out."""

    pipeline: Pipeline

    def accept(self, finding: str, because: str, by: str) -> Finding:
        """Accept a severe Finding, so that what it kept out comes in force; `undo` takes that back.

        `finding` is its id. Raises `UnknownName` when there is none, `UsageError` without a reason and a name.
        """
        return self._decide(finding, ACCEPT, because, by)

    def undo(self, finding: str, because: str, by: str) -> Finding:
        """Take an acceptance back: the Finding keeps its release or scope out again."""
        return self._decide(finding, UNDO, because, by)

    def match(self, pair: tuple[str, str], choice: str, because: str, by: str) -> None:
        """Record whether two recipients are one: `yes`, `no` or `unsure`. The last decision on a pair counts.

        Raises `UsageError` for another choice, for one recipient twice, and without a reason and a name;
        `UnknownName` with near names for a recipient that nobody has.
        """
        decision = match_decision(pair, choice, because, by, clock.now())
        with DuckDB(self.pipeline.built(self.pipeline.edition()), read_only=True) as engine:
            known = known_recipients(engine)
        for name in pair:
            if name not in known:
                raise UnknownName("recipient", name, known)
        self.pipeline.ledger.decide(decision)

    def _decide(self, finding: str, choice: str, because: str, by: str) -> Finding:
        known = {found.id: found for found in self.pipeline.standing().findings}
        if finding not in known:
            raise UnknownName("finding", finding, known)
        if not because.strip() or not by.strip():
            raise UsageError("a decision needs a reason and a name", next_step="say why, and who decides")
        self.pipeline.ledger.decide(Decision(finding, choice, because.strip(), by.strip(), clock.now()))
        return known[finding]
