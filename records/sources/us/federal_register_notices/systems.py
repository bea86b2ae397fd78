"""Which systems of records a notice names, and who takes part in a matching programme."""

import re
from collections.abc import Iterator

from tallystick.documents import Node

_NAMED = re.compile(r"system (?:name and number|number and name|name|number)\b", re.IGNORECASE)
_MATCHED = re.compile(r"systems?(?:\(s\))? of records\b(?! notice)", re.IGNORECASE)
_TAKE_PART = re.compile(r"participating agenc", re.IGNORECASE)
_DEPARTMENT = re.compile(r"\(?\bDHS\)?\s*/[^|;]{0,80}?\b([A-Z]{2,5})\)?\s*-\s*(\d{3}[A-Z]?)\b")
_NUMBERED = re.compile(
    r"\b(?:[A-Z][A-Za-z&]+/)+[A-Z][A-Za-z&]+[- ]\d{1,4}(?:\.\d{1,4})?[A-Z]?\b"  # DHS/ICE-008, OPM/Central-1
    r"|\b(?!FR\b|CFR\b|USC\b|PL\b|NW\b|NE\b|DC\b|EO\b)[A-Z]{2,9}[- ]\d{1,4}(?:\.\d{1,4})?[A-Z]?\b(?!-)"  # FERC 22
    r"|(?<![-\d])\d{2}-\d{4}\b(?!-)"  # 60-0058
)


def own_systems(notice: Node) -> dict[str, object]:
    """`system_name` as printed and `systems`, the numbers in it; of a matching programme those of what is matched."""
    named = list(dict.fromkeys(_under(notice, _NAMED)))
    told = named or list(_under(notice, _MATCHED))
    numbers = [number for text in told for number in numbers_in(text)]
    return {"system_name": " | ".join(named), "systems": " | ".join(dict.fromkeys(numbers))}


def participants(notice: Node) -> str:
    return " ".join(_under(notice, _TAKE_PART))


def numbers_in(text: str) -> list[str]:
    """The numbers of systems of records in a text, with plain hyphens; DHS's in its short form (DHS/ICE-008)."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    plain = _DEPARTMENT.sub(r"DHS/\1-\2", plain)
    return [found[0] for found in _NUMBERED.finditer(plain)]


def _under(notice: Node, heading: re.Pattern[str]) -> Iterator[str]:
    """The paragraphs under a heading of their own, and those that begin with one in italics, without it."""
    inside = False
    for node in notice.all("HD", "P", "SUPLINF", "FURINF", "SIG"):
        if node.name != "P":
            inside = node.name == "HD" and heading.match(node.text) is not None
            continue
        lead = node.children[0] if node.children and node.children[0].name == "E" else None
        begins = lead is not None and node.text.startswith(lead.text) and lead.text.rstrip().endswith(":")
        if begins and lead is not None:
            inside = heading.match(lead.text) is not None
            if inside:
                yield node.text.removeprefix(lead.text).strip()
        elif inside:
            yield node.text
