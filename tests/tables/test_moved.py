"""A home that was moved answers as before: its Editions are made again where it lies now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.views.conftest import written_small


def test_a_moved_home_answers_of_the_same_edition_and_of_one_made_from_it(settings: Settings, tmp_path: Path) -> None:
    Pipeline(settings).take_in(written_small(tmp_path / "data"))
    first = Bench(Pipeline(settings))
    built, edition = first.built(), first.edition.id
    told = first.ask(Question("obligations", {"agency": "ICE"})).value
    first.close()
    moved = replace(settings, home=settings.home.rename(tmp_path / "moved"))
    (moved.home / "answers.sqlite").unlink()
    bench = Bench(Pipeline(moved))
    assert bench.edition.id == edition
    assert bench.ask(Question("obligations", {"agency": "ICE"})).value == told
    assert bench.built().name == built.name
    (tmp_path / "naics.csv").write_text("naics_code,naics_description\n332994,Arms\n")
    line = Pipeline(moved)
    line.add(line.catalog.source("naics_codes"), tmp_path / "naics.csv", Provenance("naics_codes", "other.csv"))
    after = Bench(Pipeline(moved))
    assert after.edition.id != edition
    assert after.ask(Question("obligations", {"agency": "ICE"})).value == told
