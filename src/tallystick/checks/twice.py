"""Does a list tell things twice, so that each of them would count as two?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallystick.checks.dossier import PLACES, Dossier, Row, Rows, place_of
from tallystick.checks.lists import key_of
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Publication, Type

_FEW, _SHARE = 5, 0.01


def told_twice(dossier: Dossier) -> Iterator[Finding]:
    """Rows of a list that come again with the same key and nothing that contradicts the first: severe from a
    hundredth of the list and five, beyond those that the release before had.

    A cell that is blank in one of the two contradicts nothing: links are lost where rows are pasted.
    """
    for table, told in dossier.source.publishes.items():
        for scope, rows in dossier.by_scope(table).items() if told.key and told.expect.is_list else ():
            _, before = dossier.last.get((table, scope), (None, ()))
            again = _again(rows, told)
            beyond = len(again) - len(_again(before, told))
            if beyond >= max(_FEW, len(rows) * _SHARE):
                first, second = again[0]
                yield dossier.finding(
                    "doubled_rows",
                    Severity.SEVERE,
                    f"{len(again):,} of the {len(rows):,} rows of {dossier.release.name} come again, such as row "
                    f"{place_of(first).get('row')} in row {place_of(second).get('row')}: they would count twice",
                    scope,
                    evidence=[
                        {"table": table, **{name: one[name] for name in told.key}, **place_of(one),
                         "again": place_of(other).get("row")}
                        for one, other in again
                    ],
                    count=len(again),
                    next_step="get the file again, or wait until the publisher has taken the rows out",
                )  # fmt: skip


def _again(rows: Rows, told: Publication) -> list[tuple[Row, Row]]:
    """Each row that tells an earlier one again, after that one."""
    says = [name for name, column in told.columns.items() if name not in PLACES and column.type is not Type.FLAG]
    first: dict[tuple[str, ...], list[Row]] = {}
    found = []
    for row in rows:
        same = first.setdefault(key_of(row, told.key), [])
        twin = next((one for one in same if _agree(one, row, says)), None)
        if twin is None:
            same.append(row)
        else:
            found.append((twin, row))
    return found


def _agree(one: Row, other: Row, names: Sequence[str]) -> bool:
    return all(one[n] == other[n] or one[n] is None or other[n] is None for n in names)
