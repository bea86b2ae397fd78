"""The federal inventories of AI uses beside what the csv module and a plain reader of workbooks count in them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tallystick.bench import Bench
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.metric import Question, Values
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

pytestmark = pytest.mark.real_data
ICE: dict[str, Values] = {"agency": "ICE", "inventory_year": "2025"}


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "ai_inventory"


@pytest.fixture(scope="module")
def pipeline(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    home = tmp_path_factory.mktemp("inventories") / "home"
    made = Pipeline(Settings(home=home, records=(bundled_records(),), threads=2, memory_limit="2GB"))
    taken = made.take_in(folder)
    assert not taken.refused
    assert {path.name for path in taken.left_alone} == {
        "omb_2024_data_dictionary.yaml",
        "omb_2025_data_dictionary.json",
    }
    return made


@pytest.fixture(scope="module")
def bench(pipeline: Pipeline) -> Bench:
    return Bench(pipeline)


@pytest.fixture(scope="module")
def federal(folder: Path) -> list[dict[str, str]]:
    with (folder / "omb_2025_individual.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def ice(federal: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in federal if row["agency"] == "DHS" and row["agency_bureau"] == "ICE"]


def rows(bench: Bench, sql: str) -> list[dict[str, Any]]:
    return list(bench.engine.query(sql).to_pylist())


def value(bench: Bench, metric: str, **where: Values) -> object:
    (row,) = bench.ask(Question(metric, where)).rows
    return row["value"]


def of_kind(pipeline: Pipeline, kind: str) -> list[Finding]:
    return [finding for finding in pipeline.standing().findings if finding.kind == kind]


def test_ice_has_51_uses_of_which_24_are_deployed_20_before_deployment_and_7_retired(
    bench: Bench, ice: list[dict[str, str]]
) -> None:
    by_hand = Counter(row["development_stage"] for row in ice)
    assert by_hand == {"Deployed": 24, "Pre-deployment": 20, "Retired": 7}
    answer = bench.ask(Question("ai_use_cases", ICE, ("stage",)))
    assert {row["stage"]: row["value"] for row in answer.rows} == {"deployed": 24, "pre_deployment": 20, "retired": 7}
    assert value(bench, "ai_use_cases", **ICE) == len(ice) == 51


def test_twelve_of_them_are_of_high_impact(bench: Bench, ice: list[dict[str, str]]) -> None:
    by_hand = Counter(row["is_high_impact"] for row in ice)
    answer = bench.ask(Question("ai_use_cases", ICE, ("high_impact",)))
    found = {row["high_impact"]: row["value"] for row in answer.rows}
    assert found["yes"] == by_hand["High-impact"] == 12
    assert found["presumed_not"] == by_hand["Presumed High-Impact, but Not High-impact"]


def test_eight_of_22_deployed_uses_with_personal_data_give_no_assessment(
    bench: Bench, ice: list[dict[str, str]]
) -> None:
    personal = [row for row in ice if row["development_stage"] == "Deployed" and row["has_pii"] == "Yes"]
    without = [row for row in personal if not row["pia_url"].strip()]
    assert (len(personal), len(without)) == (22, 8)
    assert value(bench, "ai_use_cases_without_assessment", **ICE) == 8
    assert value(bench, "ai_share_without_assessment", **ICE) == pytest.approx(8 / 22)
    ours = rows(bench, "SELECT use_case_id FROM ai_use_cases WHERE inventory_year = 2025 AND agency = 'ICE' AND "
                "stage = 'deployed' AND uses_personal_data = 'yes' AND NOT assessment_given")  # fmt: skip
    assert {row["use_case_id"] for row in ours} == {row["id"] for row in without}


def test_no_use_counts_twice_though_three_files_hold_it(
    bench: Bench, federal: list[dict[str, str]], folder: Path
) -> None:
    with (folder / "omb_2024_raw_v2.csv").open(encoding="cp1252", newline="") as file:
        of_2024 = len(list(csv.reader(file))) - 1
    with (folder / "omb_2023_raw.csv").open(encoding="utf-8", newline="") as file:
        of_2023 = len(list(csv.reader(file))) - 1
    found = {
        row["inventory_year"]: row["value"]
        for row in bench.ask(Question("ai_use_cases", by=("inventory_year",))).rows
    }
    assert found == {2023: of_2023, 2024: of_2024, 2025: len(federal)} == {2023: 710, 2024: 2133, 2025: 3611}
    keys = rows(bench, "SELECT count(*) AS n, count(DISTINCT use_case_key) AS keys FROM ai_use_cases")
    assert keys[0]["n"] == keys[0]["keys"]


def test_the_departments_own_workbook_is_in_force_for_all_that_it_holds(bench: Bench, folder: Path) -> None:
    sheet = CalamineWorkbook.from_path(str(folder / "dhs_2025_ocio_raw.xlsx")).get_sheet_by_name("All Use Cases")
    by_hand = Counter(str(row[2]) for row in sheet.to_python()[2:] if str(row[0]).strip())
    told = rows(bench, "SELECT agency, told_by, count(*) AS n FROM ai_use_cases WHERE department = 'DHS' AND "
                "inventory_year = 2025 GROUP BY ALL")  # fmt: skip
    assert {row["agency"]: row["n"] for row in told} == by_hand
    assert {row["told_by"] for row in told} == {"department's inventory"}


def test_every_department_of_2025_has_the_rows_and_high_impact_uses_of_the_file(
    bench: Bench, federal: list[dict[str, str]]
) -> None:
    by_hand = Counter((row["agency"], row["is_high_impact"] == "High-impact") for row in federal)
    told = rows(bench, "SELECT department, high_impact = 'yes' AS high, count(*) AS n FROM ai_use_cases "
                "WHERE inventory_year = 2025 GROUP BY ALL")  # fmt: skip
    assert {(row["department"], row["high"]): row["n"] for row in told} == by_hand


@pytest.mark.parametrize("safeguard", ["testing", "assessment", "review", "monitoring", "failsafe"])
def test_safeguards_in_progress_are_those_that_say_so(
    bench: Bench, ice: list[dict[str, str]], safeguard: str
) -> None:
    column = {
        "testing": "hi_testing_conducted", "assessment": "hi_assessment_completed", "review": "hi_independent_review",
        "monitoring": "hi_ongoing_monitoring", "failsafe": "hi_failsafe_presence",
    }[safeguard]  # fmt: skip
    by_hand = Counter(row[column] or "blank" for row in ice)
    answer = bench.ask(Question("ai_safeguards_reported", {**ICE, "safeguard": safeguard}, ("state",)))
    found = {row["state"]: row["value"] for row in answer.rows}
    assert found["in_progress"] == by_hand["In-progress"]
    assert found["blank"] == by_hand["blank"]


def test_values_in_a_wrong_column_are_found_with_row_and_cell_and_mended_nowhere(
    pipeline: Pipeline, bench: Bench
) -> None:
    found = [f for f in of_kind(pipeline, "moved_cell") if f.evidence[0]["table"] == "ai_use_cases_2025_published"]
    cells = {(row["row"], row["column"], row["answers"]) for finding in found for row in finding.evidence}
    assert cells == {
        (145, "consultation", "appeal"),
        (146, "training", "monitoring"),
        (147, "training", "monitoring"),
        (1400, "training", "monitoring"),
        (1560, "monitoring", "review"),
    }
    assert {finding.severity for finding in found} == {Severity.WARNING}
    (row,) = rows(bench, "SELECT training, training_raw FROM ai_use_cases WHERE use_case_id = 'DHS-2577'")
    assert row["training"] == "unknown"
    assert "monitoring protocols" in row["training_raw"]


def test_what_the_selection_of_2024_lost_is_told_and_not_believed(pipeline: Pipeline, bench: Bench) -> None:
    (found,) = [f for f in of_kind(pipeline, "told_otherwise") if f.scope == "DHS/ICE/2024"]
    assert (found.count, "a blank for 'None'" in found.says) == (16, True)
    said = rows(bench, "SELECT count(*) AS n FROM ai_use_cases WHERE agency = 'ICE' AND inventory_year = 2024 "
                "AND demographics = 'None'")  # fmt: skip
    assert said == [{"n": 16}]


def test_identifiers_that_stand_twice_are_told(pipeline: Pipeline, federal: list[dict[str, str]]) -> None:
    by_hand = Counter((row["agency"], row["id"]) for row in federal if row["id"])
    twice = {key for key, times in by_hand.items() if times > 1}
    kinds = ("ambiguous_key", "duplicate_rows")
    told = {f.scope for kind in kinds for f in of_kind(pipeline, kind) if f.scope and f.scope.endswith("/2025")}
    assert {f"{agency}/2025" for agency, _ in twice} == told


def test_dirty_identifiers_keep_their_raw_words_and_wait_for_a_person(bench: Bench) -> None:
    waiting = {one.says: one.means for one in bench.proposals.piids() if one.agencies == "ICE"}
    assert waiting == {f"70OCTD22FR00000{n}": f"70CTD022FR0000{n}" for n in ("002", "009", "235")}
    told = rows(bench, "SELECT DISTINCT said, piid, standing FROM ai_use_case_contracts WHERE agency = 'ICE' AND "
                "said LIKE '70OCTD%' ORDER BY said")  # fmt: skip
    assert told == [
        {"said": f"70OCTD22FR00000{n}", "piid": None, "standing": "proposed"} for n in ("002", "009", "235")
    ]


def test_a_use_that_is_not_found_is_not_found_in_an_inventory_as_of_a_day(bench: Bench) -> None:
    told = rows(bench, "SELECT title, says FROM ai_use_case_fates WHERE agency = 'ICE' AND inventory_year = 2024")
    said = {row["title"]: row["says"] for row in told}
    assert said["Facial Recognition Service"] == "not found in the inventory of 2025 as of 2026-01-28"
    assert said["Email Analytics for Investigative Data"] == "stage went back"
    assert len(said) == 25


def test_a_match_that_somebody_proposed_waits_for_a_person(bench: Bench) -> None:
    decided = rows(bench, "SELECT count(*) AS n FROM ai_use_case_links WHERE linked_by = 'a person'")
    told = rows(bench, "SELECT fate, says FROM ai_use_case_fates WHERE use_case_key = '2023/DHS/DHS-0030-2023'")
    assert decided == [{"n": 0}]
    assert [row["fate"] for row in told] == ["not found"]
    assert told[0]["says"].endswith("is proposed and waits for a person")
    waiting = {(one.earlier, one.later) for one in bench.proposals.ai_uses(99)}
    assert len(waiting) >= 13
    assert ("2024/DHS/cbp-autonomous-surveillance-tower-ast", "2025/DHS/DHS-35") in waiting


def test_nobody_is_told_how_to_reach_a_person(bench: Bench) -> None:
    described = bench.engine.run("DESCRIBE ai_use_cases").fetchall()
    texts = [column for column, kind, *_ in described if kind == "VARCHAR"]
    told = " OR ".join(f"regexp_matches({name}, '[a-z0-9]@[a-z0-9-]+\\.[a-z]')" for name in texts)
    assert len(texts) > 40
    assert rows(bench, f"SELECT use_case_key FROM ai_use_cases WHERE {told}") == []
