"""Archives are unpacked without trust."""

from __future__ import annotations

import gzip
import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.errors import ReleaseError
from tallystick.sources.archives import Caps, gunzip, unzip
from tests.sources.readings import ROW, Line, lines

TEXT = lines(*[ROW.replace("k1", f"k{number}") for number in range(2000)]).encode()


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of the double names that are made here on purpose
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, content in members:
                archive.writestr(name, content)
    return out.getvalue()


def unpacked(content: bytes, folder: Path, caps: Caps | None = None) -> dict[str, bytes]:
    caps = caps or Caps(free=0)
    found = unzip(io.BytesIO(content), "a.zip", folder, caps, lambda _name: lambda _chunk: None)
    return {member.name: member.path.read_bytes() for member in found}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_split_files_are_read_as_one_release(tmp_path: Path, method: int) -> None:
    line = Line(tmp_path)
    first, second = lines(ROW).encode(), lines(ROW.replace("k1", "k2")).encode()
    published = line.add(zipped(("payments_1.csv", first), ("payments_2.csv", second), method=method), "payments.zip")
    assert line.rows(published, "member, source_row, payment_key") == [
        ("payments_1.csv", 1, "k1"), ("payments_2.csv", 1, "k2"),
    ]  # fmt: skip


@pytest.mark.parametrize(("members", "says"), [
    ([("a_1.csv", TEXT), ("a_3.csv", TEXT)], "lacks part(s) of a split file: a_2"),
    ([("a_2.csv", TEXT)], "lacks part(s) of a split file: a_1"),
    ([("../a.csv", TEXT)], "leads out of the archive"),
    ([("/etc/a.csv", TEXT)], "leads out of the archive"),
    ([("..\\a.csv", TEXT)], "leads out of the archive"),
    ([("a.csv", TEXT), ("a.csv", TEXT)], "2 members of one name"),
    ([("a.zip", zipped(("a.csv", TEXT)))], "an archive lies in the archive"),
    ([], "holds no file"),
    ([("a.csv", b"0" * (20 << 20))], "would unpack to"),
])  # fmt: skip
def test_a_dangerous_or_incomplete_archive_is_refused(
    tmp_path: Path, members: list[tuple[str, bytes]], says: str
) -> None:
    with pytest.raises(ReleaseError) as failure:
        unpacked(zipped(*members), tmp_path)
    assert says in failure.value.what
    assert failure.value.where.startswith("a.zip")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_archive_larger_than_may_be_unpacked_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="more than may be unpacked"):
        unpacked(zipped(("a.csv", TEXT)), tmp_path, Caps(total=1000, free=0))


def test_an_archive_that_would_fill_the_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="the disk has room for"):
        unpacked(zipped(("a.csv", TEXT)), tmp_path, Caps(free=1 << 60))


def test_a_member_that_lies_about_its_size_stops_where_it_lies(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.csv", TEXT)))
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 100)
    with pytest.raises(ReleaseError, match="more than the 100 bytes it states"):
        unpacked(bytes(content), tmp_path)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.csv", TEXT)))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ReleaseError, match="encrypted"):
        unpacked(bytes(content), tmp_path)


def test_a_wrong_checksum_is_found(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.csv", TEXT)))
    content[content.rindex(b"PK\x01\x02") + 16] ^= 0xFF
    with pytest.raises(ReleaseError, match="checksum is wrong"):
        unpacked(bytes(content), tmp_path)


@pytest.mark.parametrize(
    "content", [zipped(("a.csv", TEXT))[:-40], b"<html>503</html>".ljust(453), b"PK\x03\x04" * 9]
)
def test_what_is_no_whole_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ReleaseError, match="not a whole ZIP"):
        unpacked(content, tmp_path)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_gives_other_bytes_or_another_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = zipped(("a_1.csv", TEXT), ("a_2.csv", TEXT[:500]))
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = unpacked(bytes(content), tmp_path_factory.mktemp("damaged"))
    except ReleaseError:
        return
    assert list(found.values()) == [TEXT, TEXT[:500]]


def test_a_damaged_or_huge_gzip_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(TEXT)
    for content, caps, says in [
        (packed[:-20], Caps(free=0), "damaged"),
        (packed[:30] + b"\0\0\0\0" + packed[34:], Caps(free=0), "damaged"),
        (packed, Caps(total=1000, free=0), "unpacks to more than"),
    ]:
        with pytest.raises(ReleaseError, match=says):
            gunzip(io.BytesIO(content), "a.csv.gz", tmp_path / "a.csv", caps, lambda _chunk: None)
    gunzip(io.BytesIO(packed), "a.csv.gz", tmp_path / "a.csv", Caps(free=0), lambda _chunk: None)
    assert (tmp_path / "a.csv").read_bytes() == TEXT
