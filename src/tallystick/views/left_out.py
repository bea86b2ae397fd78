"""What a reader of a source's tables does not get, and why: columns left out, and cells withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tallystick.bench import Bench
from tallystick.nouns.source import Mask, Source

WHY = {
    Mask.NATURAL_PERSON: "the cell, where its row tells of a natural person",
    Mask.CONTACTS: "addresses, numbers and names of people to turn to, within the text",
    Mask.PROSE: "what names or reaches a person, within the text",
}


@dataclass(frozen=True)
class LeftOut:
    """Columns of a table, by the publisher's names, that are `left_out` whole for a reason.

    Or one of ours, in whichever `table` it is, of which cells are withheld: how many `cells` were, whole or in part,
    in all releases held.
    """

    table: str
    columns: tuple[str, ...]
    because: str
    cells: int | None = None


def left_out(bench: Bench, source: Source) -> Iterator[LeftOut]:
    """What of a source, in the order of its file: columns first."""
    withheld = Counter[str]()
    its = {release.id for release in bench.pipeline.ledger.releases(source.id)}
    for found in bench.findings():
        if found.kind == "withheld_cell" and found.release in its:
            withheld.update({str(row["column"]): int(row["cells"]) for row in found.evidence})
    masked = dict[tuple[str, Mask], list[str]]()
    for table, publication in source.publishes.items():
        for because, columns in publication.drop.items():
            yield LeftOut(table, tuple(columns), because)
        for own, column in publication.columns.items():
            if column.mask:
                masked.setdefault((own, column.mask), []).append(table)
    for (own, mask), tables in masked.items():
        yield LeftOut(", ".join(tables), (own,), WHY[mask], withheld[own])
