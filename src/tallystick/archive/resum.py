"""Adds the evidence up again, and looks each amount up in the publisher's own files. Python alone, no package.

    python resum.py

For every question whose metric is the sum of a column: the rows of evidence.csv must add up to result.csv, to the
cent; and where a release is delimited text (plain, gzip or ZIP), the row that the evidence names must hold the
amount in the original bytes. An original that is not in the bundle, because it tells of natural persons what is
withheld here, is looked at once it is put where this script says. This file is copied into every evidence bundle as
it stands.
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
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

csv.field_size_limit(1 << 24)


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


def looked_up(folder: Path, result: Path, question: Mapping[str, Any]) -> tuple[int, int]:
    """How many evidence rows hold their amount in the original bytes, and how many were looked up."""
    wanted: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(dict)
    for row in _rows(result / "evidence.csv"):
        if row.get("source_row"):
            amount = Decimal(row[question["sums"]] or 0)
            wanted[row["release_id"], row["member"]][int(row["source_row"])] = amount
    releases = {told["id"]: told for told in json.loads((folder / "provenance.json").read_text("utf-8"))["releases"]}
    held = seen = 0
    for (release_id, member), amounts in sorted(wanted.items()):
        told = releases[release_id]
        columns = told["publisher_columns"].get(question["sums"])
        if not told["is_text"] or not columns:
            continue
        file = folder / "releases" / release_id / told["name"]
        if not told["original_is_here"] and not file.exists():
            continue
        if hashlib.sha256(file.read_bytes()).hexdigest() != told["sha256"]:
            seen += len(amounts)
            continue
        for number, cells in enumerate(_original(file, member, told), start=1):
            if number in amounts:
                seen += 1
                held += _amount(cells, columns) == amounts[number]
    return held, seen


def missing(folder: Path) -> Iterator[str]:
    """What to do about each original that is not in the bundle."""
    for told in json.loads((folder / "provenance.json").read_text("utf-8"))["releases"]:
        file = Path("releases") / told["id"] / told["name"]
        if not told["original_is_here"] and not (folder / file).exists():
            yield f"not in the bundle: {told['name']}, sha256 {told['sha256']}\n"
            yield f"    have it from {told['citation']} and put it at data/{file.as_posix()}\n"


def _amount(cells: Mapping[str, str], columns: list[str]) -> Decimal | None:
    text = next((cells[name] for name in columns if name in cells), "").strip()
    return Decimal(text).quantize(Decimal("0.01")) if text else Decimal(0)


def _original(file: Path, member: str, told: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    name = told["name"].lower()
    if name.endswith(".zip"):
        with zipfile.ZipFile(file) as archive:
            raw = archive.read(member)
    else:
        raw = gzip.decompress(file.read_bytes()) if name.endswith(".gz") else file.read_bytes()
    text = io.StringIO(raw.decode(told["encoding"]).removeprefix("\ufeff"), newline="")
    return csv.DictReader(text, delimiter=told["delimiter"])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def main(folder: Path) -> int:
    faults = 0
    for result in sorted((folder / "results").iterdir()):
        question = json.loads((result / "question.json").read_text("utf-8"))
        if question["sums"] is None:
            sys.stdout.write(f"{result.name}: {question['metric']} is no plain sum: see rerun.py\n")
            continue
        found, count = sums(result, question)
        holds = found == stated(result, question)
        held, seen = looked_up(folder, result, question)
        faults += (not holds) + (seen - held)
        says = "add up to the result" if holds else "DO NOT add up to the result"
        if holds and set(found.values()) == {None}:
            says = "hold no amount, and the result says none: unknown"
        sys.stdout.write(
            f"{result.name}: {count} rows {says}; {held} of {seen} amounts looked up are in the originals\n"
        )
    sys.stdout.writelines(missing(folder))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
