"""tallystick targets, area, place: unknown is said as unknown, with its reason, in every format."""

from __future__ import annotations

import json

import pytest

from tests.views.cli.conftest import OwnRecord, Run

SHEET = """
title: A made-up sheet
about: One figure.
subject: {table: targets, named_by: [[target]]}
quarterly: true
limits: [Nothing follows from it.]
parts:
  - heading: Money
    reads: Read both.
    figures:
      - {name: spent, metric: obligations, where: {agency: ICE}, over: until, by: [agency]}
      - {name: spent then, metric: obligations, where: {agency: ICE}, settled_by: older releases}
      - {name: lost, needs: a list of losses, settled_by: the list}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> OwnRecord:
    return OwnRecord.laid(tmp_path_factory.mktemp("sheets"), "sheets/area.yml", SHEET)


@pytest.fixture
def filled(run: Run, own: OwnRecord, monkeypatch: pytest.MonkeyPatch) -> Run:
    return own.asked_by(run, monkeypatch)


def test_a_sheet_says_each_figure_with_what_it_rests_on_and_each_unknown_with_its_reason(filled: Run) -> None:
    told = filled("area", "installation-180-days", "--quarter", "1999Q4")
    assert told.code == 0
    assert "A made-up sheet: installation-180-days, 1999Q4" in told.out
    for said in (
        "the releases held speak of",
        "older releases",
        "a list of losses is not held",
        "Read both.",
        "Edition",
    ):
        assert said in told.out.replace("\n", " ")
    whole = json.loads(filled("area", "installation-180-days", "--quarter", "2025Q3", "--format", "json").out)
    spent, then, lost = whole["parts"][0]["figures"]
    assert spent["rows"][0]["value"] is not None
    assert spent["rests_on"][0]["releases"] >= 1
    assert spent["why"].startswith("tallystick why obligations")
    assert (then["value"], lost["value"]) == (None, None)
    assert lost["settled_by"] == "the list"
    assert whole["limits"] == ["Nothing follows from it."]
    assert len(whole["edition"]) == 12


def test_a_sheet_asked_for_what_is_not_there_says_so(filled: Run) -> None:
    assert filled("area", "installation-180-days", "--quarter", "2025Q5").code == 2
    assert "no target is called" in filled("area", "instalation").err
    assert "is not one" not in filled("place", "FL", "Bay").out


def test_targets_come_out_as_rows_and_whole_with_nothing_observed_as_unknown(filled: Run) -> None:
    told = filled("targets", "arrests-3000-a-day")
    assert told.code == 0
    assert "contested" in told.out
    assert "unknown" in told.out
    (whole,) = json.loads(filled("targets", "arrests-3000-a-day", "--format", "json").out)
    assert whole["standings"] == []
    assert whole["official"] == "no"
    assert whole["citation"].startswith("https://")
    rows = filled("targets", "--format", "csv").out.splitlines()
    assert len(rows) >= 12
    assert filled("targets", "arrests-3000").code == 2
