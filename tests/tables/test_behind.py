"""A figure over a table of sums walks back to the rows that were summed, and to no others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import ibis
import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import bundled_records
from tallystick.tables.behind import rows_behind
from tests.tables.conftest import Captured

FILE = "Contracts_PrimeAwardSummaries_2025-03-21_H00M00S01_1.csv"
PIID = "90LAMP25P00000001"
AWARD = f"CONT_AWD_{PIID}_7012_-NONE-_-NONE-"
LINES = [
    f"ICE,{PIID},ONE LLC,1000.00,2025-10-02,0,{AWARD}",
    f"ICE,{PIID},ONE LLC,500.00,2025-10-05,P00001,",
    "ICE,70X,ANOTHER LLC,7.00,2025-10-05,0,CONT_AWD_70X_7012_-NONE-_-NONE-",
    "ICE,70Y,A THIRD LLC,9.00,2025-10-05,0,",
]


@pytest.fixture
def pipeline(captured: Captured) -> Pipeline:
    made = captured(LINES)
    source = made.catalog.source("usaspending_awards")
    sample = bundled_records() / "sources/us/usaspending_awards/sample" / FILE
    made.add(source, sample, Provenance(source.id, FILE))
    return made


def by_table(bench: Bench, question: Question) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in bench.why(question):
        found.setdefault(row["table"], []).append(row)
    return found


def test_an_award_walks_to_its_actions_and_to_the_rows_of_the_award_file(pipeline: Pipeline) -> None:
    bench, question = Bench(pipeline), Question("ceiling", {"piid": PIID})
    found = by_table(bench, question)
    assert list(found) == ["awards", "contract_actions", "usaspending_awards_published"]
    (award,), actions, (stated,) = found.values()
    assert sum(Decimal(str(row["federal_action_obligation_usd"])) for row in actions) == award["obligated_usd"]
    assert [row["source_row"] for row in actions] == [1, 2], "the one without an award key is found again too"
    assert (stated["award_key"], stated["ceiling_usd"]) == (AWARD, bench.ask(question).value)
    names = {release.name for release in bench.releases_behind(question)}
    assert names == {FILE, "CBP_ICE_FY2026_asof_20260701_hand.csv"}


def test_an_award_that_only_captures_know_has_no_other_file_behind_it(pipeline: Pipeline) -> None:
    bench, question = Bench(pipeline), Question("ceiling", {"piid": "70Y"})
    found = by_table(bench, question)
    assert [row["source_row"] for row in found["contract_actions"]] == [4]
    assert [release.source for release in bench.releases_behind(question)] == ["usaspending_captures"]


def test_rows_that_say_where_they_lie_are_themselves_the_answer(pipeline: Pipeline) -> None:
    bench, question = Bench(pipeline), Question("obligations", {"piid": PIID})
    rows = bench.why(question)
    assert [row["source_row"] for row in rows] == [1, 2]
    assert "table" not in rows[0]
    assert [release.source for release in bench.releases_behind(question)] == ["usaspending_captures"]


def test_an_appropriation_walks_to_the_row_of_its_section(captured: Captured) -> None:
    pipeline = captured([])
    source = pipeline.catalog.source("appropriations")
    (sample, *_) = sorted((source.folder / "sample").iterdir())
    pipeline.add(source, sample, Provenance(source.id, sample.name))
    bench = Bench(pipeline)
    found = by_table(bench, Question("appropriated"))
    assert list(found) == ["appropriations", "appropriations_published"]
    assert len(found["appropriations"]) == len(found["appropriations_published"]) > 0
    stated = {(row["section"], row["amount_usd"]) for row in found["appropriations"]}
    assert stated == {(row["section"], row["amount_usd"]) for row in found["appropriations_published"]}


def test_rows_of_one_line_come_in_one_order() -> None:
    places = dict.fromkeys(("release_id", "scope", "member"), "string") | {"source_row": "int64"}
    rows = ibis.table({**places, "recommendation": "string"}, name="told")
    nowhere: Any = None
    ((_, ordered),) = rows_behind(nowhere, "told", rows)
    assert [key.name for key in ordered.op().keys][-1] == "recommendation"
