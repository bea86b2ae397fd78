"""Reads one answer of the award page: nested objects become columns with dotted names."""

import json
from collections.abc import Iterator

from tallystick import Member, ReleaseError

Row = dict[str, object]


def read(member: Member) -> Iterator[Row]:
    """One row, the award. Numbers stay the text they are, so that no cent is lost.

    Raises `ReleaseError` when the answer is an error message or another page's.
    """
    answer = json.loads(member.path.read_text(encoding="utf-8"), parse_float=str)
    if not isinstance(answer, dict) or "generated_unique_award_id" not in answer:
        raise ReleaseError(
            "this is no answer of the award page: it has no 'generated_unique_award_id'",
            where=member.name,
            next_step="look at the file: it may be an error message of the site's; then download it again",
        )
    yield flattened(answer)


def flattened(value: Row, above: str = "") -> Row:
    """The leaves of nested objects by their dotted names; of a list its length; what is null is left out."""
    row: Row = {}
    for name, found in value.items():
        if isinstance(found, dict):
            row |= flattened(found, f"{above}{name}.")
        elif isinstance(found, list):
            row[above + name] = len(found)
        elif found is not None:
            row[above + name] = found
    return row
