"""Adds the evidence up again, and looks each amount up in the publisher's own files. Python alone, no package.

    python resum.py

For every question whose metric is the sum of a column: the rows of evidence.csv must add up to result.csv, to the
cent; and where a release is delimited text (plain, gzip or ZIP), the row that the evidence names must hold the
amount as the publisher wrote it. Where the original is not in the bundle, because it tells of natural persons what
is withheld here, an excerpt holds the rows counted: each cell as it stood, but for those that are withheld. Once the
original is put where this script says, it is held against its sha256, the excerpt against it, and the amounts are
looked up in it. This file is copied into every evidence bundle as it stands.

The exit code is 0 when all holds, 1 when something does not, 3 when an amount had no file to be looked up in.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

csv.field_size_limit(1 << 24)

EXCERPT = "excerpt.csv"
"""Beside where the original would be: `member`, `source_row`, and the publisher's columns that are not withheld."""

Record = tuple[int, Mapping[str, str]]
"""A row's number in its file, and its cells by the publisher's names."""

Sums = dict[tuple[str, ...], Decimal | None]
"""An amount by breakdown; None where no row holds one: that is unknown, not zero."""


def sums(result: Path, question: Mapping[str, Any]) -> tuple[Sums, int]:
    """The evidence rows added up by the question's breakdowns, and how many rows there are."""
    found: Sums = {} if question["by"] else {(): None}
    count = 0
    for row in _rows(result / "evidence.csv"):
        group = tuple(row[name] for name in question["by_columns"])
        amount = Decimal(row[question["sums"]]) if row[question["sums"]] else None
        so_far = found.setdefault(group, None)
        found[group] = so_far if amount is None else (so_far or Decimal(0)) + amount
        count += 1
    return found, count


def stated(result: Path, question: Mapping[str, Any]) -> Sums:
    """What result.csv says, by the breakdowns."""
    rows = _rows(result / "result.csv")
    return {
        tuple(row[name] for name in question["by"]): Decimal(row["value"]) if row["value"] else None for row in rows
    }


@dataclass
class LookedUp:
    """How many amounts stand in the files they are said to stand in, of how many, by kind of file."""

    in_originals: int = 0
    in_excerpts: int = 0
    wrong: int = 0
    nowhere: int = 0
    not_text: int = 0

    def __str__(self) -> str:
        looked_up = self.in_originals + self.in_excerpts + self.wrong
        told = [f"{self.in_originals + self.in_excerpts} of {looked_up} amounts looked up are in the originals"]
        if self.in_excerpts:
            told = [f"{told[0]} or excerpts of them ({self.in_excerpts} in excerpts)"]
        if self.nowhere:
            told.append(f"{self.nowhere} COULD NOT BE LOOKED UP: neither the original nor an excerpt is here")
        if self.not_text:
            told.append(f"{self.not_text} stand in files that are not delimited text: see rerun.py")
        return "; ".join(told)


def looked_up(folder: Path, result: Path, question: Mapping[str, Any]) -> LookedUp:
    """Each evidence row's amount beside the cell that it was read from."""
    wanted: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(dict)
    for row in _rows(result / "evidence.csv"):
        if row.get("source_row"):
            amount = Decimal(row[question["sums"]] or 0)
            wanted[row["release_id"], row["member"]][int(row["source_row"])] = amount
    count = LookedUp()
    for (release_id, member), amounts in sorted(wanted.items()):
        told = _releases(folder)[release_id]
        columns = told["publisher_columns"].get(question["sums"])
        original = folder / "releases" / release_id / told["name"]
        excerpt = original.with_name(EXCERPT)
        if not told["is_text"] or not columns:
            count.not_text += len(amounts)
        elif original.exists():
            held = _holds(records(original, member, told), amounts, columns) if _is(original, told) else 0
            count.in_originals += held
            count.wrong += len(amounts) - held
        elif excerpt.exists():
            held = _holds(excerpted(excerpt, member), amounts, columns)
            count.in_excerpts += held
            count.wrong += len(amounts) - held
        else:
            count.nowhere += len(amounts)
    return count


def _holds(rows: Iterable[Record], amounts: Mapping[int, Decimal], columns: list[str]) -> int:
    return sum(number in amounts and _amount(cells, columns) == amounts[number] for number, cells in rows)


def _is(original: Path, told: Mapping[str, Any]) -> bool:
    return hashlib.sha256(original.read_bytes()).hexdigest() == str(told["sha256"])


def untrue(folder: Path) -> Iterator[str]:
    """The excerpts that say something else than the original beside them, and originals that are none."""
    for told in _releases(folder).values():
        original = folder / "releases" / told["id"] / told["name"]
        excerpt = original.with_name(EXCERPT)
        if not original.exists():
            continue
        if not _is(original, told):
            yield f"{told['name']}: NOT the file that was read: its sha256 is not {told['sha256']}\n"
        elif excerpt.exists():
            for member in dict.fromkeys(row["member"] for row in _rows(excerpt)):
                said = dict(excerpted(excerpt, member))
                same = sum(
                    said[n].items() <= cells.items() for n, cells in records(original, member, told) if n in said
                )
                if same < len(said):
                    yield f"{told['name']}: {len(said) - same} row(s) of the excerpt are NOT in the original\n"


def missing(folder: Path) -> Iterator[str]:
    """What to do about each original that is not in the bundle."""
    for told in _releases(folder).values():
        file = Path("releases") / told["id"] / told["name"]
        if not told["original_is_here"] and not (folder / file).exists():
            has = ", an excerpt is" if (folder / file).with_name(EXCERPT).exists() else ""
            yield f"not in the bundle{has}: {told['name']}, sha256 {told['sha256']}\n"
            yield f"    have it from {told['citation']} and put it at data/{file.as_posix()}\n"


def _amount(cells: Mapping[str, str], columns: list[str]) -> Decimal | None:
    text = next((cells[name] for name in columns if name in cells), "").strip()
    return Decimal(text).quantize(Decimal("0.01")) if text else Decimal(0)


def records(file: Path, member: str, told: Mapping[str, Any]) -> Iterator[Record]:
    """The rows of a publisher's delimited text, plain, gzip or ZIP, as text and numbered from 1."""
    name = told["name"].lower()
    if name.endswith(".zip"):
        with zipfile.ZipFile(file) as archive:
            raw = archive.read(member)
    else:
        raw = gzip.decompress(file.read_bytes()) if name.endswith(".gz") else file.read_bytes()
    text = io.StringIO(raw.decode(told["encoding"]).removeprefix("\ufeff"), newline="")
    yield from enumerate(csv.DictReader(text, delimiter=told["delimiter"]), start=1)


def excerpted(excerpt: Path, member: str) -> Iterator[Record]:
    """The rows of a member that an excerpt holds, numbered as in the original."""
    for row in _rows(excerpt):
        if row.pop("member") == member:
            yield int(row.pop("source_row")), row


def _releases(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    releases = json.loads((folder / "provenance.json").read_text("utf-8"))["releases"]
    return {told["id"]: told for told in releases}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def main(folder: Path) -> int:
    faults = nowhere = 0
    for result in sorted((folder / "results").iterdir()):
        question = json.loads((result / "question.json").read_text("utf-8"))
        if question["sums"] is None:
            sys.stdout.write(f"{result.name}: {question['metric']} is no plain sum: see rerun.py\n")
            continue
        found, count = sums(result, question)
        holds = found == stated(result, question)
        amounts = looked_up(folder, result, question)
        faults += (not holds) + amounts.wrong
        nowhere += amounts.nowhere
        says = "add up to the result" if holds else "DO NOT add up to the result"
        if holds and set(found.values()) == {None}:
            says = "hold no amount, and the result says none: unknown"
        sys.stdout.write(f"{result.name}: {count} rows {says}; {amounts}\n")
    contradictions = list(untrue(folder))
    sys.stdout.writelines([*contradictions, *missing(folder)])
    if faults or contradictions:
        return 1
    return 3 if nowhere else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
