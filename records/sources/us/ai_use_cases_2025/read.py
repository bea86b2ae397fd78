"""Reads the consolidated inventory of 2025 and extracts of it."""

import ast
from collections.abc import Iterator

from tallystick import Member, ReleaseError
from tallystick.texts import delimited, written_day

LISTS = ("demographic_features", "hi_public_consultation")
Row = dict[str, object]


def read(member: Member) -> dict[str, list[Row]]:
    """One row a use case; where the inventory writes a list of answers, they stand with bars between."""
    is_extract = member.name.casefold().startswith("ice_")
    table = "ai_use_cases_2025_extract_published" if is_extract else "ai_use_cases_2025_published"
    return {table: list(_rows(member))}


def _rows(member: Member) -> Iterator[Row]:
    for number, row in enumerate(delimited(member), start=1):
        where = f"{member.name}, row {number}"
        department, bureau = row.get("agency", "").strip(), row.get("agency_bureau", "").strip()
        day, exact = written_day(row.get("operational_date", ""))
        yield {
            "inventory_year": 2025,
            "reported_by": f"DHS/{bureau}" if department == "DHS" else department,
            "operational_day": day,
            "operational_precision": exact,
            **row,
            **{name: _answers(row[name], f"{where}, {name}") for name in LISTS if name in row},
        }


def _answers(cell: str, where: str) -> str:
    """The answers of a list as the inventory's makers printed it; an empty one is a blank."""
    if not cell.startswith("["):
        return cell
    try:
        found = ast.literal_eval(cell)
    except (ValueError, SyntaxError) as error:
        raise ReleaseError(
            "this is no list of answers", where=where, next_step="see whether the cell is cut off"
        ) from error
    return " | ".join(" ".join(str(answer).split()) for answer in found)
