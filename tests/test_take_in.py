"""Taking in a folder: every file goes to the source that asks for it, or is left alone and listed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.errors import RecordError, ReleaseError
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings

CODES = "naics_code,naics_description\n332994,Small Arms Manufacturing\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data" / "deep"
    made.mkdir(parents=True)
    (made / "naics.csv").write_text(CODES)
    (made / "notes.txt").write_text("nothing of a publisher's")
    return made.parent


def test_each_file_goes_to_the_source_that_asks_for_it_and_the_rest_is_listed(
    settings: Settings, folder: Path
) -> None:
    told: list[tuple[str, int, int]] = []
    intake = Pipeline(settings).take_in(folder, lambda *progress: told.append(progress))
    assert [(release.source, release.name) for release in intake.taken] == [("naics_codes", "naics.csv")]
    assert [path.name for path in intake.left_alone] == ["notes.txt"]
    assert not intake.refused
    assert told == [("naics.csv", 0, 1), ("", 1, 1)]


def test_taking_in_the_same_folder_again_changes_nothing(settings: Settings, folder: Path) -> None:
    first, second = Pipeline(settings).take_in(folder), Pipeline(settings).take_in(folder)
    assert first == second
    assert len(list(Pipeline(settings).ledger.releases())) == 1


def test_a_file_that_is_no_release_is_refused_and_the_others_go_on(settings: Settings, folder: Path) -> None:
    name = "CBP_ICE_FY2026_asof_20260213_abc.csv.gz"
    (folder / name).write_bytes(b"\x1f\x8b\x08\x00 cut short")
    intake = Pipeline(settings).take_in(folder)
    assert [release.name for release in intake.taken] == ["naics.csv"]
    assert [refused.name for refused in intake.refused] == [name]


def test_two_sources_that_ask_for_one_file_are_an_error_that_names_both(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    twin = own / "sources" / "us" / "twin_codes"
    twin.mkdir(parents=True)
    theirs = settings.records[0] / "sources" / "us" / "naics_codes" / "source.yml"
    (twin / "source.yml").write_text(theirs.read_text().replace("naics_codes_published", "twin_codes_published"))
    both = Settings(home=settings.home, records=(*settings.records, own), threads=1)
    with pytest.raises(RecordError, match=r"naics_codes and twin_codes both ask for the file naics.csv"):
        Pipeline(both).take_in(folder)
    assert not list(Pipeline(both).ledger.releases())


def test_a_folder_that_is_not_there_is_said_to_be_so(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no such folder"):
        Pipeline(settings).take_in(tmp_path / "nowhere")


def test_records_without_a_starter_edition_say_so(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "records"
    shutil.copytree(settings.records[0] / "sources", own / "sources")
    with pytest.raises(RecordError, match="carry no starter edition"):
        Pipeline(Settings(home=settings.home, records=(own,))).take_in_starter()


TAKE_IN = """
import sys
from pathlib import Path
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
settings = Settings(Path(sys.argv[1]), (bundled_records(),), threads=1)
intake = Pipeline(settings).take_in(Path(sys.argv[2]))
print(len(intake.taken), len(intake.refused))
"""


def test_processes_that_take_in_one_folder_at_once_all_succeed_and_record_each_file_once(
    settings: Settings, folder: Path
) -> None:
    for number in range(5):
        (folder / str(number)).mkdir()
        (folder / str(number) / "naics.csv").write_text(CODES + f"11111{number},Made Up Industry {number}\n")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE_IN, str(settings.home), str(folder)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [process.communicate()[0] for process in running] == ["6 0\n"] * 3
    releases = list(Pipeline(settings).ledger.releases())
    assert len({release.id for release in releases}) == len(releases) == 6
    assert all(Pipeline(settings).readings.of(release).files[0]["rows"] for release in releases)


def test_a_take_in_that_was_broken_off_is_finished_by_the_next(settings: Settings, folder: Path) -> None:
    for number in range(3):
        (folder / str(number)).mkdir()
        (folder / str(number) / "naics.csv").write_text(CODES + f"11111{number},Made Up Industry {number}\n")

    def killed(_name: str, done: int, _of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Pipeline(settings).take_in(folder, killed)
    assert len(list(Pipeline(settings).ledger.releases())) == 2
    assert len(Pipeline(settings).take_in(folder).taken) == 4
    assert len(list(Pipeline(settings).ledger.releases())) == 4
