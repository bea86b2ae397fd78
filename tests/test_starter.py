"""The starter edition: what the project carries, where it comes from, and that nothing else is in it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from scripts.make_starter import main

from tallystick.catalog import Catalog, read_yaml
from tallystick.errors import RecordError
from tallystick.nouns.starter import Starter
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

STARTER = bundled_records() / "starter"


def test_the_starter_edition_stays_within_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in STARTER.iterdir()) <= 3_000_000


def test_every_file_of_the_starter_edition_is_stated_and_every_statement_has_its_file() -> None:
    stated = [release.file for release in read_yaml(STARTER / "releases.yml", Starter).releases]
    assert sorted([*stated, "releases.yml"]) == sorted(path.name for path in STARTER.iterdir())


def test_the_starter_edition_is_taken_in_with_its_citations(settings: Settings) -> None:
    pipeline = Pipeline(settings)
    intake = pipeline.take_in_starter()
    stated = read_yaml(STARTER / "releases.yml", Starter).releases
    assert not intake.refused
    assert [(r.name, r.provenance.origin, r.provenance.as_of) for r in intake.taken] == [
        (s.file, s.citation, s.captured) for s in stated
    ]
    rows = [pipeline.readings.of(release).files[0]["rows"] for release in intake.taken]
    assert rows == [s.rows for s in stated]


def test_no_cell_of_a_starter_action_is_a_misfit(settings: Settings) -> None:
    pipeline = Pipeline(settings)
    source = pipeline.catalog.source("starter_actions")
    kinds = {
        finding.kind
        for release in pipeline.take_in_starter().taken
        if release.source == source.id
        for finding in pipeline.readings.of(release).findings
    }
    assert not kinds & {"misfit_cell", "unknown_column", "missing_column"}


def test_starter_actions_hold_no_description_of_a_transaction() -> None:
    for path in STARTER.glob("starter_actions_*.csv.gz"):
        header = gzip.decompress(path.read_bytes()).split(b"\n", 1)[0].decode().split(",")
        assert header == list(
            Catalog((bundled_records(),)).source("starter_actions").publishes["starter_actions_published"].columns
        )


def test_a_starter_file_that_was_changed_is_not_taken_in(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "starter"
    own.mkdir()
    for path in STARTER.iterdir():
        (own / path.name).write_bytes(path.read_bytes())
    changed = next(own.glob("*.csv.gz"))
    changed.write_bytes(gzip.compress(b"sub_agency_code\n7012\n"))
    laid_over = Settings(home=settings.home, records=(*settings.records, tmp_path))
    with pytest.raises(RecordError, match="not the one that releases"):
        Pipeline(laid_over).take_in_starter()


@pytest.fixture(scope="module")
def derived(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the starter edition as the script derives it from the real releases."""
    folder = tmp_path_factory.mktemp("derived")
    main(real_data, folder)
    return folder


@pytest.mark.real_data
def test_the_script_derives_the_committed_files_from_the_real_releases(derived: Path) -> None:
    assert sorted(path.name for path in derived.iterdir()) == sorted(path.name for path in STARTER.iterdir())
    for path in sorted(derived.glob("*.csv.gz")):
        # the contents, for another zlib may compress otherwise
        assert gzip.decompress(path.read_bytes()) == gzip.decompress((STARTER / path.name).read_bytes()), path.name


@pytest.mark.real_data
def test_deriving_the_starter_edition_twice_gives_the_same_bytes(
    real_data: Path, derived: Path, tmp_path: Path
) -> None:
    main(real_data, tmp_path)
    assert {path.name: path.read_bytes() for path in derived.iterdir()} == {
        path.name: path.read_bytes() for path in tmp_path.iterdir()
    }
