"""What lies packed in a ZIP is read as it is unpacked, and is held to the same as what lies plain."""

from __future__ import annotations

import threading
import zipfile
from pathlib import Path

import pytest

from tallystick.errors import ReleaseError, TallystickError
from tallystick.nouns.member import Member
from tallystick.sources.flowing import flowing, opened
from tests.sources.readings import ROW, Line, lines
from tests.sources.test_archives import zipped

MANY = lines(*[ROW.replace("k1", f"k{number}") for number in range(60_000)]).encode()  # more than a pipe holds


def damaged(content: bytes) -> bytes:
    """A ZIP of the content whose checksum is wrong."""
    packed = bytearray(zipped(("payments.csv", content)))
    packed[packed.rindex(b"PK\x01\x02") + 16] ^= 0xFF
    return bytes(packed)


@pytest.mark.parametrize("content", [
    MANY,
    lines(ROW, ROW.replace("10.50", "ten"), "k2,070,2025-01-02", ROW + ",more").encode(),
    lines(ROW, ROW.replace("ACME", "ACM\xc9")).encode("latin-1"),
    "\ufeff".encode() + lines(ROW).encode().replace(b"\n", b"\r\n"),
])  # fmt: skip
def test_a_packed_file_gives_the_rows_and_findings_of_the_plain_one(tmp_path: Path, content: bytes) -> None:
    told = []
    for name, given in (("payments.csv", content), ("payments.zip", zipped(("payments.csv", content)))):
        line = Line(tmp_path / name)
        published = line.add(given, name)
        found = [(f.kind, f.count, f.evidence) for f in published.findings]
        told.append((line.rows(published, "* EXCLUDE (release_id)"), found))
    assert told[0] == told[1]


@pytest.mark.parametrize("content", [MANY, b"<what,is,this\n" + MANY, MANY + b'k,"' + b"x" * 100 + b"\n" * 70_000])
def test_damage_is_told_before_anything_that_the_bytes_say(tmp_path: Path, content: bytes) -> None:
    line, threads = Line(tmp_path), threading.active_count()
    with pytest.raises(ReleaseError, match="checksum is wrong") as failure:
        line.add(damaged(content), "payments.zip")
    assert failure.value.where == "payments.zip, member payments.csv"
    assert not list((line.settings.home / "published").rglob("*.parquet"))
    assert threading.active_count() == threads


def test_a_nul_byte_is_found_wherever_it_stands_in_a_packed_file(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="NUL byte") as failure:
        Line(tmp_path).add(zipped(("payments.csv", MANY + b"\0")), "payments.zip")
    assert failure.value.where == f"payments.csv, byte {len(MANY)}"


def test_who_stops_reading_is_not_waited_for(tmp_path: Path) -> None:
    member = Member("a.csv", tmp_path / "a.csv", lambda: iter([MANY]))
    with pytest.raises(KeyboardInterrupt), flowing([member]):
        raise KeyboardInterrupt
    with pytest.raises(TallystickError, match="refused"), flowing([member]):
        raise TallystickError("the engine refused")
    assert not list(tmp_path.iterdir())


def test_what_was_read_in_part_only_is_an_error(tmp_path: Path) -> None:
    member = Member("a.csv", tmp_path / "a.csv", lambda: iter([MANY]))
    with pytest.raises(OSError, match="Broken pipe"), flowing([member]), member.path.open("rb") as file:
        file.read(10)


def test_a_member_can_be_opened_again_and_again(tmp_path: Path) -> None:
    packed = Member("a.csv", tmp_path / "a.csv", lambda: iter([MANY[:7], MANY[7:]]))
    for _ in range(2):
        with opened(packed) as file:
            assert file.read() == MANY
        with flowing([packed]):
            assert packed.path.read_bytes() == MANY


def test_split_files_are_unpacked_side_by_side(tmp_path: Path) -> None:
    line = Line(tmp_path)
    with zipfile.ZipFile(tmp_path / "payments.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(1, 6):
            archive.writestr(f"payments_{part}.csv", MANY)
    published = line.add((tmp_path / "payments.zip").read_bytes(), "payments.zip")
    assert len(line.rows(published, "member, source_row")) == 5 * 60_000
