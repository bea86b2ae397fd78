"""Two lists that tell of the same things: do they say the same, and does either lack what the other has?

Such lists are never added up: one of them is in force for each stretch. Where they differ, one of them lost or
changed something on its way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tallystick.checks.dossier import Dossier, Row, Rows, place_of
from tallystick.checks.lists import key_of, once
from tallystick.nouns.expected import ToldBy
from tallystick.nouns.finding import Finding, Severity


def told_otherwise(dossier: Dossier) -> Iterator[Finding]:
    """Rows that another list of the same things has otherwise: a note for each column and scope; what only one of the
    two has, a warning."""
    for table, declared, _ in dossier.expecting("told_by"):
        for beside in declared:
            if beside.table not in dossier.others:
                continue
            release, theirs = dossier.others[beside.table]
            for scope, rows in dossier.by_scope(table).items():
                others = tuple(row for row in theirs if row.get("scope") == scope)
                if others:
                    yield from _apart(dossier, scope, (rows, others), beside, release.name)
                    for column in beside.columns:
                        yield from _differing(dossier, scope, (rows, others), (beside, column), release.name)


def _apart(dossier: Dossier, scope: str, lists: tuple[Rows, Rows], beside: ToldBy, name: str) -> Iterator[Finding]:
    ours, theirs = (Counter(key_of(row, beside.key) for row in rows) for rows in lists)
    for only, where in ((ours - theirs, dossier.release.name), (theirs - ours, name)):
        if only:
            other = name if where == dossier.release.name else dossier.release.name
            yield dossier.finding(
                "only_in_one_list",
                Severity.WARNING,
                f"{only.total()} row(s) of {where} are not found in {other}: {', '.join(next(iter(only)))}"
                + (" and others" if len(only) > 1 else ""),
                scope,
                evidence=[dict(zip(beside.key, key, strict=True)) for key in only],
                count=only.total(),
                next_step="see which of the two lists is older, or lost them",
            )


def _differing(
    dossier: Dossier, scope: str, lists: tuple[Rows, Rows], of: tuple[ToldBy, str], name: str
) -> Iterator[Finding]:
    beside, column = of
    ours, theirs = (once(rows, beside.key) for rows in lists)
    pairs = [(row, theirs[key]) for key, row in ours.items() if key in theirs]
    apart = [(row, other) for row, other in pairs if _words(row, column) != _words(other, column)]
    if apart:
        here, there = apart[0]
        yield dossier.finding(
            "told_otherwise",
            Severity.NOTE,
            f"{len(apart)} of {len(pairs)} row(s) say another thing of {column} in {dossier.release.name} than in "
            f"{name}, such as {_said(here, column)} for {_said(there, column)} (row {place_of(here)['row']})",
            scope,
            evidence=[{**place_of(row), column: row.get(column), "there": other.get(column)} for row, other in apart],
            count=len(apart),
            next_step="the list believed more is in force; see which of the two the publisher meant",
        )


def _words(row: Row, column: str) -> str:
    return " ".join(str(row.get(column) or "").split()).casefold()


def _said(row: Row, column: str) -> str:
    cell = row.get(column)
    return "a blank" if cell in (None, "") else f"'{cell}'"
