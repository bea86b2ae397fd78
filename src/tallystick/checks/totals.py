"""Do amounts make sense beside the totals they are part of?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tallystick.checks.profile import amount_column
from tallystick.checks.subject import EVIDENCE_ROWS, Subject, usd
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Sum

_ROWS_TO_JUDGE_BY = 50
_OF_ALL_OTHERS = Decimal("0.5")
_TIMES_THE_NEXT = 5
# In the award files archived no current value is above its ceiling.
_ABOVE, _MOSTLY_ABOVE = 0.01, 0.5


def implausible_amount(subject: Subject) -> Iterator[Finding]:
    """Severe where one action is half as large as all others of its scope together, and five times the next.

    Both at once: early in a year one order may be a third of everything, and amounts have long tails, so the
    ratio to the next alone says little. A thousandfold slip in a large award meets both.
    """
    amount = amount_column(subject.publication)
    for scope, profile in subject.profiles.items():
        if amount is None or profile.rows < _ROWS_TO_JUDGE_BY or not profile.largest or profile.turnover is None:
            continue
        others, second = profile.turnover - profile.largest, profile.second or Decimal(0)
        if profile.largest < others * _OF_ALL_OTHERS or profile.largest < second * _TIMES_THE_NEXT:
            continue
        rows = subject.query(
            f"SELECT * EXCLUDE (release_id, misfits, repairs) FROM {subject.rows} "
            f"WHERE scope = {quoted(scope)} AND abs({named(amount)}) = {profile.largest}"
        )
        yield subject.finding(
            "implausible_amount",
            Severity.SEVERE,
            f"{scope} in {subject.release.name} has one action of {usd(rows[0][amount])}, beside {usd(others)} for "
            f"all {profile.rows - 1:,} others together; the next largest is {usd(second)}",
            scope,
            evidence=rows,
            count=len(rows),
            next_step="look the action up at the publisher; correct it in source.yml, or accept it with the reason",
        )


def above_its_bound(subject: Subject) -> Iterator[Finding]:
    """Amounts above what bounds them (`at_most`): a warning from 1% of the rows where the two differ.

    Severe from half of them: the two columns changed places.
    """
    for column, bound in subject.publication.expect.at_most.items():
        above = f"{named(column)} > {named(bound)}"
        for found in subject.query(
            f"SELECT scope, count(*) AS differ, count(*) FILTER ({above}) AS above FROM {subject.rows} "
            f"WHERE {named(column)} <> {named(bound)} GROUP BY scope ORDER BY scope"
        ):
            share = found["above"] / found["differ"]
            if found["differ"] < _ROWS_TO_JUDGE_BY or share < _ABOVE:
                continue
            changed_places = "; in most rows, as if the columns had changed places" if share >= _MOSTLY_ABOVE else ""
            yield subject.finding(
                "above_its_bound",
                Severity.SEVERE if share >= _MOSTLY_ABOVE else Severity.WARNING,
                f"{found['scope']} in {subject.release.name} states {column} above {bound} in {found['above']:,} of "
                f"the {found['differ']:,} rows where they differ{changed_places}",
                found["scope"],
                evidence=subject.query(
                    f"SELECT member, source_row, {named(column)}, {named(bound)} FROM {subject.rows} "
                    f"WHERE scope = {quoted(found['scope'])} AND {above} ORDER BY member, source_row "
                    f"LIMIT {EVIDENCE_ROWS}"
                ),
                count=found["above"],
                next_step="see whether the publisher changed the order of its columns, or their meaning",
            )


def sums(subject: Subject, in_force: str) -> Iterator[Finding]:
    """Parts that do not add up to the total stated beside them: a warning for each group.

    `in_force` is the SELECT of the table's rows that are in force once this release is.
    """
    for declared in subject.publication.expect.sums:
        for row in subject.query(_apart(declared, in_force, subject.release.id)):
            group = ", ".join(str(row[column]) for column in declared.by)
            yield subject.finding(
                "parts_and_total",
                Severity.WARNING,
                f"{group}: it does not hold that {declared.says}; the parts add up to {usd(row['parts'])}, "
                f"the total says {usd(row['total'])}, {usd(row['parts'] - row['total'])} apart",
                evidence=[row],
                count=row["rows"],
                next_step="see whether a part is missing or the two count different things",
            )


def _apart(declared: Sum, in_force: str, release: str) -> str:
    """The groups to which `release` adds, whose parts and total are both there and further apart than declared."""
    amount, by = named(declared.amount), ", ".join(map(named, declared.by))
    parts, total = _where(declared.parts), _where(declared.total)
    return (
        f"SELECT {by}, sum({amount}) FILTER ({parts}) AS parts, sum({amount}) FILTER ({total}) AS total, "
        f"count(*) FILTER ({parts}) AS rows FROM ({in_force}) GROUP BY {by} "
        f"HAVING abs(parts - total) > {declared.within} "
        f"AND count(*) FILTER (release_id = {quoted(release)} AND (({parts}) OR ({total}))) > 0 ORDER BY {by}"
    )


def _where(wanted: Mapping[str, str | None]) -> str:
    tests = (
        f"{named(column)} IS NULL" if value is None else f"{named(column)} = {quoted(value)}"
        for column, value in wanted.items()
    )
    return " AND ".join(tests)
