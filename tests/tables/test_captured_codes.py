"""Captures that kept the codes beside their names."""

from __future__ import annotations

from pathlib import Path

from tallystick.bench import Bench
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tests.tables.conftest import CODED, Captured

SOURCE = "usaspending_captures"
NAME = "CBP_ICE_FY2026_asof_20260801_search.csv"
GUNS = "1005,GUNS THROUGH 30MM"
ARMS = "332994,SMALL ARMS"


def add(pipeline: Pipeline, folder: Path, codes: list[tuple[str, str]]) -> None:
    lines = [
        f"ICE,70{n},ONE LLC,{n}.00,2025-10-02,0,{psc},{naics},AS SAID,CONT_AWD_70{n}_7012_-NONE-_-NONE-"
        for n, (psc, naics) in enumerate(codes)
    ]
    path = folder / NAME
    path.write_text("\n".join([CODED, *lines]) + "\n")
    pipeline.add(pipeline.catalog.source(SOURCE), path, Provenance(SOURCE, NAME))


def test_a_captured_code_stands_whatever_its_name_would_be_looked_up_as(captured: Captured, tmp_path: Path) -> None:
    pipeline = captured([])
    add(pipeline, tmp_path, [(GUNS, ARMS), (",GUNS NOBODY LISTS", ARMS)])
    rows = Bench(pipeline).engine.query("SELECT psc_code, naics_code FROM contract_actions ORDER BY piid").to_pylist()
    assert rows == [{"psc_code": "1005", "naics_code": "332994"}, {"psc_code": None, "naics_code": "332994"}]


def test_a_code_beside_another_codes_name_is_a_finding(captured: Captured, tmp_path: Path) -> None:
    pipeline = captured([])
    right = [(GUNS, ARMS)] * 20 + [("S206,GUARD SERVICES", ARMS)] * 20
    add(pipeline, tmp_path, [*right, ("S206,GUNS THROUGH 30MM", ARMS)])
    (found,) = [finding for finding in pipeline.standing().findings if finding.kind == "swapped_pair"]
    assert (found.severity, found.count) == (Severity.SEVERE, 1)
    assert "psc_code" in found.says
