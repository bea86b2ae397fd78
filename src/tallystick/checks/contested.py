"""Measures the stretches that several sources hold, and keeps what was found of them in the ledger."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tallystick import clock
from tallystick.archive.ledger import Ledger
from tallystick.catalog import Catalog
from tallystick.checks.displaced import Measure, displaced
from tallystick.checks.judge import how_we_judge
from tallystick.checks.profile import amount_column, rows_of
from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.edition import Edition, Part
from tallystick.nouns.finding import Finding
from tallystick.settings import Settings


@dataclass(frozen=True)
class Contest:
    """Holds sources of one table against one another. `sources` has those of each table, the most believed first."""

    ledger: Ledger
    catalog: Catalog
    settings: Settings
    sources: tuple[tuple[str, ...], ...]

    def __call__(self, edition: Edition, coverage: tuple[Coverage, ...]) -> tuple[Finding, ...]:
        """What is found of the stretches that more than one source holds whole."""
        return tuple(found for sources in self.sources for found in self._of(sources, edition, coverage))

    def _of(self, sources: Sequence[str], edition: Edition, coverage: Iterable[Coverage]) -> tuple[Finding, ...]:
        held = [c for c in coverage if c.table in sources and c.release and not c.incomplete and not c.only_amends]
        held = [one for one in held if not one.snapshots]  # these stand side by side, each for its day
        often = Counter(one.scope for one in held)
        contested = [one for one in held if often[one.scope] > 1]
        if not contested:
            return ()
        parts = sorted(part for part in edition.parts if part.table in sources)
        holders = {(part.table, scope): part.release for part in parts for scope in part.scopes}
        told = [how_we_judge(), sources, [(p.table, p.release, p.sha256, p.scopes) for p in parts],
                [(c.table, c.scope, c.release) for c in contested]]  # fmt: skip
        under = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]
        kept = self.ledger.judged(parts[0].release, under)
        if kept is None:
            kept = tuple(self._found(sources, contested, holders, parts))
            self.ledger.judge(parts[0].release, under, kept, clock.now())
        return kept

    def _found(
        self,
        sources: Sequence[str],
        contested: Sequence[Coverage],
        holders: Mapping[tuple[str, str], str],
        parts: Sequence[Part],
    ) -> Iterator[Finding]:
        with DuckDB(threads=self.settings.threads, memory=self.settings.memory_limit) as engine:

            @cache
            def of_table(table: str) -> Mapping[str, Measure]:
                return self._measured(engine, table, [part for part in parts if part.table == table])

            yield from displaced(sources, contested, holders, lambda table, scope: of_table(table).get(scope))

    def _measured(self, engine: DuckDB, table: str, parts: Iterable[Part]) -> Mapping[str, Measure]:
        """By scope what the parts hold together. An amended row counts as often as it is stated: never too little."""
        source = self.catalog.published[table]
        amount = amount_column(source.publishes[table])
        if amount is None:
            return {}
        selects = []
        for part in parts:
            path = self.settings.home / "published" / table / part.parquet
            rows = f"SELECT scope, {named(amount)} AS usd FROM {rows_of(path, source.deletes)}"
            within = f" WHERE scope IN ({', '.join(map(quoted, part.scopes))})" if part.scopes else ""
            selects.append(rows + within)
        found = engine.query(
            "SELECT scope, count(*) AS rows, coalesce(sum(usd) FILTER (usd > 0), 0) AS gross, coalesce(sum(usd), 0) "
            f"AS net FROM ({' UNION ALL '.join(selects)}) GROUP BY scope"
        ).to_pylist()
        return {row["scope"]: Measure(row["rows"], Decimal(row["gross"]), Decimal(row["net"])) for row in found}
