"""AI uses of made-up inventories: one set of terms, one file in force, repairs and matches that wait for a person."""

from __future__ import annotations

from typing import Any

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.bench import Bench
from tallystick.catalog import load_module
from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.tables.review_uses import Use, likeness, proposed
from tallystick.tables.statements import compiled

SAMPLES = bundled_records() / "sources/us"
REVIEWED = {
    "ai_use_cases_2023": "rows: {min: 100,",
    "ai_use_cases_2024": "rows: {min: ",
    "ai_use_cases_2025": "rows: {min: ",
    "ai_use_cases_2025_dhs": "rows: {min: 100,",
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench over the samples of every inventory, with their floors taken away."""
    root = tmp_path_factory.mktemp("uses")
    for source in REVIEWED:
        overlay = root / "records/sources/us" / source / "source.yml"
        overlay.parent.mkdir(parents=True)
        stated = (SAMPLES / source / "source.yml").read_text(encoding="utf-8")
        overlay.write_text(_without_floors(stated), encoding="utf-8")
        (overlay.parent / "read.py").write_text((SAMPLES / source / "read.py").read_text(encoding="utf-8"))
    folders = (bundled_records(), root / "records")
    pipeline = Pipeline(Settings(home=root / "home", records=folders, threads=1, memory_limit="2GB"))
    for source in REVIEWED:
        for path in sorted((SAMPLES / source / "sample").iterdir()):
            pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))
    return Bench(pipeline)


def _without_floors(stated: str) -> str:
    for floor in ("min: 1000,", "min: 500,", "min: 100,", "min: 10,"):
        stated = stated.replace(floor, "min: 1,")
    return stated


def rows(bench: Bench, sql: str) -> list[dict[str, Any]]:
    return list(bench.engine.query(sql).to_pylist())


def test_each_component_is_told_by_the_file_believed_most(bench: Bench) -> None:
    told = rows(bench, "SELECT scope, told_by FROM ai_use_cases ORDER BY scope")
    assert {(row["scope"], row["told_by"]) for row in told} == {
        ("DHS/CBP/2025", "department's inventory"),
        ("DHS/ICE/2024", "consolidated inventory"),
        ("DHS/ICE/2025", "department's inventory"),
        ("HBR/2023", "consolidated inventory"),
        ("HBR/2024", "consolidated inventory"),
        ("HBR/2025", "consolidated inventory"),
    }


def test_a_question_that_the_year_does_not_put_is_not_a_blank_answer(bench: Bench) -> None:
    said = rows(bench, "SELECT DISTINCT inventory_year, training, uses_personal_data, assessment_given FROM "
                "ai_use_cases WHERE department = 'HBR' ORDER BY 1")  # fmt: skip
    assert said == [
        {
            "inventory_year": 2023,
            "training": "not_asked",
            "uses_personal_data": "not_asked",
            "assessment_given": None,
        },
        {"inventory_year": 2024, "training": "not_asked", "uses_personal_data": "yes", "assessment_given": None},
        {"inventory_year": 2025, "training": "complete", "uses_personal_data": "yes", "assessment_given": True},
    ]


def test_the_departments_words_and_the_consolidated_ones_have_one_term(bench: Bench) -> None:
    said = rows(bench, "SELECT stage, high_impact, testing, assessment, review, failsafe, appeal FROM ai_use_cases "
                "WHERE inventory_year = 2025 AND stage = 'deployed' ORDER BY department")  # fmt: skip
    assert [row["high_impact"] for row in said] == ["yes", "yes"]
    assert [row["testing"] for row in said] == ["complete", "complete"]
    assert [row["assessment"] for row in said] == ["in_progress", "in_progress"]
    assert [row["review"] for row in said] == ["complete", "complete"]


def test_a_use_of_the_same_name_is_linked_and_says_that_no_person_has_looked(bench: Bench) -> None:
    (told,) = rows(bench, "SELECT later_key, linked_by, fate FROM ai_use_case_fates WHERE use_case_key = "
                   "'2023/HBR/HBR-0000-2023'")  # fmt: skip
    assert told == {
        "later_key": "2024/HBR/quays-counting-of-gulls",
        "linked_by": "the same name; no person has looked",
        "fate": "same stage",
    }


def test_a_use_without_a_like_name_is_not_found_as_of_a_day_and_never_gone(bench: Bench) -> None:
    (told,) = rows(bench, "SELECT says, later_key FROM ai_use_case_fates WHERE use_case_key = "
                   "'2023/HBR/HBR-0001-2023'")  # fmt: skip
    assert told["later_key"] is None
    assert told["says"].startswith("not found in the inventory of 2024")


def test_several_identifiers_in_a_cell_are_a_row_each(bench: Bench) -> None:
    told = rows(bench, "SELECT said, piid, standing FROM ai_use_case_contracts WHERE agency = 'Quays' ORDER BY nth")
    assert told == [
        {"said": "70XYZ024FR0000001", "piid": "70XYZ024FR0000001", "standing": "as written"},
        {"said": "GS-35F-000AA", "piid": None, "standing": "proposed"},
    ]


USES = st.builds(
    Use,
    st.uuids().map(str),
    st.just(("HBR", "Quays")),
    st.sampled_from(["Counting of gulls", "Gull counting", "Sorting of letters", "Boats"]),
    st.sampled_from(["", "Counts gulls from pictures.", "Sorts letters by desk."]),
)


@given(st.lists(USES, max_size=5), st.lists(USES, max_size=5), st.sampled_from([0.0, 60.0, 90.0]))
def test_proposals_score_the_cutoff_and_leave_out_what_was_decided(
    earlier: list[Use], later: list[Use], cutoff: float
) -> None:
    made = proposed(earlier, later, frozenset(), cutoff)
    assert all(one.score >= cutoff for one in made)
    decided = frozenset((one.earlier, one.later) for one in made)
    again = proposed(earlier, later, decided, cutoff)
    assert not {(one.earlier, one.later) for one in again} & decided


@given(USES, USES)
def test_likeness_is_the_same_both_ways_and_whole_for_the_same(one: Use, other: Use) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 100
    assert 0 <= likeness(one, other) <= 100


def test_uses_of_another_component_are_not_proposed() -> None:
    other = Use("b", ("HBR", "Lighthouses"), "Counting of gulls")
    assert proposed([Use("a", ("HBR", "Quays"), "Counting of gulls")], [other], frozenset(), 0) == ()


@pytest.mark.parametrize(
    ("token", "means", "repair"),
    [
        ("70CTD022FR0000002", None, None),
        ("024-000005265", None, None),
        ("70OCTD22FR00000235", "70CTD022FR0000235", "the letter O for a zero"),
        ("70FA4020A0000000281", "70FA4020A00000281", "zeros too many in the serial"),
        ("70T04023D7672N0001", "70T04023D7672N001", "zeros too many in the serial"),
        ("GS-35F-525GA", "GS35F525GA", "hyphens left out"),
        ("DSS-70RCSJ24FC0000018", "70RCSJ24FC0000018", "the word before it left out"),
        ("2014-14031000011", None, None),
        ("20139567", None, None),
    ],
)
def test_a_repair_is_proposed_where_one_rule_gives_a_whole_identifier(
    token: str, means: str | None, repair: str | None
) -> None:

    module = load_module("tables/ai_use_case_contracts.py", bundled_records() / "tables/ai_use_case_contracts.py")
    cells = ibis.table({"token": "string"}, name="cells")
    asked = cells.select(means=module._proposed(cells.token), repair=module._repair(cells.token))
    with DuckDB() as engine:
        engine.run(f"CREATE TEMP TABLE cells AS SELECT {quoted(token)} AS token")
        (said,) = engine.query(compiled(asked)).to_pylist()
    assert said["means"] == means
    assert (said["repair"] is None) == (repair is None)
    assert (said["repair"] or "").startswith(repair or "")
