"""Which source speaks for a stretch, told to readers and built into tables by one rule."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.archive.ledger import Publication
from tallystick.bench import Bench
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release
from tallystick.tables.inforce import Place, Published
from tallystick.tables.precedence import Grade, Offer, spoken_for
from tests.tables.conftest import Captured
from tests.tables.test_official_actions import AWARD, FULL, add, filled, official, totals

__all__ = ["filled"]
CAPTURED = [f"ICE,70A,ONE LLC,100.00,2025-10-02,0,{AWARD.format('70A')}"]
offers = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from(Grade)), max_size=9)


@given(offers)
def test_nobody_speaks_for_a_stretch_that_another_holds_better(told: list[Offer]) -> None:
    speaks = spoken_for(told)
    assert speaks.keys() == {scope for scope, _, _ in told}
    for scope, table in speaks.items():
        ranked = [(grade, place, name) for place, (where, name, grade) in enumerate(told) if where == scope]
        assert table == min(ranked)[2]


def cut_short(monkeypatch: pytest.MonkeyPatch, *sources: str) -> None:
    """Let every release of `sources` be found a part only."""

    def judge(_: object, release: Release, __: Publication, ___: Mapping[Place, Published]) -> tuple[Finding, ...]:
        cut = Finding(release.id, "truncated_capture", Severity.INCOMPLETE, "paging stopped", "7012/FY2026")
        return (cut,) if release.source in sources else ()

    monkeypatch.setattr("tallystick.checks.judgements.Judgements.__call__", judge)


def test_a_part_of_a_more_believed_source_gives_way_to_a_whole_of_a_less_believed_one(
    captured: Captured, tmp_path: Path, filled: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = captured(CAPTURED)
    add(pipeline, tmp_path, FULL, [official(filled, "70A", "150.00")])
    whole = pipeline.build().id
    assert totals(pipeline)["70A"] == 150
    cut_short(monkeypatch, "usaspending_transactions")
    assert totals(pipeline)["70A"] == 100
    assert pipeline.build().id != whole
    (spoken,) = Bench(pipeline).coverage("contract_actions")
    assert (spoken.name, spoken.incomplete) == ("CBP_ICE_FY2026_asof_20260701_hand.csv", ())


def test_of_two_parts_the_more_believed_stays(
    captured: Captured, tmp_path: Path, filled: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = captured(CAPTURED)
    add(pipeline, tmp_path, FULL, [official(filled, "70A", "150.00")])
    cut_short(monkeypatch, "usaspending_transactions", "usaspending_captures")
    assert totals(pipeline)["70A"] == 150
    (spoken,) = Bench(pipeline).coverage("contract_actions")
    assert (spoken.name, len(spoken.incomplete)) == (FULL, 1)
