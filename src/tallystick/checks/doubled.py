"""Does a block of things, such as facilities, stand twice in its table?"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.nouns.expected import Entities
from tallystick.nouns.finding import Finding, Severity

_FEW, _SHARE = 3, 0.02
_WHERE = ("sheet", "sheet_row", "source_row", "cell", "member", "misfits")
_Pairs = list[tuple[Row, Row]]
"""A row and the one that says the same before it."""


def doubled_rows(dossier: Dossier) -> Iterator[Finding]:
    """Rows that say of one thing at one place what a row above them says, every number alike: a warning, severe from
    three and a fiftieth of all, more than the release before had. Each is in every sum twice."""
    for table, entities, _ in dossier.expecting("entities"):
        for scope, rows in dossier.by_scope(table).items():
            again = _again(rows, entities)
            usual = len(_again(dossier.last[table, scope][1], entities)) if (table, scope) in dossier.last else 0
            if len(again) > usual:
                row, first = again[0]
                many = len(again) - usual >= max(_FEW, len(rows) * _SHARE)
                yield dossier.finding(
                    "doubled_rows",
                    Severity.SEVERE if many else Severity.WARNING,
                    f"{len(again)} of the {len(rows)} rows of {scope} in {dossier.release.name} stand there twice, "
                    f"such as {row[entities.name]} ({_place(row)}), which is in {_place(first)} too",
                    scope,
                    evidence=[
                        {"sheet": row.get("sheet"), "row": row.get("sheet_row"),
                         "first_in_row": first.get("sheet_row"), "name": row[entities.name]}
                        for row, first in again
                    ],
                    count=len(again),
                    next_step="take the tab of the release before; a sum over this one counts those rows twice",
                )  # fmt: skip


def _again(rows: Rows, entities: Entities) -> _Pairs:
    """Rows equal to an earlier one in all but where they stand; those without any number are left out."""
    seen: dict[tuple[tuple[str, object], ...], Row] = {}
    found = []
    for row in rows:
        if any(row.get(name) for name in entities.counts):
            said = tuple((name, cell) for name, cell in sorted(row.items()) if name not in _WHERE)
            if said in seen:
                found.append((row, seen[said]))
            seen.setdefault(said, row)
    return found


def _place(row: Row) -> str:
    return f"row {row.get('sheet_row')}"
