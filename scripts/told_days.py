"""Works out the day by which an award's page told a row of the register of technologies, into the files.

An action is taken as told 30 days after its own day, for as long as actions of civilian agencies go on arriving
(`tallystick.metrics.caveats.CIVILIAN_LAG`), and never later than the first capture held that has it. An entry cites
the page of the first of its contracts. Run it as `python -m scripts.told_days ../shared/data` after adding rows.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tallystick.catalog import read_words
from tallystick.metrics.caveats import CIVILIAN_LAG
from tallystick.nouns.register import span

ENTRIES = Path("records/registers/technologies")
PAGE = "https://www.usaspending.gov/award/"
LATEST = date(2026, 8, 20)
TOLD = re.compile(r"(?m)^(?P<before>[ -]*told_date: )\S+$")
Row = dict[str, str]


@dataclass(frozen=True)
class Actions:
    """By award: the days and modifications of its actions, each with the day of the first capture that has it."""

    by_award: Mapping[str, Mapping[tuple[date, str], date]] = field(hash=False)

    def of(self, award: str, modification: str = "") -> dict[date, date]:
        """Days of actions of an award (of one modification, where named), each with the first capture that has it."""
        held = self.by_award.get(award, {})
        days: dict[date, date] = {}
        for (day, number), capture in held.items():
            if not modification or number == modification:
                days[day] = min(capture, days.get(day, capture))
        return days


def told(day: date, capture: date) -> date:
    """The day by which an action was told, by its own day and the first capture that has it."""
    return min(day + CIVILIAN_LAG, max(capture, day))


def row_told(part: str, row: Row, actions: Actions) -> date | None:
    """The day by which a row was told that cites an award's page; None for any other row, or of an award not held."""
    if part not in ("events", "contracts") or not row["citation"].startswith(PAGE):
        return None
    award = row["citation"].split("_AWD_")[1].split("_")[0]
    days = actions.of(award, row.get("modification", ""))
    if part == "contracts":
        return told(*min(days.items())) if days else LATEST
    _, last = span(row["event_period"])
    return told(last, days.get(last, LATEST))


def retold(text: str, entry: dict[str, object], actions: Actions) -> str:
    """An entry's file with its told days as they are worked out, and the citation of its first contract."""
    rows = [(part, row) for part, of in entry.items() if isinstance(of, list) for row in of]
    days = [row_told(part, row, actions) for part, row in rows]
    paid = [
        (day, row["citation"]) for (part, row), day in zip(rows, days, strict=True) if part == "contracts" and day
    ]
    first = min(paid) if paid and str(entry["citation"]).startswith(PAGE) else None
    if first:
        text = re.sub(r"(?m)^citation: .*$", f"citation: {first[1]}", text, count=1)
    known = iter([first[0] if first else None, *days])
    return TOLD.sub(lambda found: f"{found['before']}{day}" if (day := next(known)) else found[0], text)


def captured(data: Path) -> Actions:
    """Every action of the captures under `data`, newest to earliest, so that the earliest is what remains."""
    found: dict[str, dict[tuple[date, str], date]] = {}
    for capture, path in sorted(_captures(data), reverse=True):
        for row in _rows(path):
            key = date.fromisoformat(row["Action Date"]), row["Modification"]
            found.setdefault(row["Award ID"], {})[key] = capture
    return Actions(found)


def _captures(data: Path) -> Iterator[tuple[date, Path]]:
    for path in data.rglob("CBP_ICE_FY*.csv*"):
        stated = re.search(r"_asof_(\d{4})(\d\d)(\d\d)_", path.name)
        yield date(*map(int, stated.groups())) if stated else LATEST, path


def _rows(path: Path) -> Iterator[Row]:
    held = path.read_bytes()
    text = (gzip.decompress(held) if path.suffix == ".gz" else held).decode("utf-8-sig")
    yield from csv.DictReader(io.StringIO(text, newline=""))


def main(data: Path) -> None:
    """Write the told days into every entry's file."""
    actions = captured(data)
    for path in sorted(ENTRIES.glob("*.yml")):
        if path.name == "register.yml":
            continue
        text = path.read_text()
        path.write_text(retold(text, read_words(path), actions))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
