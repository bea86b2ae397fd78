"""Made-up arrests of some days in three areas, of which one has few: a home that small counts could be told from."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from tallystick.bench import Bench
from tallystick.decisions import Decisions
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

AREAS = {"Dallas": ("DAL", 9), "Miami": ("MIA", 4), "Buffalo": ("BUF", 1)}
METHODS = ("Located", "287(g) Program")
FIRST, DAYS = date(2018, 10, 1), 60
Arrest = tuple[str, date, str]


def arrests() -> list[Arrest]:
    turn = random.Random(5)
    return [
        (area, FIRST + timedelta(days), METHODS[turn.random() < 0.2])
        for area, (_, many) in AREAS.items()
        for days in range(DAYS)
        for _ in range(turn.randint(0, 2 * many))
    ]


def otherwise(rows: Iterable[Arrest]) -> list[Arrest]:
    """The same arrests, but one of Miami and one of Dallas, on days with few in both, changed days.

    No count that may be told is another by that: of a day, of an area and month, of an area and method.
    """
    rows = list(rows)
    counts = Counter((area, day) for area, day, _ in rows)
    for one, (area, day, method) in enumerate(rows):
        for other, (beside, then, how) in enumerate(rows):
            few = all(3 <= counts[cell] <= 8 for cell in ((area, day), (area, then), (beside, day), (beside, then)))
            if few and day != then and (area, beside, method) == ("Miami", "Dallas", how) and day.month == then.month:
                rows[one], rows[other] = (area, then, method), (beside, day, how)
                return rows
    raise AssertionError("nothing can be changed without anybody seeing it")


def home_of(folder: Path, rows: Iterable[Arrest], published: date | None = None) -> Settings:
    """A home that holds one release of arrests, or one more if it is there."""
    sample = bundled_records() / "sources/us/ero_arrests/sample/EROArrests_FY2019.csv"
    head = sample.read_text().splitlines()[:6]
    lines = [
        f'"{area} Area of Responsibility"|{day:%m/%d/%Y}|"{method}"|"A"||"Other"|"(B)(6);(B)(7)(C) "|"N"|"Unknown"'
        for area, day, method in rows
    ]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "EROArrests_FY2019.csv"
    file.write_text("\n".join([*head, *lines]) + "\n")
    settings = Settings(home=folder / "home", records=(bundled_records(),), threads=1, memory_limit="2GB")
    pipeline = Pipeline(settings)
    pipeline.add(
        pipeline.catalog.source("ero_arrests"), file, Provenance("ero_arrests", file.name, published=published)
    )
    for found in Bench(pipeline).held_back():
        Decisions(pipeline).accept(found.id, "made up for a test", "a tester")
    return settings
