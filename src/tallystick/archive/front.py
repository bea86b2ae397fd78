"""Which Edition a bucket has in force: `current.json`, exchanged only for one that its ledger led up to.

Two ledgers over one bucket, or one restored from an old copy, would each take back what the other published. So an
Edition is put in force only by a ledger that knows the one in its place, and never in place of a later one. Of two
that put theirs at once the bucket lets one through; the other looks again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from typing import Any

import msgspec

from tallystick.archive.bucket import Bucket
from tallystick.archive.ledger import Ledger, Position
from tallystick.errors import ArchiveError, BusyError

CURRENT = "current.json"
_TURNS = 8


@dataclass(frozen=True)
class InForce:
    """The Edition in force, its manifest's key, and how far the ledger had come that led to it."""

    edition: str
    manifest: str
    position: Position


@dataclass(frozen=True)
class Front:
    """What a bucket shows of one ledger."""

    bucket: Bucket
    ledger: Ledger

    def now(self) -> InForce | None:
        """What is in force in the bucket. Raises `OutOfReach`."""
        found = self.bucket.read(CURRENT)
        return msgspec.json.decode(found[0], type=InForce) if found else None

    def refuse_another(self) -> None:
        """Raise `ArchiveError` where what is in force came of another ledger: nothing of ours may be added to it."""
        self._refuse(self.now())

    def put(self, edition: str, manifest: Mapping[str, Any], position: Position | None) -> bool:
        """Show an Edition of our ledger, and put it in force; False where a later one is.

        One of a past day has no `position` and is shown alone. `position` is how far the ledger had come before the
        Edition was chosen. Raises as `refuse_another` does, `OutOfReach`, and `BusyError` where others were faster
        each time.
        """
        key = f"editions/{edition}.json"
        self.refuse_another()
        self._show(key, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        if position is None:
            return False
        mine = InForce(edition, key, position)
        for _ in range(_TURNS):
            found = self.bucket.read(CURRENT)
            theirs = msgspec.json.decode(found[0], type=InForce) if found else None
            self._refuse(theirs)
            if theirs == mine:
                return True
            if theirs and any(
                one > own for one, own in zip(astuple(theirs.position), astuple(position), strict=True)
            ):
                return False
            if self.bucket.swap(CURRENT, msgspec.json.encode(asdict(mine)), found[1] if found else None):
                return True
        raise BusyError("other machines put Editions in force meanwhile", next_step="do it again")

    def _show(self, key: str, body: bytes) -> None:
        """A manifest is a function of its Edition: whoever is faster says the same."""
        self.bucket.swap(key, body, None)

    def _refuse(self, theirs: InForce | None) -> None:
        if theirs and self.ledger.edition(theirs.edition) is None:
            raise ArchiveError(
                f"the bucket has Edition {theirs.edition} in force, which this ledger never led to",
                where=f"{self.bucket.address}/{CURRENT}",
                next_step="another ledger publishes there, or this one was restored from an old copy: share one "
                "(TALLYSTICK_LEDGER), or name another prefix in TALLYSTICK_STORE; the Edition there stays in force",
            )
