"""Do codes carry the meaning that the publisher's manual fixes for them, and words that are known?"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.checks.listed import words_of
from tallystick.checks.subject import EVIDENCE_ROWS, Subject
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Pair

_MANY, _FEW = 0.01, 5


def miscalled_code(subject: Subject) -> Iterator[Finding]:
    """Rows whose description is what another code means: severe from a hundredth of the scope.

    What no code means is a new wording, and no Finding.
    """
    for pair in subject.publication.expect.pairs:
        if pair.means and any(profile.filled[pair.name] for profile in subject.profiles.values()):
            yield from _miscalled(subject, pair)


def _miscalled(subject: Subject, pair: Pair) -> Iterator[Finding]:
    meant = ", ".join(f"({quoted(code)}, {quoted(words)})" for code, told in pair.means.items() for words in told)
    rows = (
        f"WITH meant AS (SELECT code, {words_of('name')} AS words FROM (VALUES {meant}) t(code, name)), "
        f"cells AS (SELECT scope, {named(pair.code)} AS code, {named(pair.name)} AS name, count(*) AS n, "
        f"min(source_row) AS source_row FROM {subject.rows} GROUP BY ALL), "
        f"said AS (SELECT *, {words_of('name')} AS words FROM cells) "
        "SELECT said.scope, said.code, said.name, said.n, said.source_row, min(meant.code) AS means FROM said "
        "JOIN meant USING (words) WHERE said.code IN (SELECT code FROM meant) GROUP BY ALL "
        "HAVING NOT bool_or(meant.code = said.code)"
    )
    for found in subject.query(f"SELECT scope, sum(n)::BIGINT AS n FROM ({rows}) GROUP BY scope ORDER BY scope"):
        scope, count = found["scope"], found["n"]
        shown = subject.query(
            f"SELECT * EXCLUDE (scope) FROM ({rows}) WHERE scope = {quoted(scope)} "
            f"ORDER BY n DESC, code LIMIT {EVIDENCE_ROWS}"
        )
        first = shown[0]
        yield subject.finding(
            "miscalled_code",
            Severity.SEVERE if count >= subject.profiles[scope].rows * _MANY else Severity.WARNING,
            f"{scope} in {subject.release.name} calls {pair.code} {first['code']} '{first['name']}', which is what "
            f"{first['means']} means; {count:,} row(s) are like this",
            scope,
            evidence=shown,
            count=count,
            next_step="see whether codes were exchanged; name a new meaning under means",
        )


def word_never_seen(subject: Subject) -> Iterator[Finding]:
    """Words of a kind that nobody named: a warning, severe from a hundredth of the rows and five."""
    total = sum(profile.rows for profile in subject.profiles.values())
    for column, known in subject.publication.expect.words.items():
        found = subject.query(
            f"SELECT {named(column)}, count(*) AS rows, min(source_row) AS source_row FROM {subject.rows} "
            f"WHERE {named(column)} NOT IN ({', '.join(map(quoted, known))}) GROUP BY 1 ORDER BY rows DESC, 1"
        )
        if not found:
            continue
        count = sum(row["rows"] for row in found)
        yield subject.finding(
            "unknown_category",
            Severity.SEVERE if count >= max(_FEW, total * _MANY) else Severity.WARNING,
            f"{subject.release.name} has {len(found):,} value(s) never seen in {column}, in {count:,} of {total:,} "
            f"rows: {', '.join(repr(row[column]) for row in found[:_FEW])}",
            evidence=found,
            count=count,
            next_step="see what the publisher means by each, and name it under expect.words in source.yml",
        )
