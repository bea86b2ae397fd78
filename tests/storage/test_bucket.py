"""A bucket of a real S3-compatible server: whole objects, put once, exchanged by one writer; faults on the way."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.archive import bucket as module
from tallystick.archive.bucket import Bucket
from tallystick.archive.store import Store
from tallystick.errors import ArchiveError, OutOfReach, UsageError
from tallystick.settings import Storage, from_environment
from tests.storage.server import faulty


@pytest.fixture
def bucket(storage: Storage) -> Bucket:
    return Bucket(storage)


def written(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


def test_what_is_put_comes_back_and_stays(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put("a/one", written(tmp_path / "in", b"first"))
    bucket.put("a/one", written(tmp_path / "in", b"second"))
    assert bucket.get("a/one", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"first"
    assert not bucket.get("a/two", tmp_path / "out")
    assert bucket.keys("a/") == {"a/one"}
    assert bucket.keys("b/") == frozenset()


def test_a_large_file_goes_in_parts(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_IN_PARTS", 6 << 20)
    monkeypatch.setattr(module, "_PART", 5 << 20)
    body = os.urandom(11 << 20)
    bucket.put("large", written(tmp_path / "in", body))
    assert bucket.get("large", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == body


def test_of_writers_that_exchange_one_object_at_once_one_does(bucket: Bucket) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda n: bucket.swap("now", b"%d" % n, None), range(8))) == 1
        found = bucket.read("now")
        assert found is not None
        assert sum(pool.map(lambda n: bucket.swap("now", b"1%d" % n, found[1]), range(8))) == 1
    after = bucket.read("now")
    assert after is not None
    assert after[0][:1] == b"1"
    assert len(after[0]) == 2


def test_a_server_that_asks_to_slow_down_is_asked_again(storage: Storage, s3: int, tmp_path: Path) -> None:
    left = iter(["slow down", "slow down", "cut"])
    with faulty(s3, lambda method, _: next(left, None) if method == "PUT" else None) as way:
        Bucket(replace(storage, endpoint=way)).put("one", written(tmp_path / "in", b"x" * 300_000))
    assert next(left, None) is None
    assert Bucket(storage).get("one", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"x" * 300_000


@pytest.mark.parametrize("wrong", ["refuse", "slow down", "cut"])
def test_a_put_that_does_not_arrive_leaves_nothing(
    storage: Storage, s3: int, tmp_path: Path, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RETRIES", 1)
    with faulty(s3, lambda method, _: wrong if method == "PUT" else None) as way:
        with pytest.raises(OutOfReach) as told:
            Bucket(replace(storage, endpoint=way)).put("one", written(tmp_path / "in", b"x" * 300_000))
        assert told.value.where == f"{storage.bucket}/one"
    assert Bucket(storage).keys("") == frozenset()


def test_parts_that_are_cut_leave_nothing(
    storage: Storage, s3: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_RETRIES", 1), ("_IN_PARTS", 6 << 20), ("_PART", 5 << 20)):
        monkeypatch.setattr(module, name, value)
    lock, seen = threading.Lock(), list[str]()

    def second_part(method: str, path: str) -> str | None:
        with lock:
            if method == "PUT" and "partNumber" in path:
                seen.append(path)
                return "cut" if "partNumber=2" in path else None
        return None

    with faulty(s3, second_part) as way, pytest.raises(OutOfReach):
        Bucket(replace(storage, endpoint=way)).put("large", written(tmp_path / "in", os.urandom(11 << 20)))
    assert len(seen) > 1
    assert Bucket(storage).keys("") == frozenset()
    Bucket(storage).put("large", tmp_path / "in")
    assert Bucket(storage).get("large", tmp_path / "out")


def test_wrong_keys_are_said_without_them(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another-secret")
    with pytest.raises(OutOfReach, match="privileges") as told:
        Bucket(storage).read("one")
    assert "another-secret" not in str(told.value)


def test_an_archive_that_lost_its_folder_has_it_again(bucket: Bucket, tmp_path: Path) -> None:
    text, packed = (
        written(tmp_path / "a.csv", b"day,usd\n" * 9_000),
        written(tmp_path / "b.zip", b"PK\x03\x04" + b"z" * 99),
    )
    stored = [Store(tmp_path / "here", bucket).add(path) for path in (text, packed)]
    there = Store(tmp_path / "there", bucket)
    for path, its in zip((text, packed), stored, strict=True):
        with there.open(its.sha256) as file:
            assert file.read() == path.read_bytes()
        assert there.sha256_of(its.sha256) == its.sha256
    assert bucket.keys("archive/") == {
        f"archive/{one.sha256[:2]}/{one.sha256}{end}" for one, end in zip(stored, (".zst", ""), strict=True)
    }
    with pytest.raises(ArchiveError, match="does not hold"):
        there.path("ab" * 32)


def test_an_archived_object_that_was_exchanged_is_not_believed(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put(f"archive/ab/{'ab' * 32}", written(tmp_path / "in", b"something else"))
    store = Store(tmp_path / "here", bucket)
    with pytest.raises(ArchiveError, match="damaged"):
        store.path("ab" * 32)
    assert store.sha256_of("ab" * 32) != "ab" * 32


def test_a_library_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(UsageError) as told:
        Bucket(Storage("", "s3://any"))
    assert told.value.next_step == "install tallystick[s3]"


@pytest.mark.parametrize(
    "wrong",
    [
        {"TALLYSTICK_STORE": "gs://any"},
        {"TALLYSTICK_STORE": "s3://"},
        {"TALLYSTICK_STORE_ENDPOINT": "storage:9000"},
        {"TALLYSTICK_LEDGER": "mysql://host/database"},
    ],
)
def test_a_setting_that_names_no_such_place_is_refused(wrong: dict[str, str]) -> None:
    (name,) = wrong
    with pytest.raises(UsageError, match=name):
        from_environment(wrong)
