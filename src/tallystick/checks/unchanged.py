"""Amounts are as they were: is everything else, too?"""

from __future__ import annotations

from tallystick.checks.subject import EVIDENCE_ROWS, Subject
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity


def unchanged(subject: Subject, earlier: Subject, scope: str, key: list[str]) -> Finding:
    """A note that no amount of a scope changed, `key` by `key`: that nothing changed only where no cell did."""
    days = (subject.release.speaks_for - earlier.release.speaks_for).days
    between = f"in the {days} day(s) between {earlier.release.name} and {subject.release.name}"
    grew = subject.profiles[scope].rows != earlier.profiles[scope].rows
    growth = "; actions of later days came" if grew else ""
    if not (rows := _otherwise(subject, earlier, scope, key)):
        kind = "only_grown" if grew else "same_content"
        return subject.finding(kind, Severity.NOTE, f"nothing in {scope} changed {between}{growth}", scope)
    columns = _columns(subject, earlier, scope)
    where = f" in {', '.join(columns)}" if columns else ", though each column has the same values"
    by = ", ".join(key)
    return subject.finding(
        "same_amounts",
        Severity.NOTE,
        f"no amount in {scope} changed {between}, compared by {by}; {rows:,} row(s) of the earlier say something "
        f"else{where}{growth}",
        scope,
        evidence=[
            {"column": column, "filled_before": earlier.profiles[scope].filled[column],
             "filled_now": subject.profiles[scope].filled[column]} for column in columns[:EVIDENCE_ROWS]
        ],
        count=rows,
        next_step=f"every record: tallystick diff {earlier.release.id} {subject.release.id}",
    )  # fmt: skip


def _otherwise(subject: Subject, earlier: Subject, scope: str, key: list[str]) -> int:
    """How many rows of the earlier release the later one has, by their key, in other words; order says nothing.

    A row whose key went although no amount did was pushed out by unstable paging: it says nothing else.
    """
    cells, keys = (", ".join(map(named, columns)) for columns in (subject.publication.columns, key))
    old, new = (f"FROM {held.rows} WHERE scope = {quoted(scope)}" for held in (earlier, subject))
    there = f"SELECT DISTINCT {cells} {old} AND ({keys}) IN (SELECT ({keys}) {new})"
    return int(subject.query(f"SELECT count(*) AS n FROM ({there} EXCEPT SELECT {cells} {new})")[0]["n"])


def _columns(subject: Subject, earlier: Subject, scope: str) -> list[str]:
    """The columns of which the later release lost a value or says it less often."""
    found = []
    for column in subject.publication.columns:
        old, new = (
            f"SELECT {named(column)} AS says, count(*) AS n FROM {held.rows} WHERE scope = {quoted(scope)} GROUP BY 1"
            for held in (earlier, subject)
        )
        (fewer,) = subject.query(
            f"SELECT count(*) AS n FROM ({old}) old LEFT JOIN ({new}) new ON old.says IS NOT DISTINCT FROM new.says "
            "WHERE coalesce(new.n, 0) < old.n"
        )
        if fewer["n"]:
            found.append(column)
    return found
