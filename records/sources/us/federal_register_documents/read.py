"""Reads answers of the Federal Register's document search."""

import json
from collections.abc import Iterator

from tallystick import Member, ReleaseError

Row = dict[str, object]


def read(member: Member) -> Iterator[Row]:
    """One row a document; a document of another type stays one, and is judged by its type.

    Raises `ReleaseError` where the answer is an error message, holds no documents, or gives fewer than it counts: a
    page of several is no whole answer.
    """
    try:
        answer = json.loads(member.path.read_text(encoding="utf-8"), parse_float=str)
    except ValueError as error:
        raise _refused(f"this is no JSON: {error}", member) from error
    documents = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(documents, list) or not all(isinstance(document, dict) for document in documents):
        raise _refused("this is no answer of the document search: it has no list 'results'", member)
    if answer.get("count") != len(documents):
        raise _refused(f"it counts {answer.get('count')} documents and holds {len(documents)}", member)
    return map(_row, documents)


def _refused(says: str, member: Member) -> ReleaseError:
    return ReleaseError(says, where=member.name, next_step="ask the search again, whole, for fewer days if need be")


def _row(document: Row) -> Row:
    """The document with its agencies told apart, departments and what is theirs, and its lists with bars between."""
    told = {name: value for name, value in document.items() if name not in ("agencies", "docket_ids")}
    agencies = document.get("agencies") or []
    agencies = [agency for agency in agencies if isinstance(agency, dict)] if isinstance(agencies, list) else []
    dockets = document.get("docket_ids") or []
    return told | {
        "agency": _joined(agency for agency in agencies if not agency.get("parent_id")) or _joined(agencies),
        "sub_agency": _joined(agency for agency in agencies if agency.get("parent_id")),
        "agency_codes": "|".join(str(agency["slug"]) for agency in agencies if agency.get("slug")),
        "docket": "|".join(map(str, dockets)) if isinstance(dockets, list) else str(dockets),
    }


def _joined(agencies: "Iterator[Row] | list[Row]") -> str:
    """Their names; `raw_name` is what the notice printed where the register knows no agency of that name."""
    return " | ".join(str(agency.get("name") or agency.get("raw_name")) for agency in agencies)
