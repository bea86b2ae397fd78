"""Reads the consolidated inventory of 2024 and extracts of it, whose header names columns again and again."""

import re
from collections.abc import Iterator

from tallystick import Member
from tallystick.texts import delimited, written_day

DAYS = {"Date Implemented": "operational", "Date Retired": "retired"}
AGAIN = re.compile(r"(If Other, please explain\.)(?:\.\d| \(column \d+\))")
Row = dict[str, object]


def read(member: Member) -> dict[str, list[Row]]:
    """One row a use case. An extract numbers the columns that the inventory names again: these are called alike."""
    is_extract = member.name.casefold().startswith("ice_")
    table = "ai_use_cases_2024_extract_published" if is_extract else "ai_use_cases_2024_published"
    return {table: list(_rows(member))}


def _rows(member: Member) -> Iterator[Row]:
    for row in delimited(member, ("utf-8-sig", "cp1252")):
        department, bureau = row.get("Agency Abbreviation", "").strip(), row.get("Bureau", "").strip()
        told: Row = {}
        for header, name in DAYS.items():
            day, exact = written_day(row.get(header, ""))
            told |= {f"{name}_date": day, f"{name}_precision": exact}
        plain = {AGAIN.sub(r"\1", name): cell for name, cell in row.items() if not AGAIN.fullmatch(name)}
        yield {
            "inventory_year": 2024,
            "reported_by": f"DHS/{bureau}" if department == "DHS" else department,
            **told,
            **plain,
            "Other explanations": " | ".join(cell for name, cell in row.items() if AGAIN.fullmatch(name) and cell),
        }
