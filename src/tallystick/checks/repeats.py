"""Do rows come again: a page twice, a neighbour pushed out, one key with two contents?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tallystick.checks.profile import amount_column
from tallystick.checks.subject import EVIDENCE_ROWS, Subject, usd
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import REDACTED, Restates

_MONEY_SHARE = Decimal("0.01")
_NO_PAGE = "NULL"
_PLACE = "sheet_row"


def duplicate_rows(subject: Subject) -> Iterator[Finding]:
    """The same row twice: a note where it moves no money, else a warning, severe from a hundredth of the scope.

    Rows that share the key but differ are told apart from these (`ambiguous_key`), and so are those that came
    again on another page (`unstable_paging`). Where identifiers were removed, equal rows are not one row told twice:
    see `indistinguishable_rows`.
    """
    if subject.publication.expect.identifiers_removed:
        return
    for scope, extra, money, moved in _repeated(subject, "NOT on_other_pages"):
        total = subject.profiles[scope].turnover or 0
        severity = Severity.WARNING if moved else Severity.NOTE
        if moved and moved >= total * _MONEY_SHARE:
            severity = Severity.SEVERE
        if amount_column(subject.publication) is None and subject.restates == Restates.SNAPSHOTS:
            severity = _of_counted(extra, subject.profiles[scope].rows)
        told = (
            f"{usd(money)} is in the sum once more than it would be without them"
            if moved
            else "none of them moves money"
        )
        yield subject.finding(
            "duplicate_rows",
            severity,
            f"{scope} in {subject.release.name} repeats {extra:,} row(s) in every column; {told}",
            scope,
            evidence=_evidence(subject, scope, "NOT on_other_pages"),
            count=extra,
            next_step="capture the pages again in a stable order",
        )


def indistinguishable_rows(subject: Subject) -> Iterator[Finding]:
    """Rows equal in every column although each is about something else, since the identifiers were removed: a note.

    Taking them for duplicates would lose what they count.
    """
    because = subject.publication.expect.identifiers_removed
    if not because:
        return
    columns = ", ".join(map(named, subject.publication.columns))
    for found in subject.query(
        "SELECT scope, sum(n)::BIGINT AS rows, sum(n - 1)::BIGINT AS extra, max(n) AS most FROM "
        f"(SELECT scope, count(*) AS n FROM {subject.rows} GROUP BY scope, {columns} HAVING count(*) > 1) "
        "GROUP BY scope ORDER BY scope"
    ):
        total = subject.profiles[found["scope"]].rows
        yield subject.finding(
            "indistinguishable_rows",
            Severity.NOTE,
            f"{found['extra']:,} of {total:,} rows of {found['scope']} in {subject.release.name} equal another on "
            f"every published column; they are no duplicates: {because}",
            found["scope"],
            evidence=[{"equal_rows": found["rows"], "beyond_the_first": found["extra"], "most_alike": found["most"]}],
            count=found["extra"],
            next_step="count every row; never take equal rows for one",
        )


def _of_counted(extra: int, rows: int) -> Severity:
    """Where rows are counted and not summed, each that comes again is too many."""
    if extra * 10 >= rows:
        return Severity.SEVERE
    return Severity.WARNING if extra * 100 >= rows else Severity.NOTE


def unstable_paging(subject: Subject) -> Iterator[Finding]:
    """Rows that came again on a later page among equal amounts, in a capture sorted by amount: a note.

    A publisher never answers with one row twice on one page. Where amounts are equal their order may change
    from page to page, so that a row comes twice and pushes out a neighbour of the same amount: the total holds.
    """
    if _page(subject) == _NO_PAGE:
        return
    for scope, extra, money, moved in _repeated(subject, "on_other_pages"):
        told = f"{usd(money)} in all, " if moved else "$0 each, "
        yield subject.finding(
            "unstable_paging",
            Severity.NOTE,
            f"{scope} in {subject.release.name} has {extra:,} row(s) again on a later page of "
            f"{subject.publication.expect.page_size}, {told}each in place of another action of its amount: the total "
            f"holds, and as many actions are not in it",
            scope,
            evidence=_evidence(subject, scope, "on_other_pages"),
            count=extra,
            next_step="nothing for totals; for single actions, capture again in a stable order",
        )


def pushed_out(subject: Subject) -> str:
    """The SELECT of `scope`, `usd` and `n`: how many actions of which amount unstable paging left out."""
    amount = amount_column(subject.publication)
    if not subject.publication.key or not amount or not subject.publication.expect.page_size:
        return "SELECT NULL::VARCHAR AS scope, NULL::DECIMAL(18,2) AS usd, 0 AS n WHERE false"
    return (
        f"SELECT scope, each_usd AS usd, sum(extra) AS n FROM ({_groups(subject)}) WHERE on_other_pages GROUP BY ALL"
    )


def ambiguous_key(subject: Subject) -> Iterator[Finding]:
    """Rows with one key and different contents: a warning, since a later release cannot say which it amends; a note
    in a snapshot."""
    key = subject.publication.key
    if not subject.repeats_keys:
        return
    contents = ", ".join(map(named, _telling(subject)))
    told = " AND ".join(f"{named(column)}::VARCHAR IS DISTINCT FROM {quoted(REDACTED)}" for column in key)
    groups = (
        f"SELECT scope, {', '.join(map(named, key))}, count(DISTINCT hash({contents})) AS contents, "
        f"list(source_row ORDER BY source_row) AS rows FROM ({_sharing_a_key(subject)}) WHERE {told} "
        f"GROUP BY ALL HAVING count(DISTINCT hash({contents})) > 1"
    )
    for found in subject.query(f"SELECT scope, count(*) AS keys FROM ({groups}) GROUP BY scope ORDER BY scope"):
        # Of a snapshot no later release amends single keys.
        amended = subject.restates != Restates.SNAPSHOTS
        yield subject.finding(
            "ambiguous_key",
            Severity.WARNING if amended else Severity.NOTE,
            f"{found['scope']} in {subject.release.name} has {found['keys']:,} key(s) ({', '.join(key)}) "
            "whose rows say different things",
            found["scope"],
            evidence=subject.query(
                f"SELECT * FROM ({groups}) WHERE scope = {quoted(found['scope'])} ORDER BY rows LIMIT 20"
            ),
            count=found["keys"],
            next_step="see whether the key in source.yml is the publisher's",
        )


def _repeated(subject: Subject, which: str) -> Iterator[tuple[str, int, Decimal, Decimal]]:
    """By scope: how many rows come again, and the money (net, absolute) that these move, in USD, to the cent."""
    if not subject.repeats_keys:
        return
    for found in subject.query(
        "SELECT scope, sum(extra)::BIGINT AS extra, sum(usd)::DECIMAL(18,2) AS usd, "
        f"sum(moved)::DECIMAL(18,2) AS moved FROM ({_groups(subject)}) WHERE {which} GROUP BY scope ORDER BY scope"
    ):
        yield found["scope"], found["extra"], found["usd"], found["moved"]


def _evidence(subject: Subject, scope: str, which: str) -> list[dict[str, object]]:
    return subject.query(
        f"SELECT * EXCLUDE (on_other_pages) FROM ({_groups(subject)}) WHERE scope = {quoted(scope)} AND {which} "
        f"ORDER BY moved DESC, row LIMIT {EVIDENCE_ROWS}"
    )


def _groups(subject: Subject) -> str:
    """The SELECT of rows equal in every column: how many too many, and whether each stands on a page of its own."""
    amount = amount_column(subject.publication)
    # Rows equal in every column have one amount: multiplied it stays DECIMAL, a mean would be binary.
    each = f"any_value({named(amount)})" if amount else "0"
    extra = "(count(*) - 1)::DECIMAL(9,0)"
    columns = ", ".join(map(named, _telling(subject)))
    key = ", ".join(map(quoted, subject.publication.key))
    return (
        f"SELECT scope, count(*) - 1 AS extra, min(source_row) AS row, max(source_row) AS again, "
        f"{each} AS each_usd, {each} * {extra} AS usd, abs({each}) * {extra} AS moved, "
        "coalesce(count(DISTINCT page) = count(*), false) AS on_other_pages, "
        f"any_value(columns([{key}])) FROM ({_sharing_a_key(subject)}) GROUP BY scope, {columns} HAVING count(*) > 1"
    )


def _telling(subject: Subject) -> list[str]:
    """The columns that say something of what a row is about, not only in which row of a sheet it stands."""
    return [name for name in subject.publication.columns if name != _PLACE or name in subject.publication.key]


def _sharing_a_key(subject: Subject) -> str:
    key = ", ".join(map(named, subject.publication.key))
    return (
        f"SELECT * FROM (SELECT *, {_page(subject)} AS page FROM {subject.rows}) "
        f"SEMI JOIN (SELECT {key} FROM {subject.rows} GROUP BY ALL HAVING count(*) > 1) USING ({key})"
    )


def _page(subject: Subject) -> str:
    """The page of its scope that a row came on; NULL where the scope's rows do not lie sorted by amount."""
    amount, size = amount_column(subject.publication), subject.publication.expect.page_size
    sorted_scopes = [scope for scope, profile in subject.profiles.items() if amount in profile.order]
    if not size or not sorted_scopes:
        return _NO_PAGE
    place = "row_number() OVER (PARTITION BY scope ORDER BY member, source_row) - 1"
    return f"CASE WHEN scope IN ({', '.join(map(quoted, sorted_scopes))}) THEN ({place}) // {size} END"
