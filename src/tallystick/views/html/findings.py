"""The page of one Finding: its sentence, what it keeps out, its evidence as it stood in the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tallystick.archive.ledger import ACCEPT
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.finding import Finding, Severity
from tallystick.views.finding import finding_named
from tallystick.views.html.render import document
from tallystick.views.visit import Document, Visit


@dataclass(frozen=True)
class Kept:
    """A stretch of a table, and what a Finding does to it there: `is_held` out, or in force and called incomplete."""

    coverage: Coverage
    is_held: bool


@dataclass(frozen=True)
class Evidence:
    """The rows that a check put down as evidence, by their columns, and how many it found in all."""

    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]] = field(hash=False)
    of: int


def finding(visit: Visit, path: Mapping[str, str]) -> Document:
    """The Finding called `id`. Raises `UnknownName` with near names."""
    found = finding_named(visit.bench, path["id"])
    if not found.release:
        return _between(visit, found)
    decision = visit.bench.pipeline.ledger.decisions().get(found.id)
    return document(
        "finding.html",
        visit,
        finding=found,
        release=visit.bench.pipeline.ledger.release(found.release),
        evidence=_evidence(found),
        around=visit.bench.sheet_around(found),
        keeps=_keeps(visit, found),
        may_keep_out=found.severity in (Severity.SEVERE, Severity.INCOMPLETE),
        decision=decision,
        is_accepted=decision is not None and decision.choice == ACCEPT,
    )


def _between(visit: Visit, found: Finding) -> Document:
    """One between registers: what must be so, the entry that it is about, its evidence as a table."""
    register, _, name = (found.scope or "").partition("/")
    entries = visit.bench.kept.of(register) if register in visit.bench.kept.schemas else ()
    return document(
        "finding_between.html",
        visit,
        finding=found,
        check=visit.bench.kept.checks[found.kind],
        entry=next((one for one in entries if one.name == name), None),
        evidence=_evidence(found),
    )


def _evidence(found: Finding) -> Evidence:
    columns = dict.fromkeys(name for row in found.evidence for name in row)
    return Evidence(tuple(columns), found.evidence, max(found.count, len(found.evidence)))


def _keeps(visit: Visit, found: Finding) -> tuple[Kept, ...]:
    """Every stretch that the Finding keeps its release out of, or makes a part only."""
    keeps: list[Kept] = []
    if found.severity not in (Severity.SEVERE, Severity.INCOMPLETE):
        return ()  # a note or a warning keeps nothing out
    release = visit.bench.pipeline.ledger.release(found.release)
    source = visit.bench.pipeline.catalog.source(release.source) if release else None
    for one in (one for table in (source.publishes if source else ()) for one in visit.bench.coverage(table)):
        if any(found in held.because for held in one.held):
            keeps.append(Kept(one, True))
        elif found in one.incomplete or any(found in snapshot.incomplete for snapshot in one.snapshots):
            keeps.append(Kept(one, False))
    return tuple(keeps)
