"""A claim that was judged before is judged alike by a process that starts anew, which asks nothing again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallystick import bench as benches
from tallystick.bench import Bench
from tallystick.claims.judge import judge
from tallystick.nouns.finding import Verdict
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tests.views.conftest import written_small

CLAIM = """
said: ICE spent more than $100
by: news report
on: 2026-08-{day}
citation: https://example.gov/a
checks:
- {{name: spent, metric: obligations, where: {{agency: ICE}}, is: "> {than}"}}
- {{name: each, metric: obligations, each: month, is: "> 1"}}
also: [{{name: both, of: [spent], where: {{agency: [ICE, CBP]}}, from: 2025-01-01, because: a reader may}}]
context: [{{name: CBP, of: [spent], where: {{agency: CBP}}}}]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    written_small(tmp_path / "data")
    _write(tmp_path, 21, 100)
    return Settings(tmp_path / "home", (bundled_records(), tmp_path / "mine"), threads=1, memory_limit="2GB")


def _write(folder: Path, day: int, than: int) -> None:
    claims = folder / "mine" / "claims" / "2026"
    claims.mkdir(parents=True, exist_ok=True)
    (claims / "spent.yml").write_text(CLAIM.format(day=day, than=than))


def _took_in(settings: Settings) -> Pipeline:
    pipeline = Pipeline(settings)
    pipeline.take_in(settings.home.parent / "data")
    return pipeline


def _refuse(*_: object) -> None:
    raise AssertionError("this claim was judged before")


@pytest.mark.parametrize("day", [10, 21])
def test_a_judgement_comes_back_as_it_was_made(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: int
) -> None:
    _write(tmp_path, day, 100)
    bench = Bench(_took_in(settings))
    made = judge(bench.claim("spent").claim, bench)
    assert made.now.verdict is not Verdict.UNKNOWN
    assert bench.claim("spent") == made
    monkeypatch.setattr(benches, "judge", _refuse)
    assert Bench(Pipeline(settings)).claim("spent") == made


def test_another_wording_another_release_and_another_profile_are_judged_anew(
    settings: Settings, tmp_path: Path
) -> None:
    bench = Bench(Pipeline(settings))
    assert bench.claim("spent").now.verdict is Verdict.UNKNOWN
    pipeline = _took_in(settings)
    held = Bench(pipeline).claim("spent")
    assert held == judge(held.claim, Bench(pipeline))
    assert held.now.stated.figures[0].value is not None
    _write(tmp_path, 21, 10**15)
    other = Bench(Pipeline(settings)).claim("spent").now.stated.figures[0]
    assert (other.verdict, other.value) == (Verdict.FAILS, held.now.stated.figures[0].value)
    told = {Bench(Pipeline(replace(settings, profile=name)))._judged.state for name in ("open", "public")}
    assert len(told) == 2
