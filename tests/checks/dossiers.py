"""Made workbooks, so small that each check of whole releases can be seen to find what it should and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from tallystick.checks.dossier import Dossier, Held, Row, Rows
from tallystick.nouns.expected import Sheets
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Cadence, Column, Expect, Publication, Releases, Source

SHEETS, FIGURES = "made_sheets", "made_figures"
MATCH = r"FY(?P<fiscal_year>\d\d)_(?P<as_of>\d{8})(?:_seen(?P<published>\d{8}))?\.xlsx"


def source(sheets: Sheets | None = None) -> Source:
    told = Publication(grain="one sheet", columns={}, expect=Expect(sheets=sheets or Sheets()))
    figures = Publication(grain="one figure", columns={"sheet": Column()})
    return Source(
        title="Made", publisher="Made", licence="none", citation="none", cadence=Cadence.WEEKLY,
        publishes={SHEETS: told, FIGURES: figures}, releases=Releases(match=[MATCH]), id="made",
    )  # fmt: skip


def release(day: date, year: int | None = None, published: date | None = None) -> Release:
    """A workbook whose name says that it is of `day` and of fiscal year `year` (that of the day, if None)."""
    year = year or day.year + (day.month > 9)
    name = f"FY{year % 100:02}_{day:%Y%m%d}.xlsx"
    provenance = Provenance("made", name, as_of=day, published=published)
    return Release(provenance, name, 1, datetime(2026, 1, 1, tzinfo=UTC))


def sheet(tab: str, stated: date | None, body: str, year: int = 2024, **more: Any) -> Row:
    """A sheet that prints the day `stated` and holds the numbers that `body` stands for."""
    row = {
        "sheet": f"{tab} FY{year % 100}", "tab": tab, "place": 1, "is_hidden": False, "title": tab,
        "fiscal_year": str(year), "fiscal_year_in_name": str(year), "stated_date": stated,
        "fingerprint": f"{body}{stated}", "body_fingerprint": body, "filled": 100,
    }  # fmt: skip
    return {**row, **more}


def dossier(held: Held, earlier: Iterable[Held] = (), sheets: Sheets | None = None) -> Dossier:
    """The release `held` after `earlier` ones; a figure was read of every sheet shown."""
    own, rows = held
    return Dossier(own, source(sheets), {SHEETS: rows, FIGURES: figures(rows)}, {SHEETS: tuple(earlier)})


def figures(rows: Rows) -> Rows:
    return tuple(
        {"sheet": row["sheet"], "scope": f"FY{row['fiscal_year']}/{row['tab']}"}
        for row in rows
        if not row["is_hidden"]
    )
