"""Reads four small files of one publisher; the daily arrests have a column for each state."""

import csv
from collections.abc import Iterator

from tallystick import Member, ReleaseError

Row = dict[str, object]
TABLES = {
    "detention_by_outcome": "minnesota_detention_outcomes_published",
    "mn_detainers_over_time": "minnesota_detainers_published",
    "stay_lengths": "minnesota_stay_lengths_published",
}
DAY, NUMBER = "apprehension_date", ""


def read(member: Member) -> dict[str, list[Row]]:
    """The rows of the one table that the file's name tells, without the row numbers that a program wrote."""
    with member.path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            {name: cell for name, cell in row.items() if name != NUMBER} for row in csv.DictReader(file, strict=True)
        ]
    table = next((table for word, table in TABLES.items() if word in member.name), None)
    if table:
        return {table: [dict(row) for row in rows]}
    return {"minnesota_daily_arrests_published": list(by_state(member, rows))}


def by_state(member: Member, rows: list[dict[str, str]]) -> Iterator[Row]:
    """One row a day and state. A blank cell of a day that has others is no arrest in that state: it has no row."""
    for row in rows:
        if DAY not in row:
            raise ReleaseError(f"there is no column '{DAY}'", where=member.name, next_step="see what the file is")
        for state, arrests in row.items():
            if state != DAY and arrests != "NA":
                yield {"day": row[DAY], "state_name": state, "arrests": arrests}
