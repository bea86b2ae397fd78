"""The store keeps bytes once, whole, and as they came."""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tallystick.archive.durable import INCOMING, incoming, leftovers, settle
from tallystick.archive.store import Store
from tallystick.errors import ArchiveError


@given(contents=st.binary(max_size=4096))
@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_comes_out_is_what_went_in(tmp_path: Path, contents: bytes) -> None:
    store = Store(tmp_path / "archive")
    file = tmp_path / "file"
    file.write_bytes(contents)
    stored = store.add(file)
    assert (stored.sha256, stored.size) == (hashlib.sha256(contents).hexdigest(), len(contents))
    with store.open(stored.sha256) as out:
        assert out.read() == contents


def test_text_is_compressed_at_rest_and_a_gzip_file_is_kept_as_it_came(tmp_path: Path) -> None:
    store = Store(tmp_path / "archive")
    text, packed = tmp_path / "rows.csv", tmp_path / "rows.csv.gz"
    text.write_bytes(b"agency,amount\n" * 10_000)
    packed.write_bytes(gzip.compress(b"agency,amount\n" * 10_000))
    assert store.path(store.add(text).sha256).stat().st_size < 2_000
    assert store.path(store.add(packed).sha256).read_bytes() == packed.read_bytes()


PACKED = b"PK\x03\x04" + bytes(range(256)) * 12_000
"""Longer than what is read at once."""


@pytest.mark.parametrize("most", [0, 1, 300_000, None])
def test_a_packed_file_is_kept_byte_for_byte_however_far_the_system_copies_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int | None
) -> None:
    copied: list[int] = []

    def copy_a_piece(source: int, out: int, count: int, source_at: int, out_at: int) -> int:
        if most is not None and len(copied) == 2:
            raise OSError("not between these file systems")
        piece = os.pread(source, min(count, most or count), source_at) if most != 0 else b""
        copied.append(os.pwrite(out, piece, out_at))
        return copied[-1]

    monkeypatch.setattr(os, "copy_file_range", copy_a_piece, raising=False)
    file = tmp_path / "rows.zip"
    file.write_bytes(PACKED)
    store = Store(tmp_path / "archive")
    stored = store.add(file)
    assert (stored.sha256, stored.size) == (hashlib.sha256(PACKED).hexdigest(), len(PACKED))
    assert store.path(stored.sha256).read_bytes() == PACKED
    assert copied


def test_a_packed_file_is_kept_byte_for_byte_by_the_system_itself(tmp_path: Path) -> None:
    file = tmp_path / "rows.zip"
    file.write_bytes(PACKED)
    store = Store(tmp_path / "archive")
    assert store.path(store.add(file).sha256).read_bytes() == PACKED


def test_bytes_are_on_the_disk_before_they_get_their_name_and_new_folders_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    really_fsync, really_link = os.fsync, os.link

    def fsync(handle: int) -> None:
        really_fsync(handle)
        done.append(f"fsync {Path(f'/proc/self/fd/{handle}').readlink().name}")

    def link(source: Path, name: Path) -> None:
        really_link(source, name)
        done.append(f"link {name.name}")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "link", link)
    with incoming(tmp_path) as temporary:
        temporary.write_bytes(b"rows")
        done.clear()
        settle(temporary, tmp_path / "new" / "newer" / "name")
    assert done == [
        "fsync file",
        f"fsync {tmp_path.name}",
        "fsync new",
        "link name",
        "fsync newer",
    ]


def test_a_name_that_is_taken_is_never_written_over(tmp_path: Path) -> None:
    final = tmp_path / "folder" / "name"
    for contents, is_new in [(b"first", True), (b"second", False)]:
        with incoming(tmp_path) as temporary:
            temporary.write_bytes(contents)
            assert settle(temporary, final) is is_new
    assert final.read_bytes() == b"first"


def test_what_a_dead_writer_left_is_cleared_by_the_next_one(tmp_path: Path) -> None:
    left = tmp_path / INCOMING / "left-behind" / "file"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    with incoming(tmp_path) as temporary:
        assert leftovers(tmp_path) == [temporary.parent]


def test_what_a_living_writer_has_open_is_left_alone(tmp_path: Path) -> None:
    with incoming(tmp_path) as one:
        one.write_bytes(b"still being written")
        with incoming(tmp_path) as other:
            assert leftovers(tmp_path) == sorted([one.parent, other.parent])
        assert one.read_bytes() == b"still being written"


def test_damaged_bytes_are_refused_with_their_place(tmp_path: Path) -> None:
    store = Store(tmp_path / "archive")
    file = tmp_path / "rows.csv"
    file.write_bytes(b"agency,amount\n" * 10_000)
    path = store.path(store.add(file).sha256)
    path.write_bytes(b"\x28\xb5\x2f\xfd" + b"\xff" * 100)
    with pytest.raises(ArchiveError) as raised:
        store.sha256_of(path.stem)
    assert raised.value.where == str(path)


def test_bytes_that_are_not_held_are_named_by_their_hash(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="does not hold") as raised, Store(tmp_path).open("ab" * 32):
        pass
    assert "abab" in raised.value.where


def test_a_file_that_is_not_there_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as raised:
        Store(tmp_path / "archive").add(tmp_path / "nothing.csv")
    assert "nothing.csv" in raised.value.where
