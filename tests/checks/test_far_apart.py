"""Releases of one series that lie far apart: a list grows and is worked off, and none is stopped for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings

FAR_APART = {
    "agreements_287g_participating": ("participatingAgencies05162025am*", "participatingAgencies05182026am*"),
    "agreements_287g_pending": ("pendingAgencies-20250221*", "pendingAgencies01302026am*"),
    "ice_detention_statistics": ("20240105184536-FY24_*", "FY25_detentionStats01162025.xlsx"),
}


def _stopped(settings: Settings, source: str, files: list[Path]) -> list[str]:
    pipeline = Pipeline(settings)
    for path in files:
        pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))
    return [found.says for found in pipeline.standing().findings if found.severity is Severity.SEVERE]


@pytest.mark.real_data
@pytest.mark.parametrize("source", FAR_APART)
def test_two_real_releases_a_year_apart_are_both_in_force(source: str, real_data: Path, settings: Settings) -> None:
    first, last = (sorted(real_data.rglob(pattern))[0] for pattern in FAR_APART[source])
    assert _stopped(settings, source, [first, last]) == []
