"""Says Findings in rows, and one of them as a whole with its evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tallystick.errors import UnknownName
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release

if TYPE_CHECKING:  # the machine is loaded when it is asked, not when the help of a command is shown
    from tallystick.bench import Bench

COLUMNS = [
    "finding", "severity", "kind", "among", "source", "file", "scope", "count", "says", "next_step", "decided",
]  # fmt: skip
RELEASES, REGISTERS = "releases", "registers"
AMONG = (RELEASES, REGISTERS)
"""Where a Finding was made: in a release, or between registers, papers, inventories and contracts."""


def finding_named(bench: Bench, name: str) -> Finding:
    """The Finding called `name`, or the one whose name begins so. Raises `UnknownName` with near names."""
    known = {finding.id: finding for finding in bench.kept.every_finding}
    begins = [finding for finding_id, finding in known.items() if finding_id.startswith(name)]
    if len(begins) != 1:
        raise UnknownName("finding", name, known)
    return begins[0]


def by_gravity(finding: Finding) -> int:
    """Orders Findings from the severe down."""
    return -list(Severity).index(finding.severity)


def finding_rows(bench: Bench) -> list[dict[str, Any]]:
    """Every Finding as a row of `COLUMNS`, severe ones first."""
    releases = {release.id: release for release in bench.pipeline.ledger.releases()}
    decisions = bench.pipeline.ledger.decisions()
    order = list(reversed(Severity))
    rows = [
        {
            "finding": finding.id,
            "severity": finding.severity.value,
            "kind": finding.kind,
            "among": RELEASES if finding.release else REGISTERS,
            "source": releases[finding.release].source if finding.release else None,
            "release": finding.release or None,
            "file": releases[finding.release].name if finding.release else None,
            "day": _day(releases[finding.release]) if finding.release else finding.day,
            "scope": finding.scope,
            "count": finding.count,
            "says": finding.says,
            "next_step": finding.next_step,
            "decided": decisions[finding.id].choice if finding.id in decisions else None,
        }
        for finding in bench.kept.every_finding
    ]
    return sorted(
        rows, key=lambda row: (order.index(Severity(row["severity"])), row["source"] or "", row["file"] or "")
    )


def _day(release: Release) -> date | None:
    """The day that a release speaks for, where anyone stated one."""
    return release.speaks_for if release.is_dated else None


def finding_whole(finding: Finding) -> dict[str, Any]:
    """All of a Finding as JSON holds it."""
    return {
        "finding": finding.id,
        "severity": finding.severity,
        "kind": finding.kind,
        "among": RELEASES if finding.release else REGISTERS,
        "release": finding.release or None,
        "scope": finding.scope,
        "verdict": finding.verdict,
        "says": finding.says,
        "count": finding.count,
        "evidence": [dict(row) for row in finding.evidence],
        "next_step": finding.next_step,
    }
