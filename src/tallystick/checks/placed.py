"""Do the rows lie where the release says: in the days it covers, in groups that are known, in the year counted?"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.checks.subject import Subject
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import REDACTED


def out_of_range(subject: Subject) -> Iterator[Finding]:
    """Rows dated outside the days that the release says it covers: a warning, with the days and how many rows."""
    covers = subject.publication.expect.covers
    if covers is None:
        return
    day, year = named(covers.day), f"{named(covers.fiscal_year)}::INTEGER"
    first = f"coalesce({named(covers.first)}, make_date({year} - 1, 10, 1))"
    last = f"coalesce({named(covers.last)}, make_date({year}, 9, 30))"
    found = subject.query(
        f"SELECT {day} AS day, {first} AS covers_from, {last} AS covers_to, count(*) AS rows FROM {subject.rows} "
        f"WHERE {day} NOT BETWEEN {first} AND {last} GROUP BY ALL ORDER BY day"
    )
    if found:
        rows, days = sum(row["rows"] for row in found), ", ".join(str(row["day"]) for row in found[:3])
        yield subject.finding(
            "out_of_range",
            Severity.WARNING,
            f"{subject.release.name} says that it covers {found[0]['covers_from']} to {found[0]['covers_to']}, and "
            f"{rows:,} row(s) in it are dated outside of that: {days}{', ...' if len(found) > 3 else ''}",
            evidence=found,
            count=rows,
            next_step="leave these rows out of rates; a day partly told is no day",
        )


def missing_group(subject: Subject) -> Iterator[Finding]:
    """Rows that name no group or one that is not known, and known groups that no row names, by column and scope.

    A blank share of a hundredth or more is a warning, a smaller one a note; so is the absence of a group made later.
    """
    for groups in subject.publication.expect.groups:
        column = named(groups.column)
        seen: dict[str, dict[str, int]] = {}
        for row in subject.query(f"SELECT scope, {column} AS said, count(*) AS n FROM {subject.rows} GROUP BY ALL"):
            seen.setdefault(row["scope"], {})[row["said"]] = row["n"]
        for scope, counts in sorted(seen.items()):
            rows, blank = sum(counts.values()), counts.get(None, 0)  # type: ignore[call-overload]
            if blank:
                yield subject.finding(
                    "missing_group",
                    Severity.WARNING if blank >= rows * 0.01 else Severity.NOTE,
                    f"{blank:,} of {rows:,} row(s) of {scope} in {subject.release.name} name no {groups.column}: "
                    "they are in totals and in no group",
                    scope,
                    evidence=[{"column": groups.column, "blank": blank, "rows": rows}],
                    count=blank,
                    next_step="state them as unknown beside the groups; never spread them over the groups",
                )
            if others := sorted(set(counts) - {None, *groups.known}) if groups.known else []:
                n = sum(counts[name] for name in others)
                yield subject.finding(
                    "unlisted_group",
                    Severity.NOTE,
                    f"{n:,} of {rows:,} row(s) of {scope} in {subject.release.name} name a {groups.column} that "
                    f"is none of those known: {', '.join(others[:5])}",
                    scope,
                    evidence=[{"column": groups.column, "group": name, "rows": counts[name]} for name in others],
                    count=n,
                    next_step="others may leave them out: say so where totals are compared",
                )
            if absent := [group for group in groups.known if group not in counts]:
                because = "; ".join(f"{name}: {groups.later[name]}" for name in absent if name in groups.later)
                known = all(name in groups.later for name in absent)
                yield subject.finding(
                    "missing_group",
                    Severity.NOTE if known else Severity.WARNING,
                    f"{scope} in {subject.release.name} has no row of {groups.column} {', '.join(absent)}"
                    f"{f' ({because})' if because else ''}",
                    scope,
                    evidence=[{"column": groups.column, "absent": name} for name in absent],
                    count=len(absent),
                    next_step="compare groups only over times in which all of them existed",
                )


def counting_rule(subject: Subject) -> Iterator[Finding]:
    """Rows counted in another fiscal year than that in which what they are about happened: a note with how many."""
    for rule in subject.publication.expect.counted_by:
        day, event = named(rule.day), named(rule.event)
        for row in subject.query(
            f"SELECT scope, count(*) FILTER ({_year(event)} < {_year(day)}) AS earlier, "
            f"count(*) FILTER ({_year(event)} > {_year(day)}) AS later, count(*) AS rows, "
            f"max(date_diff('day', {event}, {day})) AS days FROM {subject.rows} GROUP BY scope ORDER BY scope"
        ):
            if not row["earlier"] + row["later"]:
                continue
            yield subject.finding(
                "counting_rule",
                Severity.NOTE,
                f"{row['earlier']:,} of {row['rows']:,} row(s) of {row['scope']} in {subject.release.name} have "
                f"their {rule.event} in an earlier fiscal year than their {rule.day}, and "
                f"{row['later']:,} in a later one: {rule.says}",
                row["scope"],
                evidence=[row],
                count=row["earlier"] + row["later"],
                next_step="say by which of the two dates a year is counted",
            )


def redaction(subject: Subject) -> Iterator[Finding]:
    """Cells that the publisher blacked out, by column and scope, with what the others say: a note.

    Where every other cell says one thing, the mark tells the rows apart all the same.
    """
    for column in _blacked_out(subject):
        mark = f"{named(column)} = {quoted(REDACTED)}"
        for row in subject.query(
            f"SELECT scope, count(*) FILTER ({mark}) AS redacted, count(*) AS rows, "
            f"count(DISTINCT {named(column)}) FILTER (NOT {mark}) AS others, count({named(column)}) AS filled, "
            f"any_value({named(column)}) FILTER (NOT {mark}) AS other FROM {subject.rows} GROUP BY scope "
            "HAVING redacted > 0 ORDER BY scope"
        ):
            alone = (
                f"; every other row says {row['other']!r}"
                if row["others"] == 1 and row["filled"] == row["rows"]
                else ""
            )
            yield subject.finding(
                "redaction",
                Severity.NOTE,
                f"the publisher blacked out {column} in {row['redacted']:,} of {row['rows']:,} row(s) of "
                f"{row['scope']} in {subject.release.name}{alone}",
                row["scope"],
                evidence=[{"column": column, "redacted": row["redacted"], "blank": row["rows"] - row["filled"]}],
                count=row["redacted"],
                next_step="blacked out is neither blank nor unknown: count it by itself",
            )


def _blacked_out(subject: Subject) -> list[str]:
    """The columns that hold the mark anywhere: most have none, and one query tells."""
    columns = [own for own, column in subject.publication.columns.items() if column.type in ("text", "code")]
    if not columns:
        return []
    counts = ", ".join(f"count(*) FILTER ({named(c)} = {quoted(REDACTED)}) AS {named(c)}" for c in columns)
    (found,) = subject.query(f"SELECT {counts} FROM {subject.rows}")
    return [column for column in columns if found[column]]


def _year(day: str) -> str:
    return f"(year({day}) + (month({day}) >= 10)::INTEGER)"
