"""What severe Findings do to the Edition, and how a person overrules them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.decisions import Decisions
from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings

CAPTURES = "procurement/usaspending_transactions_api"


def _held(pipeline: Pipeline) -> list[Finding]:
    return [
        finding
        for finding in pipeline.standing().findings
        if finding.severity in (Severity.SEVERE, Severity.INCOMPLETE)
    ]


@pytest.fixture
def pipeline(real_data: Path, settings: Settings) -> Pipeline:
    pipeline = Pipeline(settings)
    path = real_data / CAPTURES / "CBP_ICE_FY2022_Contract_Obligations.csv"
    pipeline.add(pipeline.catalog.source("usaspending_captures"), path, Provenance("usaspending_captures", path.name))
    return pipeline


@pytest.mark.real_data
def test_a_truncated_scope_is_incomplete_and_the_other_scope_of_its_file_is_whole(pipeline: Pipeline) -> None:
    ice, cbp = Bench(pipeline).coverage("contract_actions")
    assert (ice.scope, [finding.kind for finding in ice.incomplete]) == ("7012/FY2022", ["truncated_capture"])
    assert ice.says.startswith("7012/FY2022 is incomplete")
    assert (cbp.scope, cbp.name, cbp.says) == ("7014/FY2022", "CBP_ICE_FY2022_Contract_Obligations.csv", "")


@pytest.mark.real_data
def test_an_accepted_finding_no_longer_counts_until_the_acceptance_is_undone(pipeline: Pipeline) -> None:
    (finding,) = _held(pipeline)
    before = pipeline.standing()
    Decisions(pipeline).accept(finding.id, "only the large orders matter here", "a reporter")
    assert not Bench(pipeline).coverage("contract_actions")[0].incomplete
    Decisions(pipeline).undo(finding.id, "a total was asked after all", "a reporter")
    assert pipeline.standing() == before


@pytest.mark.real_data
def test_a_decision_needs_a_known_finding_a_reason_and_a_name(pipeline: Pipeline) -> None:
    (finding,) = _held(pipeline)
    with pytest.raises(UnknownName):
        Decisions(pipeline).accept("0123456789", "because", "a reporter")
    with pytest.raises(UsageError):
        Decisions(pipeline).accept(finding.id, " ", "a reporter")
    with pytest.raises(UsageError):
        Decisions(pipeline).accept(finding.id, "because", "")
    assert not pipeline.ledger.decisions()


@pytest.mark.real_data
def test_findings_are_made_once_and_then_kept(pipeline: Pipeline) -> None:
    first = pipeline.standing().findings
    assert pipeline.standing().findings == first
