"""Reads the public API's answers; the CSV of the same notices is a plain table already."""

import json
from collections.abc import Iterator

from tallystick import Member, ReleaseError

Row = dict[str, object]


def read(member: Member) -> Iterator[Row] | None:
    """One row a notice, nested names joined with dots. None for a CSV.

    The path of organisation codes gives the agency, sub-agency and office; of people who may be asked only
    their number is kept. Raises `ReleaseError` when the answer is an error message or holds no notices.
    """
    if not member.name.endswith(".json"):
        return None
    answer = json.loads(member.path.read_text(encoding="utf-8"), parse_float=str)
    notices = answer.get("opportunitiesData") if isinstance(answer, dict) else None
    if not isinstance(notices, list):
        raise ReleaseError(
            "this is no answer of the opportunities search: it has no list 'opportunitiesData'",
            where=member.name,
            next_step="look at the file: it may be an error message of the site's; then download it again",
        )
    return (_organisations(flattened(notice)) for notice in notices)


def flattened(value: Row, above: str = "") -> Row:
    """The leaves of nested objects by their dotted names; a list of texts with bars between, else its length.

    What is null is left out: the API writes null for a whole object too (`award`), whose leaves are columns.
    """
    row: Row = {}
    for name, found in value.items():
        if isinstance(found, dict):
            row |= flattened(found, f"{above}{name}.")
        elif isinstance(found, list):
            texts = all(isinstance(item, str) for item in found)
            row[above + name] = "|".join(found) if texts else len(found)
        elif found is not None:
            row[above + name] = found
    return row


def _organisations(row: Row) -> Row:
    """The row with its codes of department, sub-tier and office, which the API writes as one path."""
    path = str(row.get("fullParentPathCode") or "").split(".")
    names = str(row.get("fullParentPathName") or "").split(".")
    code = dict(zip(("agencyCode", "subTierCode", "officeCode"), path, strict=False))
    name = dict(zip(("department", "subTier", "office"), names, strict=False)) if len(names) == len(path) else {}
    return name | code | row
