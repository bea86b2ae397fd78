"""Reading in processes of their own gives what reading here gives, and a process that dies costs nothing."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.archive.ledger import Publication
from tallystick.errors import ReleaseError
from tallystick.nouns.release import Provenance, Release
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tallystick.sources.ahead import FEWEST, Ahead

HEADER = "naics_code,naics_description\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lists of codes: ten good ones, one that is a web page and one with an unknown column."""
    made = tmp_path / "data"
    for number in range(FEWEST + 2):
        (made / f"{number:02}").mkdir(parents=True)
        (made / f"{number:02}" / "naics.csv").write_text(HEADER + f"11111{number % 10},Industry {number}\n")
    for name, text in {"90": "<html><body>not found</body></html>", "91": "naics_code,colour\n111111,red\n"}.items():
        (made / name).mkdir()
        (made / name / "naics.csv").write_text(text)
    return made


def parallel(settings: Settings, home: Path) -> Pipeline:
    return Pipeline(replace(settings, home=home, threads=2))


def told(pipeline: Pipeline) -> list[Publication]:
    return list(pipeline.ledger.publications())


def files(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in (home / "published").rglob("*.parquet")}


def test_processes_give_the_same_bytes_findings_and_refusals_in_the_same_order(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    alone, together = Pipeline(settings), parallel(settings, tmp_path / "together")
    one, other = alone.take_in(folder), together.take_in(folder)
    assert [release.id for release in one.taken] == [release.id for release in other.taken]
    assert [str(refused.why) for refused in one.refused] == [str(refused.why) for refused in other.refused]
    assert "web page" in str(other.refused[0].why)
    assert told(alone) == told(together)
    assert files(settings.home) == files(tmp_path / "together")


def test_what_was_read_before_is_not_read_again(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = parallel(settings, tmp_path / "home").take_in(folder)
    asked: list[Release] = []
    monkeypatch.setattr(Ahead, "ask", lambda _, releases: asked.extend(releases))
    again = parallel(settings, tmp_path / "home").take_in(folder)
    assert [release.id for release in again.taken] == [release.id for release in first.taken]
    assert [release.name for release in asked] == ["naics.csv"]  # the page, which cannot be read


@pytest.mark.parametrize("command", ["import sys; sys.exit(1)", "print('no answer', flush=True); input()", "1/0"])
def test_readers_that_die_or_babble_are_done_without(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    started = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda asked, **given: started([asked[0], "-c", command], **given))
    intake = parallel(settings, tmp_path / "home").take_in(folder)
    assert (len(intake.taken), len(intake.refused)) == (FEWEST + 3, 1)


def test_readers_end_with_whoever_asked(settings: Settings, folder: Path, tmp_path: Path) -> None:
    together = parallel(settings, tmp_path / "home")
    running: list[subprocess.Popen[str]] = []
    with Ahead(together.settings, together.catalog) as readers:
        source = together.catalog.source("naics_codes")
        releases = [together.add(source, path, _stated(path))[0] for path in sorted(folder.rglob("*.csv"))[:FEWEST]]
        readers.ask(releases)
        assert readers.made(releases[0]) is not None
        running += readers._running
        assert running
    assert all(process.poll() is not None for process in running)


def test_a_release_that_cannot_be_read_is_said_to_be_so_by_the_process_that_asked(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    together = parallel(settings, tmp_path / "home")
    with pytest.raises(ReleaseError, match="web page"):
        together.add(together.catalog.source("naics_codes"), folder / "90" / "naics.csv", _stated(folder / "90.csv"))


def _stated(path: Path) -> Provenance:
    return Provenance("naics_codes", path.name)
