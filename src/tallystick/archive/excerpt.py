"""Writes what a bundle holds of a file that stays out of it: the rows counted, without what is withheld."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from tallystick.archive.resum import EXCERPT, records

Places = Mapping[str, Mapping[str, Collection[int]]]
"""The numbers of rows, by release and member."""


def places(evidence: Iterable[Path]) -> Places:
    """The rows of publishers' files that any of these `evidence.csv` names."""
    named: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for path in evidence:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("source_row"):
                    named[row["release_id"]][row["member"]].add(int(row["source_row"]))
    return named


def excerpt(
    original: Path, told: Mapping[str, Any], rows: Mapping[str, Collection[int]], shown: Collection[str], folder: Path
) -> Path:
    """Write the `rows` of `original`, by member, into `folder`: each cell as text, of the columns `shown` alone.

    `told` is what `provenance.json` says of the release.
    """
    found = [
        {"member": member, "source_row": number} | {name: cells[name] for name in cells if name in shown}
        for member, numbers in sorted(rows.items())
        for number, cells in records(original, member, told)
        if number in numbers
    ]
    path = folder / EXCERPT
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(dict.fromkeys(name for row in found for name in row)), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    return path
