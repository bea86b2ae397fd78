"""Reads counts for a period that only the file's name states."""

import csv
import re
from collections.abc import Iterator

from tallystick import Member, ReleaseError

PERIOD = re.compile(r".*_(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)\.csv")


def read(member: Member) -> Iterator[dict[str, object]]:
    """One row an area, with the first and the last day counted. Raises `ReleaseError` where no period is stated."""
    found = PERIOD.fullmatch(member.name)
    if found is None:
        raise ReleaseError(
            "the file's name states no period, and nothing in it does",
            where=member.name,
            next_step="find out which days it counts, and name it ..._2025-01-20_2026-08-06.csv",
        )
    with member.path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield {**row, "start_date": found[1], "end_date": found[2]}
