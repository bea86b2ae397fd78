"""Do the words of a column still mean what they did: new values, columns changed for one another?"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.checks.subject import EVIDENCE_ROWS, Subject
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Publication, Restates, Type

AS_WRITTEN = ("_as_written", "says", "says_instead")
"""Columns that keep the publisher's own wording beside our words for it."""
_MOST_VALUES = 5000
_REPEATS = 4
_ROWS_TO_JUDGE_BY = 20
_FOREIGN, _AT_HOME = 0.3, 0.7
_UNHEARD_WARNING, _UNHEARD = 0.25, 0.02
_STRANGE = 0.8


def changed_words(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """Values never seen in the release before, by column: a note from 2% of the rows, a warning from a quarter,
    unless the release before was too small to know them; severe where a year that is told again says nearly nothing
    that it said before in a column that every row must have, or in a code or its name.

    Severe where most of a column's values are foreign to it and at home in another column: the two changed places.
    """
    columns = _categories(earlier)
    unheard = _unheard(subject, earlier, columns)
    for scope in scopes:
        if subject.profiles[scope].rows < _ROWS_TO_JUDGE_BY:
            continue
        for column, share in unheard.get(scope, {}).items():
            if share < _UNHEARD:
                continue
            known = earlier.profiles[scope].filled[column] * 5 >= earlier.profiles[scope].rows
            judged = known and 1 - share <= _FOREIGN
            home = _home(subject, earlier, scope, column, _texts(earlier)) if judged else None
            if home is not None:
                yield _swapped(subject, earlier, scope, column, home)
            else:
                yield _new_values(subject, earlier, scope, column, share)


def _texts(held: Subject) -> list[str]:
    """The columns of text in our words: of names and codes, of kinds and of things."""
    texts = [name for name, column in held.publication.columns.items() if column.type in (Type.TEXT, Type.CODE)]
    return [name for name in texts if not name.endswith(AS_WRITTEN)]


def _categories(held: Subject) -> list[str]:
    """Text columns with few values that come again: names and codes of kinds, not of things."""
    texts = [name for name in _texts(held) if name not in held.publication.key]
    if not texts:
        return []
    counts = ", ".join(f"approx_count_distinct({named(name)}) AS {named(name)}" for name in texts)
    filled = {name: sum(profile.filled[name] for profile in held.profiles.values()) for name in texts}
    (row,) = held.query(f"SELECT {counts} FROM {held.rows}")
    return [n for n in texts if 0 < row[n] <= _MOST_VALUES and row[n] * _REPEATS <= filled[n]]


def _unheard(subject: Subject, earlier: Subject, columns: list[str]) -> dict[str, dict[str, float]]:
    """By scope and column, the share of filled cells whose value the release before never had."""
    if not columns:
        return {}
    shares = ", ".join(f"avg(({named(c)} NOT IN ({_known(earlier, c)}))::INT) AS {named(c)}" for c in columns)
    rows = subject.query(f"SELECT scope, {shares} FROM {subject.rows} GROUP BY scope")
    return {row["scope"]: {column: row[column] or 0.0 for column in columns} for row in rows}


def _known(earlier: Subject, column: str) -> str:
    return f"SELECT DISTINCT {named(column)} FROM {earlier.rows} WHERE {named(column)} IS NOT NULL"


def _home(subject: Subject, earlier: Subject, scope: str, column: str, columns: list[str]) -> str | None:
    """The other column where most of this column's values were before, if there is one."""
    for other in columns:
        if other == column:
            continue
        (row,) = subject.query(
            f"SELECT avg(({named(column)} IN ({_known(earlier, other)}))::INT) AS share "
            f"FROM {subject.rows} WHERE scope = {quoted(scope)}"
        )
        if (row["share"] or 0) >= _AT_HOME:
            return other
    return None


def _swapped(subject: Subject, earlier: Subject, scope: str, column: str, home: str) -> Finding:
    return subject.finding(
        "swapped_columns",
        _of_swapped(subject, column),
        f"{scope} in {subject.release.name} has in {column} what {earlier.release.name} had in {home}",
        scope,
        evidence=subject.query(
            f"SELECT {named(column)}, count(*) AS rows FROM {subject.rows} WHERE scope = {quoted(scope)} "
            f"GROUP BY ALL ORDER BY rows DESC, 1 LIMIT 5"
        ),
        count=subject.profiles[scope].filled[column],
        next_step="see whether the publisher changed the order of its columns",
    )


def is_detail(told: Publication, column: str) -> bool:
    """Whether the column only describes the things that are counted, and no count is told by it."""
    its = told.expect.entities
    return its is not None and column not in (its.name, *its.place, *its.counts, *its.kinds, *told.key)


def _of_swapped(subject: Subject, column: str) -> Severity:
    """Severe, since figures by the column would be wrong; of a snapshot a warning where nothing says that its rows
    are counted by the column, and a note where the source says that they are not."""
    told, column_told = subject.publication, subject.publication.columns[column]
    if is_detail(told, column):
        return Severity.NOTE
    counted_by = told.expect.entities is not None or column_told.required or column in told.key
    return Severity.SEVERE if counted_by or subject.restates != Restates.SNAPSHOTS else Severity.WARNING


def _new_values(subject: Subject, earlier: Subject, scope: str, column: str, share: float) -> Finding:
    new = (
        f"SELECT {named(column)}, count(*) AS rows FROM {subject.rows} WHERE scope = {quoted(scope)} "
        f"AND {named(column)} NOT IN ({_known(earlier, column)}) GROUP BY ALL"
    )
    values = subject.query(f"SELECT count(*) AS n FROM ({new})")[0]["n"]
    snapshot = subject.restates == Restates.SNAPSHOTS
    enough = sum(p.rows for p in earlier.profiles.values()) * 2 >= subject.profiles[scope].rows
    severity = Severity.WARNING if share >= _UNHEARD_WARNING and enough and not snapshot else Severity.NOTE
    if enough and share >= _STRANGE and subject.restates == Restates.SCOPE:
        listed = any(column in (pair.code, pair.name) for pair in subject.publication.expect.pairs)
        severity = Severity.SEVERE if listed or subject.publication.columns[column].required else severity
    return subject.finding(
        "new_values",
        severity,
        f"{scope} in {subject.release.name} has {values:,} value(s) of {column} that {earlier.release.name} did not "
        f"have; they stand in {share:.1%} of its rows",
        scope,
        evidence=subject.query(f"SELECT * FROM ({new}) ORDER BY rows DESC, 1 LIMIT {EVIDENCE_ROWS}"),
        count=values,
    )
