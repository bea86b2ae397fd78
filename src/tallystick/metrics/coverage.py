"""Which stretches of a series a question reaches, and which of them the Edition does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tallystick.nouns.coverage import Coverage
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.metric import Metric, Question, Values


@dataclass(frozen=True, order=True)
class Stretch:
    """A stretch that an Edition holds, `7012/FY2025`, with its agency's short name and its last action."""

    scope: str
    agency: str
    latest: date

    @property
    def code(self) -> str:
        return self.scope.split("/FY")[0]

    @property
    def fiscal_year(self) -> int:
        return int(self.scope.split("/FY")[1])


@dataclass(frozen=True)
class Holdings:
    """What an Edition holds: the `day` it speaks for, its stretches, and how each is covered, with its Findings."""

    day: date
    stretches: tuple[Stretch, ...]
    coverage: tuple[Coverage, ...] = ()
    findings: tuple[Finding, ...] = ()

    def codes(self, where: dict[str, Values]) -> set[str] | None:
        """The sub-agencies that the filters name; None when they name none, or one that is not held."""
        named = _plain(where.get("sub_agency_code", where.get("sub_agency", [])))
        agencies = _plain(where.get("agency", []))
        named |= {stretch.code for stretch in self.stretches if stretch.agency in agencies}
        return named or None

    def reached(self, metric: Metric, question: Question, codes: Iterable[str]) -> tuple[str, ...]:
        """The stretches that the period of a question reaches. An open end reaches to what is held and no further."""
        found: list[str] = []
        for code in sorted(codes):
            years = [stretch.fiscal_year for stretch in self.stretches if stretch.code == code]
            found += [f"{code}/FY{year}" for year in self._years(metric, question, years)]
        return tuple(found)

    def missing(self, reached: Iterable[str]) -> tuple[str, ...]:
        """Of the stretches reached, those that no good release covers."""
        held = {stretch.scope for stretch in self.stretches}
        return tuple(scope for scope in reached if scope not in held)

    def says(self, scope: str) -> str:
        """What must be said of how a stretch is covered; empty when the newest release of it is whole."""
        return next((coverage.says for coverage in self.coverage if coverage.scope == scope), "")

    def warnings(self, scopes: Iterable[str]) -> tuple[str, ...]:
        """The warnings about the releases in force of some stretches, each once."""
        about = [f for f in self._in_force(scopes) if f.severity is Severity.WARNING]
        return tuple(dict.fromkeys(finding.says for finding in about))

    def repeats(self, scopes: Iterable[str]) -> dict[str, int]:
        """By stretch, how many rows its release in force holds more than once, where it holds any."""
        again: dict[str, int] = {}
        for found in self._in_force(scopes):
            if found.kind in ("unstable_paging", "duplicate_rows") and found.scope:
                again[found.scope] = again.get(found.scope, 0) + found.count
        return again

    def _in_force(self, scopes: Iterable[str]) -> list[Finding]:
        wanted = set(scopes)
        in_force = {(coverage.release, coverage.scope) for coverage in self.coverage if coverage.scope in wanted}
        return [finding for finding in self.findings if (finding.release, finding.scope) in in_force]

    def _years(self, metric: Metric, question: Question, held: list[int]) -> list[int]:
        named = {int(year) for year in _plain(question.where.get("fiscal_year", [])) if year.isdecimal()}
        first = fiscal_year(question.start) if question.start else min(named or held, default=0)
        last = fiscal_year(min(question.end, self.day)) if question.end else max(named or held, default=-1)
        years = [year for year in range(first, last + 1) if not named or year in named]
        if "year_before" in metric.takes and (question.start or named):
            years = sorted({*years, *(year - 1 for year in years)})
        return years


def stretches(contract_actions: Any) -> Any:
    """The stretches there are, as an expression: scope, agency and the latest action of each."""
    rows = contract_actions
    return rows.group_by("scope").aggregate(agency=rows.agency.max(), latest=rows.action_date.max()).order_by("scope")


def fiscal_year(day: date) -> int:
    """The federal fiscal year: it begins on the first of October of the calendar year before."""
    return day.year + (day.month >= 10)


def _plain(wanted: Values) -> set[str]:
    values = [wanted] if isinstance(wanted, str) else wanted
    return {value for value in values if "*" not in value}
