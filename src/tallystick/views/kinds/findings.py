"""The Findings: what was found in the releases, narrowed by what a reader asks, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from tallystick.errors import UsageError
from tallystick.nouns.finding import Severity
from tallystick.views.finding import AMONG, REGISTERS, finding_rows
from tallystick.views.kinds.kind import Kind
from tallystick.views.shown import Column, Shown
from tallystick.views.turning import Turned, turned
from tallystick.views.visit import Visit

COLUMNS = ("finding", "severity", "kind", "among", "source", "file", "scope", "count", "says", "decided")
NARROWED_BY = ("among", "severity", "kind", "source")
PAGE = 50
_NEAR, _NAMED = 5, 40


@dataclass(frozen=True)
class Between:
    """One check between registers: what must be so, in words, and how many Findings say that it is not."""

    kind: str
    says: str
    count: int


@dataclass(frozen=True)
class FindingList:
    """One page of the Findings that are asked for; the choices that there are, with how many Findings have each."""

    page: Turned[Mapping[str, Any]]
    choices: Mapping[str, Mapping[str, int]] = field(hash=False)
    asked: Mapping[str, str] = field(hash=False)
    total: int
    between: Sequence[Between]


class Findings(Kind, frozen=True, kw_only=True):
    """The Findings that the parameters `among`, `severity`, `kind`, `source`, `release` and `text` let through."""

    def shown(self, visit: Visit) -> Shown:
        """A page of them, severe ones first and of these the newest.

        Raises `UsageError` for a page, and for a choice, that is none.
        """
        every = sorted(finding_rows(visit.bench), key=_gravest_newest)
        asked = {name: visit.one(name).strip() for name in (*NARROWED_BY, "release", "text")}
        choices = {name: _choices(every, name) for name in NARROWED_BY}
        _refuse_unknown(visit, asked, choices)
        found = [row for row in every if _is_asked(row, asked)]
        return Shown(
            self.title or visit.words("Findings"),
            columns=tuple(Column(name, name) for name in COLUMNS),
            rows=tuple({name: row[name] for name in COLUMNS} for row in found),
            edition=visit.bench.edition.id,
            template="findings",
            about=FindingList(turned(found, PAGE, visit), choices, asked, len(every), _between(visit, every)),
        )


def _gravest_newest(row: Mapping[str, Any]) -> tuple[int, int]:
    """Orders Findings from the severe down, among these those of the newest releases first."""
    return -list(Severity).index(Severity(row["severity"])), -(row["day"].toordinal() if row["day"] else 0)


def _between(visit: Visit, every: Sequence[Mapping[str, Any]]) -> tuple[Between, ...]:
    """Every check between registers, whether or not it found anything."""
    counts = Counter(row["kind"] for row in every if row["among"] == REGISTERS)
    checks = visit.bench.kept.checks.values()
    return tuple(Between(check.name, check.definition.split("\n\n", 1)[0], counts[check.name]) for check in checks)


def _refuse_unknown(visit: Visit, asked: Mapping[str, str], choices: Mapping[str, Mapping[str, int]]) -> None:
    """Refuse a filter that no Finding could pass: an empty list would say that nothing was found.

    A severity and a source may have no Finding. A kind is known by those that there are, and of a past day, which has
    fewer, none is refused.
    """
    known = {
        "among": list(AMONG),
        "severity": [severity.value for severity in reversed(Severity)],
        "kind": list(choices["kind"]) if visit.bench.known_on is None else [asked["kind"]],
        "source": sorted(visit.bench.pipeline.catalog.sources),
        "release": [release.id for release in visit.bench.pipeline.ledger.releases()],
    }
    for name, allowed in known.items():
        if asked[name] and asked[name] not in allowed:
            near = get_close_matches(asked[name], allowed, n=_NEAR) or allowed
            said = ", ".join(near[:_NAMED]) + (f" and {len(near) - _NAMED:,} more" if len(near) > _NAMED else "")
            raise UsageError(f"no {name} is called '{asked[name][:40]}'", where=name, next_step=f"say one of: {said}")


def _is_asked(row: Mapping[str, Any], asked: Mapping[str, str]) -> bool:
    exact = all(row[name] == asked[name] for name in (*NARROWED_BY, "release") if asked[name])
    text = asked["text"].casefold()
    return exact and (not text or any(text in str(row[name] or "").casefold() for name in ("says", "file", "scope")))


def _choices(every: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, int]:
    """The values that there are of a column; severities from the gravest down, others by name."""
    counts = Counter(row[name] for row in every if row[name] is not None)
    order = [severity.value for severity in reversed(Severity)] if name == "severity" else sorted(counts)
    return {value: counts[value] for value in order if counts[value]}
