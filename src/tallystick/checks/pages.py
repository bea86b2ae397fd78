"""Is every page of a search in the capture that its pages make up?"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.checks.restated import differences, key_of_both
from tallystick.checks.subject import Subject
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity

_MOST_OF_A_PAGE = 0.8


def missing_page(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """Actions of the release before that went, and stood side by side in it, most of a page of them: severe.

    A warning where as many went as whole pages hold, wherever they stood: in another order they are a page.
    """
    size, key = subject.publication.expect.page_size, key_of_both(subject, earlier, scopes)
    if not size or not key:
        return
    gone = _gone(subject, earlier, scopes, key)
    (all_,) = subject.query(f"SELECT count(*) AS n FROM ({gone})")
    for scope in scopes:
        here = f"SELECT * FROM ({gone}) WHERE scope = {quoted(scope)}"
        runs = subject.query(
            f"SELECT count(*) AS rows, min(place) AS first, max(place) AS last FROM "
            f"(SELECT place, place - row_number() OVER (ORDER BY place) AS run FROM ({here})) "
            f"GROUP BY run HAVING count(*) >= {size * _MOST_OF_A_PAGE} ORDER BY first"
        )
        (count,) = subject.query(f"SELECT count(*) AS n FROM ({here})")
        if not runs and (not count["n"] or all_["n"] % size):
            continue
        told = ", ".join(f"{run['rows']:,} side by side from row {run['first']:,} on" for run in runs)
        yield subject.finding(
            "missing_page",
            Severity.SEVERE if runs else Severity.WARNING,
            f"{subject.release.name} lacks {count['n']:,} action(s) of {scope} that {earlier.release.name} has, "
            + (told or f"of {all_['n']:,} in all, as many as whole pages of {size} hold"),
            scope,
            evidence=subject.query(f"{here} ORDER BY place LIMIT 20"),
            count=count["n"],
            next_step="a page of the search was not captured: capture it again",
        )


def _gone(subject: Subject, earlier: Subject, scopes: tuple[str, ...], key: list[str]) -> str:
    """The SELECT of actions that went: scope, key, and their `place` among the rows of their scope before."""
    names = ", ".join(map(named, key))
    went = f"SELECT scope, {names} FROM {differences(subject, earlier, scopes, key)} WHERE kind = 'gone'"
    return (
        f"SELECT * FROM (SELECT scope, {names}, source_row, row_number() OVER "
        f"(PARTITION BY scope ORDER BY member, source_row) AS place FROM {earlier.rows}) "
        f"SEMI JOIN ({went}) USING (scope, {names})"
    )
