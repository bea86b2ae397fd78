"""Does one name stand for several things?"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.checks.subject import Subject
from tallystick.engines.duckdb import named
from tallystick.nouns.finding import Finding, Severity


def homonyms(subject: Subject) -> Iterator[Finding]:
    """Names that several keys share: one warning that lists them, since grouping by name would merge them."""
    for told in subject.publication.expect.homonyms:
        name, key = named(told.name), named(told.key)
        found = subject.query(
            f"SELECT {name} AS name, list(DISTINCT {key} ORDER BY {key}) AS keys FROM {subject.rows} "
            f"WHERE {key} IS NOT NULL GROUP BY 1 HAVING count(DISTINCT {key}) > 1 ORDER BY len(keys) DESC, 1"
        )
        if found:
            first = "; ".join(f"{row['name']} ({', '.join(row['keys'])})" for row in found[:3])
            most = max(len(row["keys"]) for row in found)
            yield subject.finding(
                "homonyms",
                Severity.WARNING,
                f"{len(found)} name(s) of {told.name} in {subject.release.name} stand for 2 to {most} different "
                f"{told.key} each: {first}",
                evidence=[{"name": row["name"], "keys": ", ".join(row["keys"])} for row in found],
                count=len(found),
                next_step=f"tell them apart by {told.key}, never by {told.name}",
            )
