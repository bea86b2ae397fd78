"""Finding: one judgement, whatever was judged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What was found of the thing judged."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """`severe` keeps the thing judged out of the current Edition; `warning` asks a person; `note` informs."""

    NOTE = "note"
    WARNING = "warning"
    SEVERE = "severe"


@dataclass(frozen=True)
class Finding:
    """A judgement about a release (or one `scope` of it).

    `kind` is the check's name, `says` a sentence that may be quoted, `evidence` the first rows (cells, sums)
    that show it, `count` how many there are in all, `next_step` what a person can do.
    """

    release: str
    kind: str
    severity: Severity
    says: str
    scope: str | None = None
    verdict: Verdict = Verdict.FAILS
    evidence: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    count: int = 0
    next_step: str = ""

    @property
    def id(self) -> str:
        """Stable while the release, the check, the scope and the sentence stay the same."""
        told = "\x1f".join([self.release, self.kind, self.scope or "", self.says])
        return hashlib.sha256(told.encode()).hexdigest()[:10]
