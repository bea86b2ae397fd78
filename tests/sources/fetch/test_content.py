"""What comes is judged before it is archived."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import FetchError
from tallystick.nouns.refresh import PlainFiles
from tallystick.sources.fetch.content import check
from tests.sources.fetch.publisher import zipped

ANY = PlainFiles(hosts=[], files=[])
ROWS = b"a,b\n" + b"1,2\n" * 200


def judged(tmp_path: Path, body: bytes, name: str, interface: PlainFiles = ANY) -> None:
    path = tmp_path / "came"
    path.write_bytes(body)
    check(path, name, interface)


def test_a_whole_zip_of_split_files_is_taken(tmp_path: Path) -> None:
    judged(tmp_path, zipped({"FY2026_070_1.csv": ROWS, "FY2026_070_2.csv": ROWS}), "FY2026.zip")


@pytest.mark.parametrize(
    ("body", "name", "why"),
    [
        (b"\n<!DOCTYPE html><title>503 Service Unavailable</title>", "codes.csv", "it is a page, not the file"),
        (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "FY2026.zip", "it is a page"),
        (b'{"detail": "try later"}', "codes.csv", "its first line is not a header"),
        (b"just words", "codes.csv", "its first line is not a header"),
        (b"{", "notices.json", "it is not JSON"),
        (b"plain", "rows.csv.gz", "it is not a gzip file"),
        (zipped({"a_1.csv": ROWS})[:-40], "FY2026.zip", "no whole ZIP file"),
        (zipped({}), "FY2026.zip", "the ZIP file is empty"),
        (zipped({"a_1.csv": ROWS, "a_3.csv": ROWS}), "FY2026.zip", "a part of it is missing: a_2.csv"),
        (zipped({"a_2.csv": ROWS}), "FY2026.zip", "a part of it is missing: a_1.csv"),
        (zipped({"a_1.csv": b""}), "FY2026.zip", "'a_1.csv' is empty"),
        (zipped({"../../etc/cron.d/x": ROWS}), "FY2026.zip", "unpacked outside its folder"),
        (zipped({"/etc/passwd": ROWS}), "FY2026.zip", "unpacked outside its folder"),
        (zipped({"..\\x.csv": ROWS}), "FY2026.zip", "unpacked outside its folder"),
        (zipped({"a_1.csv": b"0" * 20_000_000}), "FY2026.zip", "more than 200 times"),
    ],
)
def test_what_is_not_the_file_is_refused_with_the_reason(tmp_path: Path, body: bytes, name: str, why: str) -> None:
    with pytest.raises(FetchError, match=why):
        judged(tmp_path, body, name)


def test_an_archive_of_453_bytes_is_refused(tmp_path: Path) -> None:
    archive = PlainFiles(hosts=[], files=[], min_bytes=10_000)
    hollow = zipped({"FY2026_070_Contracts_Full_20260806_1.csv": b"a,b\n"})
    with pytest.raises(FetchError, match="it has 453 bytes; the smallest that it could have is 10000"):
        judged(tmp_path, hollow.ljust(453, b"\0"), "FY2026_070_Contracts_Full_20260806.zip", archive)


def test_a_damaged_byte_inside_a_zip_is_found(tmp_path: Path) -> None:
    body = bytearray(zipped({"a_1.csv": ROWS}))
    body[45] ^= 0xFF
    with pytest.raises(FetchError, match="no whole ZIP file"):
        judged(tmp_path, bytes(body), "FY2026.zip")


def test_a_member_that_unpacks_to_more_than_it_says_is_refused(tmp_path: Path) -> None:
    body = bytearray(zipped({"a_1.csv": b"0" * 100_000}))
    entry = body.rindex(b"PK\x01\x02")
    body[entry + 24 : entry + 28] = struct.pack("<I", 50)
    with pytest.raises(FetchError, match="was refused"):
        judged(tmp_path, bytes(body), "FY2026.zip")


@given(st.binary(max_size=400))
def test_no_bytes_break_the_judge(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "came"
    path.write_bytes(b"PK\x03\x04" + body)
    with pytest.raises(FetchError):
        check(path, "any.zip", ANY)
    assert not zipfile.is_zipfile(path)
