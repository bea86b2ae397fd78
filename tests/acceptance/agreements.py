"""The lists of 287(g) agreements read a second time, by other code, for figures to be held against."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import python_calamine

DATED = {"08022025": "09022025", "01052025": "01052026", "01092025": "01092026"}


def entries(path: Path) -> list[tuple[str, str, str]]:
    """State, agency and model of every row of a list, in one case, with straight apostrophes and single spaces."""
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    head = rows[0]
    told = (dict(zip(head, row, strict=True)) for row in rows[1:] if any(row))
    names = ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE")
    return [tuple(_plain(str(row[name])) for name in names) for row in told]  # type: ignore[misc]


def day(path: Path) -> date:
    """The day in a file's name, mended where it is known to be wrong."""
    digits = "".join(sign for sign in path.stem.split("__")[0] if sign.isdigit())
    if "-" in path.stem:
        return date.fromisoformat(digits[:8])
    digits = digits[:2] + digits[3:9] if len(digits) >= 9 and digits[2] == "0" and digits[5:7] == "20" else digits[:8]
    digits = DATED.get(digits, digits) if "participating" in path.name or digits.startswith("01") else digits
    return date(int(digits[4:8]), int(digits[:2]), int(digits[2:4]))


def growth(folder: Path) -> set[tuple[date, int, int]]:
    """Day, agreements and agencies of every list that somebody else counted."""
    with (folder / "agreements_287g" / "287g_growth.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {(date.fromisoformat(r["date"]), int(r["agreements"]), int(r["agencies"])) for r in rows}


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").replace("\u2018", "'").split()).lower()
