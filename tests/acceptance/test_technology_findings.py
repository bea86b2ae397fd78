"""Findings across registers, inventories and contracts, read one by one on the real releases."""

from __future__ import annotations

from collections import Counter

import pytest

from tallystick.bench import Bench
from tallystick.nouns.finding import Finding

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def found(real_bench: Bench) -> tuple[Finding, ...]:
    return tuple(real_bench.kept.crosschecked)


def scopes(found: tuple[Finding, ...], kind: str) -> list[str]:
    return sorted(str(one.scope) for one in found if one.kind == kind)


def test_eight_deployed_uses_of_ice_give_no_assessment(found: tuple[Finding, ...]) -> None:
    bare = [one for one in found if one.kind == "deployed_without_an_assessment"]
    of_ice = {evidence["use_case_key"] for one in bare for evidence in one.evidence if evidence["agency"] == "ICE"}
    assert of_ice == {f"2025/DHS/DHS-{number}" for number in (2424, 2425, 2426, 2515, 2517, 2553, 2577, 2758)}


def test_the_app_for_faces_has_no_safeguard_in_place(found: tuple[Finding, ...]) -> None:
    found_in = scopes(found, "high_impact_with_every_safeguard_in_progress")
    assert {"technologies/mobile-fortify", "technologies/licence-plate-data"} <= set(found_in)


def test_assessments_of_years_before_are_named(found: tuple[Finding, ...]) -> None:
    assert Counter(scopes(found, "assessment_older_than_the_deployment")) >= Counter(
        {
            "technologies/facial-recognition-investigations": 3,
            "technologies/licence-plate-data": 1,
            "technologies/palantir-elite": 1,
        }
    )


def test_money_while_work_was_stopped_is_found_and_the_spyware_contract_is_not_accused(
    found: tuple[Finding, ...],
) -> None:
    assert scopes(found, "money_after_a_stop_work_order") == ["technologies/visa-lifecycle-vetting"] * 2
    days = [str(one.evidence[0]["action_date"]) for one in found if one.kind == "money_after_a_stop_work_order"]
    assert sorted(days) == ["2025-08-04", "2025-08-07"]


def test_an_option_was_exercised_after_advice_to_stop(found: tuple[Finding, ...]) -> None:
    after = [one for one in found if one.kind == "bought_on_after_advice_to_stop"]
    (option,) = [one for one in after if one.evidence[0]["what"] == "An option was exercised"]
    assert (option.scope, str(option.evidence[0]["action_date"])) == ("technologies/babel-street-cbp", "2024-03-19")
    assert "reported" in option.says


def test_no_finding_says_none(found: tuple[Finding, ...]) -> None:
    assert found
    assert not [one.says for one in found if " none " in f" {one.says} ".lower()]
