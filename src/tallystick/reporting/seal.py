"""Seals the log into releases: the batches of a segment so far become one file, which is archived and read.

Each time a segment is sealed anew its file begins with what the earlier one held, so that only the last counts. The
fuller a segment is the longer it waits: a report alone is in force within a second, and a flood makes few releases.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tallystick.errors import ArchiveError
from tallystick.nouns.release import Provenance, Release
from tallystick.pipeline import Pipeline
from tallystick.reporting.kinds import KINDS, Kind
from tallystick.reporting.log import FILE, Log, Logged

BEFORE = ("segment", "batch", "batch_row", "author", "told_at")
"""The columns of a sealed file before those of its kind: where a row lies in the log, and who told it when."""
_SHORTEST = 32  # hexadecimal digits of a nonce: 128 bits
_NAME = re.compile(r".*_(\d{10})\.csv")


def seal_what_waits(pipeline: Pipeline) -> None:
    """Have in force what was acknowledged by a process that ended before it sealed, killed perhaps.

    Where nothing was ever reported nothing is done. Where the home may only be read, what waits goes on waiting.
    """
    home = pipeline.settings.home
    if (home / FILE).exists():
        with suppress(ArchiveError, OSError), Log.of(home) as log:
            Sealer(pipeline, log).seal_all()


class Sealer:
    """Seals what the log holds of each kind and no release has. One thread at a time uses it.

    Of several processes one seals at a time: a file that ends earlier must not be archived after one that ends later.
    """

    def __init__(self, pipeline: Pipeline, log: Log) -> None:
        self._pipeline = pipeline
        self._log = log
        self._sealed = {kind: self._through(KINDS[kind]) for kind in KINDS}

    def waiting(self, kind: str) -> int:
        """How many rows lie in the segments that are to be sealed: a measure of what that costs."""
        last, filled = self._log.reached(kind)
        return filled if last > self._sealed[kind] else 0

    def seal(self, kind: str) -> tuple[Release, ...]:
        """Make a release of each segment that holds a batch which none has. Raises `ArchiveError`."""
        made = []
        with self._alone():
            self._sealed[kind] = max(self._sealed[kind], self._through(KINDS[kind]))
            for segment, through in self._log.segments(kind, self._sealed[kind]):
                made.append(self._release(KINDS[kind], segment, through))
                self._sealed[kind] = max(self._sealed[kind], through)
        return tuple(made)

    def seal_all(self) -> tuple[Release, ...]:
        """The same of every kind."""
        return tuple(release for kind in KINDS if self.waiting(kind) for release in self.seal(kind))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._pipeline.settings.home / ".sealing").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _through(self, kind: Kind) -> int:
        """The number of the last batch of the kind that a release has."""
        names = (_NAME.fullmatch(release.name) for release in self._pipeline.ledger.releases(kind.source))
        return max((int(found[1]) for found in names if found), default=0)

    def _release(self, kind: Kind, segment: str, through: int) -> Release:
        day = date.fromisoformat(segment[:8])
        name = f"{kind.source}_{segment}_{through:010}.csv"
        with TemporaryDirectory(prefix="tallystick-seal-") as folder:
            path = Path(folder) / name
            with path.open("wb") as file:
                batches = self._log.batches(kind.name, segment, through)
                file.writelines(_lines(kind, batches, self._log.secret()))
            source = self._pipeline.catalog.source(kind.source)
            release, _ = self._pipeline.add(source, path, Provenance(source.id, name, published=day, as_of=day))
        return release


def _lines(kind: Kind, batches: Iterator[Logged], secret: bytes) -> Iterator[bytes]:
    """The lines of a sealed file: a header, then those of each batch as they stand in it, with where they lie.

    Where people are counted each line ends with a nonce. A file's hash and size are told to everybody, and a line of
    which all but a small count is known would else be guessed by trying ten.
    """
    after = ("nonce",) if kind.counts_people else ()
    yield ",".join((*BEFORE, *kind.names, *after)).encode() + b"\n"
    for batch in batches:
        told_at = batch.told_at.isoformat()
        header, *lines = batch.body.splitlines()
        later = b"," * (len(kind.names) - len(header.split(b",")))  # columns that batches of before have not
        for number, line in enumerate(lines, start=1):
            where = f"{batch.segment},{batch.sha256},{number},{batch.author},{told_at},".encode()
            yield where + line + later + (b"," + _nonce(line, where, secret) if after else b"") + b"\n"


def _nonce(line: bytes, where: bytes, secret: bytes) -> bytes:
    """What nobody knows who has not the secret, as long as makes lines of ten or more and of fewer equally long."""
    made = hmac.new(secret, where + line, hashlib.sha512).hexdigest().encode()
    return made[: max(_SHORTEST, len(made) - len(line))]
