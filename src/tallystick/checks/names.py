"""Does the file's name say the day and the year that its content speaks for?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from tallystick.checks.dossier import Dossier, Row, Rows, fiscal_year_of
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release

_AHEAD = timedelta(days=7)


def name_contradicts(dossier: Dossier) -> Iterator[Finding]:
    """A day in the file's name that is not in the name's own fiscal year, that had not come when the file was
    captured, or that most of its sheets are later than: severe, since every figure would be put under a wrong day.
    """
    said = _contradiction(dossier.release, dossier.named, _sheets(dossier))
    if said is not None:
        says, rows = said
        yield dossier.finding(
            "name_contradicts",
            Severity.SEVERE,
            f"the name of {dossier.release.name} contradicts what it holds: {says}",
            evidence=_told(rows),
            count=max(1, len(rows)),
            next_step="find out the day that it speaks for, and state it under releases.dated in source.yml",
        )


def future_date(dossier: Dossier) -> Iterator[Finding]:
    """A sheet that prints a day after the one in the file's name, beside others that do not: a warning."""
    named, rows = dossier.release.provenance.as_of, _sheets(dossier)
    if named is not None and (later := _later(named, rows)) and not _are_most(later, rows):
        yield dossier.finding(
            "future_date",
            Severity.WARNING,
            f"{dossier.release.name}: {_told_of(named, later)}, which other sheets are not",
            evidence=_told(later),
            count=len(later),
            next_step="see whether the day printed in the sheet is mistyped",
        )


def contradicted(dossier: Dossier, release: Release, rows: Rows) -> bool:
    """Whether another release of the series, whose sheets are `rows`, is put under a day that is not its own."""
    return _contradiction(release, dossier.named_in(release.name), rows) is not None


def _contradiction(release: Release, groups: Mapping[str, str], rows: Rows) -> tuple[str, list[Row]] | None:
    """How the day of a release contradicts its name or its sheets, and the sheets that say so."""
    named, stated = release.provenance.as_of, release.provenance.published
    year = groups.get("fiscal_year", "")
    if named is None:
        return None
    if year and not _is_of(named, int(f"20{year[-2:]}")):
        return f"it names {named} and fiscal year 20{year[-2:]}, and that day is not of that year", []
    if stated is not None and named > stated + timedelta(days=1):
        return f"it names {named} and was published on {stated}, before that day", []
    later = _later(named, rows)
    return (_told_of(named, later), later) if later and _are_most(later, rows) else None


def _sheets(dossier: Dossier) -> Rows:
    return next((rows for _, _, rows in dossier.expecting("sheets")), ())


def _dated(rows: Rows) -> list[Row]:
    return [row for row in rows if not row.get("is_hidden") and isinstance(row.get("stated_date"), date)]


def _later(named: date, rows: Rows) -> list[Row]:
    return [row for row in _dated(rows) if row["stated_date"] > named + _AHEAD]


def _are_most(later: list[Row], rows: Rows) -> bool:
    return len(later) * 2 >= len(_dated(rows))


def _is_of(day: date, fiscal_year: int) -> bool:
    """Whether a day lies in a fiscal year or in the two quarters after it, in which its last state is published."""
    return fiscal_year <= fiscal_year_of(day) <= fiscal_year + 1 and day <= date(fiscal_year + 1, 3, 31)


def _told_of(named: date, later: list[Row]) -> str:
    last = max(later, key=lambda row: row["stated_date"])
    return f"it names {named}, and sheet '{str(last['sheet']).strip()}' says that it is of {last['stated_date']}"


def _told(rows: list[Row]) -> list[Row]:
    return [{"sheet": row["sheet"], "stated_date": row["stated_date"]} for row in rows]
