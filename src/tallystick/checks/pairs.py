"""Do codes and their descriptions still belong to one another?"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.checks.subject import EVIDENCE_ROWS, Subject
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Pair

_MANY = 0.01


def crossed_pair(subject: Subject) -> Iterator[Finding]:
    """Rows whose code reads like a description and whose description like a code: severe from a hundredth."""
    for pair in subject.publication.expect.pairs:
        crossed = (
            f"{named(pair.code)} LIKE '% %' AND regexp_full_match({named(pair.name)}, '[0-9A-Z]{{1,6}}') "
            f"AND length({named(pair.code)}) > length({named(pair.name)})"
        )
        for found in subject.query(
            f"SELECT scope, count(*) AS rows FROM {subject.rows} WHERE {crossed} GROUP BY scope ORDER BY scope"
        ):
            scope, rows = found["scope"], found["rows"]
            yield subject.finding(
                "crossed_pair",
                Severity.SEVERE if rows >= subject.profiles[scope].rows * _MANY else Severity.WARNING,
                f"{scope} in {subject.release.name} has {rows:,} row(s) with the description in {pair.code} and the "
                f"code in {pair.name}",
                scope,
                evidence=subject.query(
                    f"SELECT member, source_row, {named(pair.code)}, {named(pair.name)} FROM {subject.rows} "
                    f"WHERE scope = {quoted(scope)} AND {crossed} LIMIT {EVIDENCE_ROWS}"
                ),
                count=rows,
                next_step="see whether the publisher changed the order of its columns",
            )


def rematched_pair(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """Codes that now carry the description another code had before: severe from a hundredth of the rows.

    A description that is merely worded anew is no match for another code's, so yearly revisions do not count.
    """
    for pair in subject.publication.expect.pairs:
        for scope in scopes:
            rows = _rematched(subject, earlier, scope, pair)
            found = subject.query(f"SELECT * FROM ({rows}) ORDER BY rows DESC, code LIMIT {EVIDENCE_ROWS}")
            if not found:
                continue
            count = subject.query(f"SELECT sum(rows)::BIGINT AS n FROM ({rows})")[0]["n"]
            first = found[0]
            yield subject.finding(
                "rematched_pair",
                Severity.SEVERE if count >= subject.profiles[scope].rows * _MANY else Severity.WARNING,
                f"{scope} in {subject.release.name} calls {pair.code} {first['code']} '{first['name']}', which was "
                f"the name of {first['was_of']} in {earlier.release.name}; {count:,} row(s) are like this",
                scope,
                evidence=found,
                count=count,
                next_step="see whether codes and descriptions slid against one another",
            )


def _rematched(subject: Subject, earlier: Subject, scope: str, pair: Pair) -> str:
    code, name = named(pair.code), named(pair.name)
    known = f"SELECT DISTINCT {code} AS code, {name} AS name FROM {earlier.rows} WHERE {code} IS NOT NULL"
    return (
        f"WITH known AS ({known}), owners AS (SELECT name, min(code) AS was_of FROM known WHERE name IS NOT NULL "
        "GROUP BY name), "
        f"now AS (SELECT {code} AS code, {name} AS name, count(*) AS rows FROM {subject.rows} "
        f"WHERE scope = {quoted(scope)} GROUP BY ALL) "
        "SELECT code, name, was_of, rows FROM now JOIN owners USING (name) WHERE code IN (SELECT code FROM known) "
        "AND (code, name) NOT IN (SELECT code, name FROM known WHERE name IS NOT NULL)"
    )
