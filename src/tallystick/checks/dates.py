"""Are the dates of the rows possible, and had they come on the day that the release speaks for?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.nouns.finding import Finding, Severity

_LONG_AGO, _FAR_OFF = 60, 5
_FEW, _MANY = 5, 0.02


def impossible_date(dossier: Dossier) -> Iterator[Finding]:
    """A date more than 60 years before or 5 after the day spoken for, a slip of the year: a warning with the first
    release that has it, a note with those that repeat it."""
    day = dossier.release.speaks_for
    for table, columns, rows in dossier.expecting("past"):
        for column in columns:
            wrong = [row for row in rows if _dated(row, column) and _is_impossible(row[column], day)]
            if wrong:
                yield dossier.finding(
                    "impossible_date",
                    Severity.WARNING if _are_new(wrong, dossier, table, column) else Severity.NOTE,
                    f"{dossier.release.name} has {len(wrong)} row(s) with an impossible {column}, such as "
                    f"{wrong[0][column]} in row {_row(wrong[0])}",
                    _scope(wrong),
                    evidence=[_told(row, table, column) for row in wrong],
                    count=len(wrong),
                    next_step="look the date up; correct it under corrections in source.yml",
                )


def days_after_the_name(dossier: Dossier) -> Iterator[Finding]:
    """Dates of things that had happened, after the day in the file's name: where there are several the name is wrong
    and the release is kept out; one or two are slips of their own, a warning."""
    named = dossier.named_day
    if named is None or named != dossier.release.provenance.as_of:
        return
    for table, columns, rows in dossier.expecting("past"):
        for column in columns:
            late = [row for row in _possible(rows, column, named) if row[column] > named]
            if not late:
                continue
            last = max(row[column] for row in late)
            many = len(late) >= max(_FEW, len(rows) * _MANY)
            yield dossier.finding(
                "name_contradicts" if many else "future_date",
                Severity.SEVERE
                if many
                else Severity.WARNING
                if _are_new(late, dossier, table, column)
                else Severity.NOTE,
                f"{dossier.release.name} names {named}, and {len(late)} of its {len(rows)} rows have a {column} "
                f"after that day, the last {last}" + (": the day in the name is wrong" if many else ""),
                None if many else _scope(late),
                evidence=[_told(row, table, column) for row in late],
                count=len(late),
                next_step="find out the day that it speaks for, and state it under releases.dated in source.yml",
            )


def name_corrected(dossier: Dossier) -> Iterator[Finding]:
    """Somebody stated another day than the file's name says: a warning that tells both."""
    named, stated = dossier.named_day, dossier.release.provenance.as_of
    if named is not None and stated is not None and named != stated:
        notes = dossier.source.releases.dated
        because = next((note.because for note in notes if note.sha256 == dossier.release.sha256), "it was stated so")
        yield dossier.finding(
            "name_contradicts",
            Severity.WARNING,
            f"the name of {dossier.release.name} says {named}, and it speaks for {stated}: {because}",
            evidence=[{"named": named, "speaks_for": stated}],
            count=1,
        )


def words_instead(dossier: Dossier) -> Iterator[Finding]:
    """Cells that hold words where a number or a day belongs, as the reader kept them in `says_instead`: a note."""
    for table, rows in dossier.tables.items():
        said = [row for row in rows if row.get("says_instead")]
        if said:
            yield dossier.finding(
                "words_instead",
                Severity.NOTE,
                f"{dossier.release.name} has {len(said)} row(s) with words where a number or a day belongs, such as "
                f"'{said[0]['says_instead']}' in row {_row(said[0])}: they are unknown there, not zero",
                _scope(said),
                evidence=[_told(row, table, "says_instead") for row in said],
                count=len(said),
            )


def _are_new(rows: list[Row], dossier: Dossier, table: str, column: str) -> bool:
    """Whether the release in force before has no row of the same things with the same date."""
    named = ("state", "agency", "name", column)
    held = {
        tuple(row.get(name) for name in named)
        for (of, _), (_, all_) in dossier.last.items()
        if of == table
        for row in all_
    }
    return not all(tuple(row.get(name) for name in named) in held for row in rows)


def _possible(rows: Rows, column: str, day: date) -> list[Row]:
    return [row for row in rows if _dated(row, column) and not _is_impossible(row[column], day)]


def _dated(row: Row, column: str) -> bool:
    return isinstance(row.get(column), date)


def _is_impossible(said: date, day: date) -> bool:
    return not day.year - _LONG_AGO <= said.year <= day.year + _FAR_OFF


def _scope(rows: list[Row]) -> str | None:
    """The one scope of the rows, if they have one."""
    scopes = {row.get("scope") for row in rows}
    return scopes.pop() if len(scopes) == 1 else None


def _row(row: Row) -> object:
    return row.get("sheet_row") or row.get("source_row")


def _told(row: Row, table: str, column: str) -> Row:
    named = {name: row[name] for name in ("sheet", "state", "agency", "name") if row.get(name)}
    return {"table": table, "row": _row(row), **named, column: row[column]}
