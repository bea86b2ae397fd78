"""Captures to judge: a made one that is clean, and the real ones, as rows that a fault can be put into."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tallystick.nouns.finding import Finding
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline

Row = dict[str, str]
COLUMNS = [
    "Agency",
    "Award ID",
    "Recipient Name",
    "Federal Action Obligation",
    "Action Date",
    "Modification",
    "Product/Service Description",
    "NAICS Description",
    "Transaction Description",
    "Generated Award ID",
]
AMOUNT, DAY, MODIFICATION = "Federal Action Obligation", "Action Date", "Modification"
ICE, CBP = "7012/FY2024", "7014/FY2024"


@dataclass(frozen=True)
class Mix:
    """How many actions an agency has, and the shares of them that move no money and take money back."""

    agency: str
    rows: int
    zero: float
    negative: float


def made(
    seed: int = 1, mixes: Iterable[Mix] = (Mix("ICE", 1237, 0.37, 0.09), Mix("CBP", 1718, 0.17, 0.15))
) -> list[Row]:
    """A clean capture of fiscal year 2024: each agency's rows sorted by amount, as the captures are."""
    chance = random.Random(seed)
    return [row for mix in mixes for row in _sorted(_agency(chance, mix))]


def real(path: Path) -> list[Row]:
    """The rows of a real capture."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(rows: list[Row], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def judged(
    pipeline: Pipeline, folder: Path, *captures: tuple[list[Row], date], year: int = 2024
) -> tuple[Finding, ...]:
    """The Findings about the last of the captures of a fiscal year, each added as of its day."""
    release = ""
    for rows, day in captures:
        path = write(rows, folder / f"CBP_ICE_FY{year}_asof_{day:%Y%m%d}_made.csv")
        source = pipeline.catalog.source("usaspending_captures")
        release = pipeline.add(source, path, Provenance(source.id, path.name))[0].id
    return tuple(finding for finding in pipeline.standing().findings if finding.release == release)


def of(rows: list[Row], agency: str) -> list[Row]:
    return [row for row in rows if row["Agency"] == agency]


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: -float(row[AMOUNT]))


def _agency(chance: random.Random, mix: Mix) -> Iterable[Row]:
    for number in range(mix.rows):
        kind = chance.random()
        amount = 0.0 if kind < mix.zero else round(chance.lognormvariate(11, 1.9), 2)
        if mix.zero <= kind < mix.zero + mix.negative:
            amount = -round(amount / 10, 2)
        yield {
            "Agency": mix.agency,
            "Award ID": f"70{mix.agency[0]}MADE{number // 3:06}",
            "Recipient Name": f"FIRM {chance.randrange(250)} LLC",
            AMOUNT: f"{amount:.2f}",
            DAY: str(date(2023, 10, 1) + timedelta(days=chance.randrange(366))),
            MODIFICATION: "0" if number % 3 == 0 else f"P{number % 3:05}",
            "Product/Service Description": f"SERVICE {chance.randrange(40)}",
            "NAICS Description": f"INDUSTRY {chance.randrange(30)}",
            "Transaction Description": f"ORDER {number}",
            "Generated Award ID": f"CONT_AWD_{mix.agency}_{number // 3:06}",
        }
