"""Do codes and descriptions stand in the lists of codes that the archive holds, and with one another?

What ordinary releases reach is measured in docs/methods/forensics.md: of codes all, of pairs 0.95, of descriptions
0.53 beside the publisher's list alone and 0.80 beside the names observed too; none is in another code's list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tallystick.checks.subject import EVIDENCE_ROWS, Subject
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Pair

_ROWS_TO_JUDGE_BY = 50
# A list with fewer codes is a sample of one: what it lacks says nothing.
_CODES_OF_A_LIST = 300


@dataclass(frozen=True)
class _Kind:
    """One way of not being in a list: of cells `given`, those `lacking`, and the shares right that are too low."""

    kind: str
    says: str
    given: str
    lacking: str
    severe: float
    warning: float


_KINDS = (
    _Kind("unlisted_code", "{code} its list of codes does not have", "code IS NOT NULL", "NOT has_code", 0.5, 0.8),
    _Kind("unlisted_pair", "{code} and {name} do not stand together in the list of codes",
          "has_code AND words IS NOT NULL", "NOT has_pair AND NOT elsewhere", 0.25, 0.45),
    _Kind("unlisted_name", "{name} the list of codes does not have",
          "code IS NULL AND words IS NOT NULL", "NOT has_name AND NOT elsewhere", 0.25, 0.45),
    _Kind("name_of_another_list", "{name} is not in its own list of codes but in another's",
          "words IS NOT NULL", "NOT has_name AND elsewhere", 0.99, 1.0),
)  # fmt: skip


def listed_pairs(subject: Subject) -> Iterator[Finding]:
    """Of each scope, how many codes, descriptions and pairs of them the lists of codes know.

    Among 50 rows or more a warning or severe where too few are known (or, of descriptions that stand in another
    code's list, one in a hundred); else a note about those that the lists do not know.
    """
    pairs = [pair for pair in subject.publication.expect.pairs if _list(subject, pair.list)]
    for pair in pairs:
        if any(profile.filled[pair.code] or profile.filled[pair.name] for profile in subject.profiles.values()):
            told = _looked_up(subject, pair, [other.list for other in pairs if other.list != pair.list])
            for kind in _KINDS:
                yield from _about(subject, pair, told, kind)


def _list(subject: Subject, table: str) -> bool:
    """Make the list's words known to the engine; False where the archive has no whole list."""
    paths = subject.lists.get(table, ())
    if not paths:
        return False
    files = f"read_parquet([{', '.join(quoted(str(path)) for path in paths)}], union_by_name = true)"
    (shape,) = subject.query(f"SELECT count(DISTINCT code) AS codes FROM {files}")
    columns = {row["column_name"] for row in subject.query(f"DESCRIBE SELECT * FROM {files}")}
    names = [column for column in ("name", "full_name") if column in columns]
    selects = [f"SELECT code, {words_of(column)} AS words FROM {files}" for column in names]
    subject.engine.run(f"CREATE TEMP TABLE IF NOT EXISTS {named('list ' + table)} AS {' UNION '.join(selects)}")
    return bool(shape["codes"] >= _CODES_OF_A_LIST)


def _looked_up(subject: Subject, pair: Pair, others: list[str]) -> str:
    """The table of each code and description of a scope, with what the lists know of it."""
    own, told = named(f"list {pair.list}"), named(f"listed {subject.table} {pair.code} {subject.release.id}")
    words = f"SELECT words FROM {own} WHERE words IS NOT NULL"
    elsewhere = [f"SELECT words FROM {named('list ' + other)} WHERE words IS NOT NULL" for other in others]
    in_others = f"coalesce(words IN ({' UNION '.join(elsewhere)}), false)" if elsewhere else "false"
    subject.engine.run(
        f"CREATE TEMP TABLE IF NOT EXISTS {told} AS WITH cells AS (SELECT scope, {named(pair.code)} AS code, "
        f"{named(pair.name)} AS name, count(*) AS n FROM {subject.rows} GROUP BY ALL), "
        f"said AS (SELECT *, {words_of('name')} AS words FROM cells) "
        f"SELECT *, coalesce(code IN (SELECT code FROM {own}), false) AS has_code, "
        f"coalesce(words IN ({words}), false) AS has_name, {in_others} AS elsewhere, "
        f"EXISTS (FROM {own} AS list WHERE list.code = said.code AND list.words = said.words) AS has_pair FROM said"
    )
    return told


def _about(subject: Subject, pair: Pair, told: str, kind: _Kind) -> Iterator[Finding]:
    for row in subject.query(
        f"SELECT scope, sum(n)::BIGINT AS given, sum(n) FILTER ({kind.lacking})::BIGINT AS lacking "
        f"FROM {told} WHERE {kind.given} GROUP BY scope HAVING lacking > 0 ORDER BY scope"
    ):
        scope, given, lacking = row["scope"], row["given"], row["lacking"]
        share, severity = 1 - lacking / given, Severity.NOTE
        if given >= _ROWS_TO_JUDGE_BY and share < kind.warning:
            severity = Severity.SEVERE if share < kind.severe else Severity.WARNING
        yield subject.finding(
            kind.kind,
            severity,
            f"{scope} in {subject.release.name} has {lacking:,} of {given:,} rows whose "
            f"{kind.says.format(code=pair.code, name=pair.name)}",
            scope,
            evidence=subject.query(
                f"SELECT code AS {named(pair.code)}, name AS {named(pair.name)}, n AS rows FROM {told} "
                f"WHERE scope = {quoted(scope)} AND {kind.given} AND {kind.lacking} "
                f"ORDER BY n DESC, 1, 2 LIMIT {EVIDENCE_ROWS}"
            ),
            count=lacking,
            next_step="see whether columns changed places; for a new code or name add the publisher's newer list",
        )


def words_of(column: str) -> str:
    """The words of a description, spelt as the tables spell them: capitals, `&` written out, other signs a space."""
    capitals = f"replace(upper({named(column)}), '&', ' AND ')"
    return f"nullif(trim(regexp_replace({capitals}, '[^A-Z0-9]+', ' ', 'g')), '')"
