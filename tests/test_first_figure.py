"""The line from bytes to a figure, on the real captures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings


@pytest.mark.real_data
def test_weapons_orders_since_inauguration_are_the_published_sum(real_data: Path, settings: Settings) -> None:
    pipeline = Pipeline(settings)
    for source, file in [
        ("usaspending_captures", "procurement/usaspending_transactions_api/CBP_ICE_FY2025_Contract_Obligations.csv"),
        ("usaspending_captures", "procurement/usaspending_transactions_api/CBP_ICE_FY2026_Contract_Obligations.csv"),
        ("naics_codes", "reference/naics.csv"),
        ("naics_codes", "reference/naics_names_observed.csv"),
    ]:
        path = real_data / file
        pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))
    question = Question(
        "obligations", {"agency": "ICE", "naics": "332994"}, start=date(2025, 1, 20), end=date(2025, 10, 20)
    )
    assert Bench(pipeline).ask(question).value == Decimal("71515761.68")
