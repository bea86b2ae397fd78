"""Finding: one judgement, whatever was judged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any


class Verdict(StrEnum):
    """What was found of the thing judged."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """What a Finding does to the thing judged, unless a person accepts it with a reason.

    `note` informs; `warning` asks a person to look; `incomplete` says that each row is true and their total is
    not (a truncated capture): it never displaces a complete release, and every answer that reaches into it says
    so; `severe` keeps the thing out of the current Edition.
    """

    NOTE = "note"
    WARNING = "warning"
    INCOMPLETE = "incomplete"
    SEVERE = "severe"


@dataclass(frozen=True)
class Finding:
    """A judgement about a release (or one `scope` of it).

    `kind` is the check's name, `says` a sentence that may be quoted, `evidence` the first rows (cells, sums)
    that show it, `count` how many there are in all, `next_step` what a person can do; `day` is that
    of what was found, where it has one of its own and not its release's.
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
    day: date | None = None

    @cached_property
    def id(self) -> str:
        """Stable while the release, the check, the scope and the sentence stay the same."""
        told = "\x1f".join([self.release, self.kind, self.scope or "", self.says])
        return hashlib.sha256(told.encode()).hexdigest()[:10]
