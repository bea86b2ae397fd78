"""Reads the consolidated inventory of 2023: plain rows, and the year that its name says."""

from collections.abc import Iterator

from tallystick import Member
from tallystick.texts import delimited


def read(member: Member) -> Iterator[dict[str, object]]:
    """One row a use case. Bytes that are not UTF-8 are those of Windows."""
    for row in delimited(member, ("utf-8-sig", "cp1252")):
        yield {"inventory_year": 2023, **row}
