"""A bucket that speaks S3: objects that are there whole or not at all, and are put once.

A bucket has no locks. What it does have is all that is used: a put shows whole objects only, and may be made to fail
where an object is there already, or where it is no longer the one that was read (`If-None-Match`, `If-Match`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from tallystick.archive.durable import on_disk
from tallystick.errors import OutOfReach, UsageError
from tallystick.settings import Storage

_IN_PARTS = 64 << 20
"""Objects of more bytes are sent in parts: a cut costs one part, and none of them is held whole in memory."""
_PART = 16 << 20
AT_ONCE = 8
"""So many objects are put or had at a time, where there are many: each waits for the network more than it works."""
_RETRIES = 5
_RETRIED_FOR = timedelta(seconds=60)


class Bucket:
    """The objects below one prefix of a bucket. Threads may share it.

    A server that answers 5xx or asks to slow down, and a connection that breaks, are tried again for a minute.
    Raises `UsageError` where the library is not installed, `OutOfReach` for all that goes wrong at the bucket.
    """

    def __init__(self, storage: Storage) -> None:
        self.address = storage.bucket.rstrip("/")
        bucket, _, prefix = self.address.removeprefix("s3://").partition("/")
        self._library = _library()
        options: dict[str, Any] = {"prefix": prefix or None, "region": storage.region}
        if storage.endpoint:
            options |= {"endpoint": storage.endpoint, "client_options": {"allow_http": True}}
        retry = {
            "max_retries": _RETRIES,
            "retry_timeout": _RETRIED_FOR,
            "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=8), "base": 2},
        }
        self._store = import_module("obstore.store").S3Store(bucket, retry_config=retry, **options)
        self._errors = import_module("obstore.exceptions")

    def put(self, key: str, path: Path) -> None:
        """Put a file whose key is a function of its bytes. Once this returns it is there; what was there stays."""
        with on_disk(path):
            size = path.stat().st_size
        if size <= _IN_PARTS:
            with self._asked(key), on_disk(path):
                self._created(key, path.read_bytes())
        elif self._size(key) != size:
            with self._asked(key):
                self._library.put(self._store, key, path, use_multipart=True, chunk_size=_PART)

    def put_all(self, files: Mapping[str, Path]) -> None:
        """Put files by their keys, several at a time."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self.put, files.keys(), files.values()))

    def get(self, key: str, path: Path) -> bool:
        """Write an object to a file; False where there is none."""
        with self._asked(key), on_disk(path):
            try:
                found = self._library.get(self._store, key)
            except FileNotFoundError:
                return False
            with path.open("wb") as out:
                for chunk in found.stream():
                    out.write(chunk)
        return True

    def read(self, key: str) -> tuple[bytes, str] | None:
        """The bytes of a small object and the tag of just these; None where there is none."""
        with self._asked(key):
            try:
                found = self._library.get(self._store, key)
                return bytes(found.bytes()), str(found.meta["e_tag"])
            except FileNotFoundError:
                return None

    def swap(self, key: str, body: bytes, tag: str | None) -> bool:
        """Put an object in the place of the one of that tag, or where there was none; False where it no longer is."""
        with self._asked(key):
            if tag is None:
                return self._created(key, body)
            try:
                self._library.put(self._store, key, body, mode={"e_tag": tag})
            except self._errors.PreconditionError:
                return False
        return True

    def keys(self, prefix: str) -> frozenset[str]:
        """The keys of all objects below a prefix."""
        with self._asked(prefix):
            return frozenset(one["path"] for page in self._library.list(self._store, prefix) for one in page)

    def _created(self, key: str, body: bytes) -> bool:
        try:
            self._library.put(self._store, key, body, mode="create")
        except self._errors.AlreadyExistsError:
            return False
        return True

    def _size(self, key: str) -> int | None:
        with self._asked(key):
            try:
                return int(self._library.head(self._store, key)["size"])
            except FileNotFoundError:
                return None

    @contextmanager
    def _asked(self, key: str) -> Iterator[None]:
        try:
            yield
        except (self._errors.BaseError, PermissionError, TimeoutError, ConnectionError) as error:
            raise OutOfReach(
                f"the bucket did not do what was asked: {_reason(error)}",
                where=f"{self.address}/{key}",
                next_step="see that it can be reached, that TALLYSTICK_STORE and its endpoint are right and the keys "
                "may read and write, then do it again; what was in force stays in force",
            ) from error


def bucket_of(storage: Storage) -> Bucket | None:
    """The bucket that the settings name, if they name one."""
    return Bucket(storage) if storage.bucket else None


def _reason(error: BaseException) -> str:
    """The first sentence of what the library says: what follows is its own state."""
    return (str(error).splitlines() or [type(error).__name__])[0][:300]


def _library() -> Any:
    try:
        return import_module("obstore")
    except ImportError as error:
        raise UsageError(
            "TALLYSTICK_STORE names a bucket, and the library that reaches it is not installed",
            next_step="install tallystick[s3]",
        ) from error
