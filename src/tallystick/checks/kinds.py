"""Are the kinds that figures are told apart by the known ones, and all still there?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tallystick.checks.dossier import Dossier, Row, Rows, place_of
from tallystick.nouns.expected import Kinds
from tallystick.nouns.finding import Finding, Severity

_FEW, _SHARE = 5, 0.01
_MANY, _PART = 20, 0.05


def unknown_category(dossier: Dossier) -> Iterator[Finding]:
    """Words that begin like no known kind: a warning, severe from a hundredth of the rows and five.

    Every count by kind would be too low by these rows without a sign of it.
    """
    for table, declared, _ in dossier.expecting("kinds"):
        for scope, rows in dossier.by_scope(table).items():
            for told in declared:
                unknown = [row for row in rows if row[told.column] and kind_of(row, told) is None]
                if unknown:
                    words = Counter(row[told.column] for row in unknown)
                    yield dossier.finding(
                        "unknown_category",
                        Severity.SEVERE if len(unknown) >= max(_FEW, len(rows) * _SHARE) else Severity.WARNING,
                        f"{len(unknown):,} of the {len(rows):,} rows of {dossier.release.name} have a {told.column} "
                        f"that none of the known ones is: {', '.join(words)}",
                        scope,
                        evidence=[
                            {"table": table, **place_of(row), told.column: row[told.column]} for row in unknown
                        ],
                        count=len(unknown),
                        next_step="if the publisher made or renamed one, name it under expect.kinds",
                    )


def category_gone(dossier: Dossier) -> Iterator[Finding]:
    """A kind of twenty rows and a twentieth of the release before that no row has: severe, for a count of it would
    say zero; not in a list that may empty (`rows.falls` of 1)."""
    for table, declared, _ in dossier.expecting("kinds"):
        if dossier.source.publishes[table].expect.rows.falls >= 1:
            continue
        for scope, rows in dossier.by_scope(table).items():
            if (table, scope) not in dossier.last:
                continue
            release, before = dossier.last[table, scope]
            for told in declared:
                was, now = _counted(before, told), _counted(rows, told)
                gone = {k: n for k, n in was.items() if k not in now and n >= max(_MANY, len(before) * _PART)}
                if gone:
                    yield dossier.finding(
                        "category_gone",
                        Severity.SEVERE,
                        f"{dossier.release.name} has no row of {told.column} {', '.join(gone)}, and {release.name} "
                        f"had {', '.join(f'{n:,}' for n in gone.values())}",
                        scope,
                        evidence=[{"table": table, told.column: kind, "rows_before": n} for kind, n in gone.items()],
                        count=sum(gone.values()),
                        next_step="see whether it was renamed or the rows are lost: its count is unknown, not zero",
                    )


def kind_of(row: Row, told: Kinds) -> str | None:
    """The known kind that the row's word begins with; None where it is blank or begins like none."""
    said = " ".join(str(row[told.column] or "").split()).casefold()
    return next((kind for kind in told.known if said.startswith(kind.casefold())), None)


def _counted(rows: Rows, told: Kinds) -> Counter[str]:
    kinds: Iterable[str | None] = (kind_of(row, told) for row in rows)
    return Counter(kind for kind in kinds if kind is not None)
