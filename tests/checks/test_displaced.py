"""A source that is believed more is held beside the fuller record that it would displace."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.checks.displaced import Measure, displaced
from tallystick.decisions import Decisions
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

OFFICIAL, CAPTURED = "usaspending_transactions_published", "usaspending_captures_published"
SCOPE, OLD, NEW = "7012/FY2025", date(2026, 1, 6), date(2026, 8, 20)
CAPTURE = "procurement/usaspending_transactions_api/CBP_ICE_FY2025_Contract_Obligations.csv"
SAMPLE = "sources/us/usaspending_transactions/sample/FY2025_070_Contracts_Full_20260106_1.zip"


def _found(rows: int, gross: int) -> list[tuple[Severity, str]]:
    held = (
        Coverage(OFFICIAL, SCOPE, "a", "official", OLD, rows),
        Coverage(CAPTURED, SCOPE, "b", "capture", NEW, 4431),
    )
    measures = {
        OFFICIAL: Measure(rows, Decimal(gross), Decimal(gross) - 5),
        CAPTURED: Measure(4431, Decimal(1000), Decimal(900)),
    }
    found = displaced((OFFICIAL, CAPTURED), held, {(OFFICIAL, SCOPE): "a"}, lambda table, _: measures[table])
    return [(one.severity, one.release) for one in found]


@pytest.mark.parametrize(("rows", "gross"), [(13, 1000), (5000, 700), (3544, 1000)])
def test_far_fewer_rows_or_less_money_make_the_believed_source_a_part(rows: int, gross: int) -> None:
    assert _found(rows, gross) == [(Severity.INCOMPLETE, "a")]


def test_as_many_rows_and_as_much_money_displace_the_less_believed_source() -> None:
    assert _found(4400, 990) == []


def _held(real_data: Path, settings: Settings, tmp_path: Path, floor: str) -> Pipeline:
    """The real capture of a year, and the project's own sample of the official layout under a floor of rows."""
    name = "sources/us/usaspending_transactions/source.yml"
    overlay = tmp_path / "records" / name
    overlay.parent.mkdir(parents=True)
    stated = (bundled_records() / name).read_text(encoding="utf-8")
    overlay.write_text(stated.replace("rows: {min: 100}", floor), encoding="utf-8")
    own = Settings(settings.home, (bundled_records(), tmp_path / "records"), threads=1, memory_limit="2GB")
    pipeline = Pipeline(own)
    for source, path in (
        ("usaspending_captures", real_data / CAPTURE),
        ("usaspending_transactions", bundled_records() / SAMPLE),
    ):
        pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))
    return pipeline


@pytest.mark.real_data
@pytest.mark.parametrize("floor", ["rows: {min: 100}", "rows: {min: 1}"])
def test_a_sample_of_forty_rows_does_not_take_the_place_of_a_year(
    floor: str, real_data: Path, settings: Settings, tmp_path: Path
) -> None:
    bench = Bench(_held(real_data, settings, tmp_path, floor))
    ice = next(one for one in bench.coverage("contract_actions") if one.scope == SCOPE)
    assert (ice.name, ice.rows) == (Path(CAPTURE).name, 4431)
    assert {"row_count", "displaces_fuller"} & {found.kind for found in bench.findings()}


@pytest.mark.real_data
def test_a_person_may_accept_that_a_smaller_file_displaces_a_fuller_one(
    real_data: Path, settings: Settings, tmp_path: Path
) -> None:
    pipeline = _held(real_data, settings, tmp_path, "rows: {min: 1}")
    (found,) = (f for f in pipeline.standing().findings if (f.kind, f.scope) == ("displaces_fuller", SCOPE))
    Decisions(pipeline).accept(found.id, "only the official file counts here", "a reporter")
    ice = next(one for one in Bench(pipeline).coverage("contract_actions") if one.scope == SCOPE)
    assert ice.name == Path(SAMPLE).name
