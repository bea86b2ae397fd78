"""Does a cell hold the answer to another column's question? A pasted cell slips to the column beside it.

`expect.answers` says in so many words what each question is answered with. Nothing is put back: what the cell was
meant to say is not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tallystick.checks.dossier import Dossier, Row, place_of
from tallystick.nouns.finding import Finding, Severity

_ROW, _FEW, _SHARE = 3, 5, 0.01
_LISTED = re.compile(r"^\W*[a-z]\)\s+")
_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Moved:
    """A `row` whose cell in `column` is an answer to the question of `belongs_to`, `by` columns further on."""

    row: Row
    column: str
    belongs_to: str
    by: int

    @property
    def evidence(self) -> Row:
        return {
            **place_of(self.row),
            "column": self.column,
            "cell": self.row[self.column],
            "answers": self.belongs_to,
        }


def moved_cell(dossier: Dossier) -> Iterator[Finding]:
    """Cells that answer another column's question and not their own: a warning for each column and scope, severe
    from a hundredth of the rows and five."""
    for table, scope, rows, found in _by_scope(dossier):
        shifted = _shifted(found)
        for column in dict.fromkeys(moved.column for moved in found):
            of = [moved for moved in found if moved.column == column and id(moved.row) not in shifted]
            if of:
                first = of[0]
                yield dossier.finding(
                    "moved_cell",
                    Severity.SEVERE if len(of) >= max(_FEW, rows * _SHARE) else Severity.WARNING,
                    f"{len(of)} cell(s) of {column} in {dossier.release.name} answer the question of "
                    f"{first.belongs_to}, such as '{first.row[column]}' (row {place_of(first.row)['row']})",
                    scope,
                    evidence=[{"table": table, **moved.evidence} for moved in of],
                    count=len(of),
                    next_step=f"ask the publisher; until then what {column} says there is unknown",
                )


def shifted_row(dossier: Dossier) -> Iterator[Finding]:
    """Rows of which three cells or more stand as many columns off: a warning, severe from a hundredth of the rows
    and five."""
    for table, scope, rows, found in _by_scope(dossier):
        shifted = _shifted(found)
        if shifted:
            moved = [one for one in found if id(one.row) in shifted]
            first = moved[0]
            yield dossier.finding(
                "shifted_row",
                Severity.SEVERE if len(shifted) >= max(_FEW, rows * _SHARE) else Severity.WARNING,
                f"{len(shifted)} row(s) of {dossier.release.name} are shifted against their columns, such as row "
                f"{place_of(first.row)['row']}, by {abs(shifted[id(first.row)])} column(s)",
                scope,
                evidence=[{"table": table, **one.evidence} for one in moved],
                count=len(shifted),
                next_step="see whether a cell is lost or too many before them, and ask the publisher",
            )


def moved_cells(rows: tuple[Row, ...], answers: Mapping[str, list[str]]) -> list[Moved]:
    """The cells that are no answer of their own column's and are one of another column's."""
    known = {column: {plain_answer(answer) for answer in said} for column, said in answers.items()}
    order = list(answers)
    found = []
    for row in rows:
        for column, own in known.items():
            said = [plain_answer(part) for part in str(row.get(column) or "").split(" | ")]
            strange = [answer for answer in said if answer and answer not in own]
            owners = [other for answer in strange for other in order if answer in known[other]]
            if owners:
                nearest = min(owners, key=lambda other: abs(order.index(other) - order.index(column)))
                found.append(Moved(row, column, nearest, order.index(nearest) - order.index(column)))
    return found


def plain_answer(cell: str) -> str:
    """The words of an answer: small letters, without the letter that lists it (`b) `) and without signs.

    Of a choice with its explanation (`Deployed – The use case is ...`) the choice.
    """
    bare = _LISTED.sub("", cell.casefold())
    choice = re.split(r"\s[–-]\s+the use case|:", bare)[0]
    return _SIGNS.sub(" ", choice).strip()


def _by_scope(dossier: Dossier) -> Iterator[tuple[str, str, int, list[Moved]]]:
    for table, answers, _ in dossier.expecting("answers"):
        for scope, rows in dossier.by_scope(table).items():
            found = moved_cells(rows, answers)
            if found:
                yield table, scope, len(rows), found


def _shifted(found: list[Moved]) -> dict[int, int]:
    """The rows with three cells moved as far as one another, and how far."""
    far = Counter((id(moved.row), moved.by) for moved in found)
    return {row: by for (row, by), cells in far.items() if cells >= _ROW}
