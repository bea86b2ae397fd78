"""Verify finds what the disk or a hand changed, and what is missing; what can be made again is made again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.errors import ReleaseError
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.pipeline import Pipeline
from tests.archive.adding import CATALOG, SOURCE, pipeline

HEADER = (
    "Agency,Award ID,Recipient Name,Federal Action Obligation,Action Date,Modification,"
    "Product/Service Description,NAICS Description,Transaction Description\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "CBP_ICE_FY2025_asof_20260213_a.csv"
    rows = [f"ICE,70X{n:04},FIRM {n},{n}.25,2025-03-01,0,GUNS,ARMS,TEXT {n}\n" for n in range(1, 151)]
    path.write_text(HEADER + "".join(rows))
    return path


@pytest.fixture
def line(tmp_path: Path) -> Pipeline:
    return pipeline(tmp_path / "home")


def add(line: Pipeline, file: Path, name: str | None = None) -> Release:
    return line.add(CATALOG.source(SOURCE), file, Provenance(SOURCE, name or file.name))[0]


def published(line: Pipeline, release: Release) -> Path:
    (file,) = line.readings.of(release).files
    return Path(line.settings.home, "published", file["table"], file["file"])


def test_what_nobody_touched_is_whole_and_every_file_is_looked_at(line: Pipeline, file: Path) -> None:
    release = add(line, file)
    seen: list[tuple[str, int, int]] = []
    assert list(line.verify(lambda *told: seen.append(told))) == []
    assert seen == [(file.name, 0, 2), (published(line, release).name, 1, 2)]


def test_archived_bytes_that_changed_are_found(line: Pipeline, file: Path) -> None:
    release = add(line, file)
    path = line.store.path(release.sha256)
    other = file.with_name("other.csv")
    other.write_text("other bytes")
    path.write_bytes(line.store.path(line.store.add(other).sha256).read_bytes())
    (finding,) = line.verify()
    assert (finding.kind, finding.release, finding.severity) == ("archive_damaged", release.id, Severity.SEVERE)
    assert release.sha256 in finding.says


def test_one_flipped_bit_of_a_published_file_is_found(line: Pipeline, file: Path) -> None:
    path = published(line, add(line, file))
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 20)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert [finding.kind for finding in line.verify()] == ["published_damaged"]


def test_one_flipped_bit_of_an_archived_file_is_found_unless_the_bytes_come_out_unharmed(
    line: Pipeline, file: Path
) -> None:
    release = add(line, file)
    path = line.store.path(release.sha256)
    whole, found = path.read_bytes(), 0
    places = range(0, len(whole), max(1, len(whole) // 40))
    for place in places:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        findings = list(line.verify())
        found += len(findings)
        # A few bits of a compressed frame say nothing about its contents.
        assert findings or line.store.sha256_of(release.sha256) == release.sha256
    assert found > len(places) * 0.8


def test_archived_bytes_that_are_gone_are_found_and_come_back_when_added_again(line: Pipeline, file: Path) -> None:
    release = add(line, file)
    line.store.path(release.sha256).unlink()
    assert [finding.kind for finding in line.verify()] == ["archive_missing_or_unreadable"]
    assert add(line, file) == release
    assert list(line.verify()) == []


def test_a_published_file_that_is_gone_is_found_and_the_next_build_reads_it_again(line: Pipeline, file: Path) -> None:
    release = add(line, file)
    path = published(line, release)
    whole = path.read_bytes()
    path.unlink()
    assert [finding.kind for finding in line.verify()] == ["published_missing"]
    line.edition()
    assert path.read_bytes() == whole
    assert list(line.verify()) == []


def test_a_published_file_that_changed_is_found(line: Pipeline, file: Path) -> None:
    path = published(line, add(line, file))
    path.write_bytes(path.read_bytes() + b" ")
    assert [finding.kind for finding in line.verify()] == ["published_damaged"]


def test_the_same_bytes_under_a_new_day_are_a_release_with_a_warning_that_names_the_first(
    line: Pipeline, file: Path
) -> None:
    first = add(line, file)
    again = add(line, file, "CBP_ICE_FY2025_asof_20260310_a.csv")
    assert first.id != again.id
    assert first.sha256 == again.sha256
    assert not [finding for finding in line.readings.of(first).findings if finding.kind == "same_bytes"]
    (finding,) = [finding for finding in line.readings.of(again).findings if finding.kind == "same_bytes"]
    assert (finding.severity, finding.count) == (Severity.WARNING, 1)
    assert first.id in finding.says


def test_the_same_bytes_under_another_name_of_the_same_day_are_only_noted(line: Pipeline, file: Path) -> None:
    first = add(line, file)
    add(line, file, "CBP_ICE_FY2025_asof_20260213_b.csv")
    renamed = [release for release in line.ledger.releases() if release.id != first.id]
    (finding,) = [f for release in renamed for f in line.readings.of(release).findings if f.kind == "same_bytes"]
    assert finding.severity is Severity.NOTE


def test_the_same_file_again_is_the_same_release_without_a_finding(line: Pipeline, file: Path) -> None:
    first = add(line, file)
    assert add(line, file) == replace(first)
    assert not [finding for finding in line.readings.of(first).findings if finding.kind == "same_bytes"]


def test_a_file_that_is_not_there_leaves_nothing_behind(line: Pipeline, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError):
        add(line, tmp_path / "nothing.csv")
    assert list(line.ledger.releases()) == []
