"""The published files: in a folder, or in a bucket with the folder as its cache.

In a bucket a file is kept under the sha256 of its bytes, so that a cached one can never be stale, two writers cannot
put different files in one place, and a machine that has lost its folder has it again. Engines read the folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.archive.bucket import AT_ONCE, Bucket
from tallystick.archive.durable import incoming, settle
from tallystick.errors import ArchiveError

File = Mapping[str, Any]
"""What the ledger says of a published file: its `table`, its name as `file`, its `sha256`."""


@dataclass(frozen=True)
class Shelf:
    """The published files of one home."""

    root: Path
    bucket: Bucket | None = None

    def path(self, file: File) -> Path:
        return self.root / str(file["table"]) / str(file["file"])

    def keep(self, files: Iterable[File]) -> None:
        """Put files that were just written where others find them. Raises `OutOfReach`."""
        if self.bucket is not None:
            for file in files:
                self.bucket.put(key(file), self.path(file))

    def keep_all(self, files: Iterable[File]) -> None:
        """Have the bucket hold what the folder does of these: a look at what it holds, and what it lacks."""
        if self.bucket is not None:
            there = self.bucket.keys("published/")
            lacking = {key(file): self.path(file) for file in files if key(file) not in there}
            self.bucket.put_all({its: path for its, path in lacking.items() if path.exists()})

    def keep_beside(self, path: Path) -> str:
        """Put a file that was derived beside the manifests; its key, which tells what is in it."""
        name = f"editions/without/{hashed(path)}.parquet"
        if self.bucket is not None:
            self.bucket.put(name, path)
        return name

    def has(self, files: Iterable[File]) -> bool:
        """Whether each lies in the folder; one that the bucket has is brought. Raises `OutOfReach`."""
        absent = [file for file in files if not self.path(file).exists()]
        return not absent or (self.bucket is not None and all(map(self._brought, absent)))

    def bring(self, files: Iterable[File]) -> None:
        """Have the folder hold all that the bucket has of these, several at a time. Raises `OutOfReach`."""
        if self.bucket is None:
            return
        absent = [file for file in files if not self.path(file).exists()]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._brought, absent))

    def replace(self, files: Iterable[File]) -> None:
        """Have the folder hold these and no others under their names: another machine's reading stands, not ours."""
        for file in files:
            self.path(file).unlink(missing_ok=True)
        self.bring(files)

    def sha256_of(self, file: File) -> str | None:
        """Hash anew what is kept, in the bucket where there is one; None where there is no such file."""
        if self.bucket is None:
            return hashed(self.path(file)) if self.path(file).exists() else None
        with incoming(self.root) as temporary:
            return hashed(temporary) if self.bucket.get(key(file), temporary) else None

    def _brought(self, file: File) -> bool:
        """Bring one file; False where the bucket has none. Raises `ArchiveError` when its bytes are others."""
        if self.bucket is None:
            return False
        with incoming(self.root) as temporary:
            if not self.bucket.get(key(file), temporary):
                return False
            if (found := hashed(temporary)) != file["sha256"]:
                raise ArchiveError(
                    f"what the bucket gave is damaged: it hashes to {found}",
                    where=f"{self.bucket.address}/{key(file)}",
                    next_step="do it again; if it stays so, take the object away and the next build reads it anew",
                )
            settle(temporary, self.path(file))
        return True


def key(file: File) -> str:
    """Where a bucket has a published file."""
    return f"published/{file['table']}/{file['sha256']}.parquet"


def hashed(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
