"""Does each cell of a list stand in its own row, or did a column slide past the others?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tallystick.checks.dossier import PLACES, Dossier, Row, Rows, place_of
from tallystick.checks.lists import once
from tallystick.checks.words import names_looked_up, plain_word
from tallystick.nouns.expected import LookedUp
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Publication, Type

_FEW, _SHARE, _SAME, _ONE_WORD = 10, 0.05, 0.6, 0.3
_OFFSETS = (-1, 1, -2, 2)
_STRANGERS = 0.5


def slid_column(dossier: Dossier) -> Iterator[Finding]:
    """A column that says of each key what the release before said of the key a row or two away: severe.

    Judged where ten keys and a twentieth say something else than before, and three fifths of them a neighbour's,
    not mostly one word: neighbours say the same word by chance where there are few.
    """
    for table, told in dossier.source.publishes.items():
        if not told.key or not told.expect.is_list:
            continue
        for scope, rows in dossier.by_scope(table).items():
            release, before = dossier.last.get((table, scope), (None, ()))
            now, was = once(_in_order(rows), told.key), once(before, told.key)
            pairs = [(row, was[key]) for key, row in now.items() if key in was]
            for column in _judged(told) if release else ():
                moved, offset = _slid(pairs, column)
                if release and moved:
                    yield _finding(
                        dossier, table, scope, column, moved,
                        f"it says what {release.name} said {abs(offset)} row(s) {'above' if offset < 0 else 'below'}",
                    )  # fmt: skip


def out_of_its_group(dossier: Dossier) -> Iterator[Finding]:
    """Words looked up in a register that stand in no list of their own group but in that of the row above or below,
    where one group ends: severe where half of such borders show it, five at least."""
    for table, declared, _ in dossier.expecting("looked_up"):
        for told in declared:
            if told.list not in dossier.others or not told.within:
                continue
            known = names_looked_up(dossier, told)
            for scope, rows in dossier.by_scope(table).items():
                for step in (-1, 1):
                    borders, strange = _strangers(_in_order(rows), told, known, step)
                    if len(strange) >= max(_FEW // 2, borders * _STRANGERS):
                        where = "above" if step < 0 else "below"
                        yield _finding(
                            dossier, table, scope, told.column, [(row, None) for row in strange],
                            f"where {' and '.join(told.within)} change(s), it is of the row {where}",
                        )  # fmt: skip
                        break


def _strangers(
    rows: Rows, told: LookedUp, known: dict[tuple[str, ...], dict[str, str]], step: int
) -> tuple[int, list[Row]]:
    """How many borders between groups there are, and the rows at them whose word is of the group over the border."""
    borders, strange = 0, []
    for above, below in pairwise(rows):
        row, beside = (below, above) if step < 0 else (above, below)
        own, other = (tuple(plain_word(str(r[name])) for name in told.within) for r in (row, beside))
        if own != other and row[told.column]:
            borders += 1
            word = plain_word(row[told.column])
            if own in known and word not in known[own] and word in known.get(other, {}):
                strange.append(row)
    return borders, strange


def _slid(pairs: Sequence[tuple[Row, Row]], column: str) -> tuple[list[tuple[Row, object]], int]:
    """The rows that say what another key said before, as many rows off as the number told; none if too few do."""
    changed = [i for i, (row, old) in enumerate(pairs) if row[column] != old[column]]
    if len(changed) < max(_FEW, len(pairs) * _SHARE):
        return [], 0
    for offset in _OFFSETS:
        moved = [
            i for i in changed
            if 0 <= i + offset < len(pairs) and pairs[i][0][column] == pairs[i + offset][1][column] is not None
        ]  # fmt: skip
        commonest = max(Counter(pairs[i][0][column] for i in moved).values(), default=0)
        if len(moved) >= len(changed) * _SAME and commonest <= len(moved) * _ONE_WORD:
            return [(pairs[i][0], pairs[i][1][column]) for i in moved], offset
    return [], 0


def _judged(told: Publication) -> list[str]:
    return [
        name
        for name, column in told.columns.items()
        if name not in told.key and name not in PLACES and column.type is not Type.FLAG
    ]


def _in_order(rows: Rows) -> Rows:
    return tuple(sorted(rows, key=lambda row: row.get("source_row") or 0))


def _finding(
    dossier: Dossier, table: str, scope: str, column: str, moved: Sequence[tuple[Row, object]], because: str
) -> Finding:
    return dossier.finding(
        "shifted_column",
        Severity.SEVERE,
        f"{column} of {dossier.release.name} does not stand in its own rows: in {len(moved):,} of them {because}",
        scope,
        evidence=[
            {"table": table, **place_of(row), column: row[column], **({} if was is None else {"was": was})}
            for row, was in moved
        ],
        count=len(moved),
        next_step="get the file again, or wait until the publisher has put the column right",
    )
