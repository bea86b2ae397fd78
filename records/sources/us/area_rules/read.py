"""Reads a list that writes a blank after each comma, before the quote, which no plain table does."""

import csv
from collections.abc import Iterator

from tallystick import Member


def read(member: Member) -> Iterator[dict[str, object]]:
    """One row a rule."""
    with member.path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, skipinitialspace=True, strict=True)
