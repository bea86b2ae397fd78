"""Small captures made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

CODED = (
    "Agency,Award ID,Recipient Name,Federal Action Obligation,Action Date,Modification,Product/Service Code,"
    "Product/Service Description,NAICS Code,NAICS Description,Transaction Description,Generated Award ID"
)
HEADER = (
    "Agency,Award ID,Recipient Name,Federal Action Obligation,Action Date,Modification,"
    "Product/Service Description,NAICS Description,Transaction Description,Generated Award ID"
)
FLOORS = {
    "sources/us/usaspending_captures/source.yml": "rows: {min: 100,",
    "sources/us/usaspending_transactions/source.yml": "rows: {min: 100}",
}
Captured = Callable[[Iterable[str]], Pipeline]


@pytest.fixture
def captured(settings: Settings, tmp_path: Path) -> Captured:
    """Takes in one capture whose lines are given as `agency,piid,recipient,amount,date,modification,award key`.

    The sources of contract actions are the real ones but for their floors, which files made by hand lie under.
    """
    for source, floor in FLOORS.items():
        overlay = tmp_path / "records" / source
        overlay.parent.mkdir(parents=True)
        stated = (bundled_records() / source).read_text(encoding="utf-8")
        overlay.write_text(stated.replace(floor, floor.replace("100", "1")), encoding="utf-8")
    own = replace(settings, records=(bundled_records(), tmp_path / "records"))

    def take_in(lines: Iterable[str]) -> Pipeline:
        pipeline = Pipeline(own)
        path = tmp_path / "CBP_ICE_FY2026_asof_20260701_hand.csv"
        rows = []
        for line in lines:
            agency, piid, recipient, amount, day, modification, award = line.split(",")
            rows.append(f"{agency},{piid},{recipient},{amount},{day},{modification},ARMOR,GUARDS,AS SAID,{award}")
        path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        pipeline.add(
            pipeline.catalog.source("usaspending_captures"), path, Provenance("usaspending_captures", path.name)
        )
        return pipeline

    return take_in
