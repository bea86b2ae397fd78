"""A release that cannot be read keeps no Edition from being built."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.errors import ReleaseError
from tallystick.nouns.finding import Severity
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tests.tables.conftest import Captured, captured

__all__ = ["captured"]
SOURCE, NAME = "usaspending_captures", "CBP_ICE_FY2026_asof_20260901_late.csv"


def test_an_edition_is_built_of_the_others_and_the_fault_is_a_severe_finding(
    captured: Captured, tmp_path: Path
) -> None:
    pipeline = captured(["ICE,70A,ONE LLC,100.00,2025-10-02,0,"])
    before = pipeline.build()
    path = tmp_path / NAME
    path.write_text("<!DOCTYPE html><h1>503</h1>")
    with pytest.raises(ReleaseError, match="web page"):
        pipeline.add(pipeline.catalog.source(SOURCE), path, Provenance(SOURCE, NAME))
    assert len(list(pipeline.ledger.releases())) == 2, "the bytes are kept"
    assert pipeline.edition() == pipeline.build() == before
    bench = Bench(pipeline)
    assert bench.ask(Question("obligations", {"agency": "ICE"})).value == Decimal("100.00")
    (found,) = [finding for finding in bench.findings() if finding.severity is Severity.SEVERE]
    assert (found.kind, "web page" in found.says) == ("unreadable_release", True)
