"""Chooses the Edition: which releases are in force on a day, and for which stretches of their series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tallystick.archive.ledger import Decision, Publication
from tallystick.nouns.edition import Edition, Part
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release

ACCEPTED = "accept"
Published = tuple[Release, Publication]


def choose(
    published: Iterable[Published], decisions: Mapping[str, Decision], known_on: date | None, code: str
) -> Edition:
    """The Edition of the releases that were known on `known_on` (now, if None).

    Of releases that restate whole stretches, the one that speaks for the latest day holds each stretch; a
    stretch under a severe Finding that nobody accepted stays with the last good release, and one known to be
    incomplete gives way to a complete release. Releases that amend by key are all in force.
    """
    known = sorted(published, key=lambda pair: (pair[0].speaks_for, pair[0].retrieved, pair[0].id))
    holder: dict[tuple[str, str], str] = {}
    complete: set[tuple[str, str]] = set()
    files: dict[tuple[str, str], dict[str, Any]] = {}
    for release, publication in known:
        held = scopes_under(Severity.SEVERE, publication.findings, decisions)
        incomplete = scopes_under(Severity.INCOMPLETE, publication.findings, decisions)
        for file in publication.files:
            if None in held:
                continue
            files[file["table"], release.id] = file
            for scope in file["scopes"] if file["restates"] == "scope" else ():
                stretch = (file["table"], scope)
                if scope in held or (scope in incomplete and stretch in complete):
                    continue
                holder[stretch] = release.id
                if scope not in incomplete:
                    complete.add(stretch)
    parts = [_part(file, release, table, holder) for (table, release), file in files.items()]
    return Edition(known_on, code, in_order(part for part in parts if part is not None))


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts, sorted, each with its place among its table's releases; they come in the order of knowledge."""
    seen: Counter[str] = Counter()
    placed = []
    for part in parts:
        placed.append(replace(part, order=seen[part.table]))
        seen[part.table] += 1
    return tuple(sorted(placed))


def scopes_under(
    severity: Severity, findings: Iterable[Finding], decisions: Mapping[str, Decision]
) -> set[str | None]:
    """The scopes under Findings of a severity that nobody accepted; None stands for the whole release."""
    return {
        finding.scope
        for finding in findings
        if finding.severity is severity and not (finding.id in decisions and decisions[finding.id].choice == ACCEPTED)
    }


def _part(file: Mapping[str, Any], release: str, table: str, holder: Mapping[tuple[str, str], str]) -> Part | None:
    if file["restates"] == "keys":
        return Part(table, release, file["file"], file["sha256"], ())
    scopes = tuple(sorted(scope for scope in file["scopes"] if holder.get((table, scope)) == release))
    return Part(table, release, file["file"], file["sha256"], scopes) if scopes else None
