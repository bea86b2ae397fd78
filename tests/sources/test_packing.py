"""Downloads that pack files of several series into one ZIP, as USAspending's do."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tallystick.archive.ledger import Publication
from tallystick.errors import ReleaseError
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

STAMP = "2025-03-28_H00M00S01"
ZIP = f"PrimeAwardSummariesAndSubawards_{STAMP}.zip"
AWARDS, SUBAWARDS = f"Contracts_PrimeAwardSummaries_{STAMP}_1.csv", f"Contracts_Subawards_{STAMP}_1.csv"
ASSISTANCE, ACTIONS = f"Assistance_PrimeAwardSummaries_{STAMP}_1.csv", f"Contracts_PrimeTransactions_{STAMP}_1.csv"
SAMPLES = bundled_records() / "sources/us"


def sample(source: str, name: str) -> bytes:
    return (SAMPLES / source / "sample" / name).read_bytes()


def sampled_actions() -> bytes:
    (path,) = (SAMPLES / "usaspending_transactions/sample").glob("FY2025*Full*.zip")
    with zipfile.ZipFile(path) as packed:
        return packed.read(packed.namelist()[0])


@pytest.fixture
def contents() -> dict[str, bytes]:
    return {
        AWARDS: sample("usaspending_awards", "Contracts_PrimeAwardSummaries_2025-03-21_H00M00S01_1.csv"),
        SUBAWARDS: sample("usaspending_subawards", "Contracts_Subawards_2025-03-28_H00M00S01_1.csv"),
        ASSISTANCE: b"assistance_award_unique_key,award_id_fain\nASST_NON_1,1\n",
    }


def packed(folder: Path, contents: Mapping[str, bytes], name: str = ZIP) -> Path:
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in contents.items():
            archive.writestr(member, content)
    return folder / name


def added(pipeline: Pipeline, source: str, path: Path) -> Publication:
    return pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))[1]


def left(publication: Publication) -> dict[str, tuple[Severity, str | None]]:
    told = [finding for finding in publication.findings if finding.kind == "member_left"]
    return {finding.evidence[0]["member"]: (finding.severity, finding.evidence[0]["source"]) for finding in told}


def test_a_source_reads_its_own_members_and_names_the_source_of_the_others(
    settings: Settings, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    pipeline = Pipeline(settings)
    made = added(pipeline, "usaspending_awards", packed(tmp_path / "data", contents))
    alone = tmp_path / AWARDS
    alone.write_bytes(contents[AWARDS])
    (file,), (plain,) = made.files, added(pipeline, "usaspending_awards", alone).files
    assert file["rows"] == plain["rows"] > 0
    assert left(made) == {
        SUBAWARDS: (Severity.NOTE, "usaspending_subawards"),
        ASSISTANCE: (Severity.WARNING, None),
    }
    assert [finding.says for finding in made.findings if finding.severity is Severity.SEVERE] == []


def test_taking_in_a_folder_adds_the_zip_to_every_source_it_has_members_for(
    settings: Settings, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    packed(tmp_path / "data", contents)
    intake = Pipeline(settings).take_in(tmp_path / "data")
    assert [release.source for release in intake.taken] == ["usaspending_awards", "usaspending_subawards"]
    assert {release.provenance.published for release in intake.taken} == {date(2025, 3, 28)}
    assert (intake.refused, intake.left_alone) == ((), ())


def test_transactions_of_a_download_amend_by_key_whatever_the_zip_is_called(
    settings: Settings, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    path = packed(tmp_path / "data", {ACTIONS: sampled_actions(), ASSISTANCE: contents[ASSISTANCE]}, "download.zip")
    pipeline = Pipeline(settings)
    (release,) = pipeline.take_in(path.parent).taken
    made = pipeline.readings.of(release)
    assert (release.source, made.files[0]["restates"]) == ("usaspending_transactions", "keys")
    assert release.speaks_for == date(2025, 3, 28)
    assert list(left(made)) == [ASSISTANCE]


def test_a_zip_with_nothing_for_the_source_is_refused_and_says_whose_it_is(
    settings: Settings, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    path = packed(tmp_path / "data", {SUBAWARDS: contents[SUBAWARDS]})
    with pytest.raises(ReleaseError, match="are for usaspending_subawards"):
        added(Pipeline(settings), "usaspending_awards", path)


def test_a_renamed_member_that_no_source_asks_for_is_read_by_the_source_it_was_added_to(
    settings: Settings, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    path = packed(tmp_path / "data", {"saved again.csv": contents[SUBAWARDS]}, "saved.zip")
    assert added(Pipeline(settings), "usaspending_subawards", path).files[0]["rows"] > 0
