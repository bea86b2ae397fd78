"""Reads the download of GAO's recommendations database: lines that say what it is, then the list."""

import csv
import html
import io
import re
from collections.abc import Iterator
from datetime import datetime

from tallystick import Member, ReleaseError

Row = dict[str, object]
FIRST = "Publication Name"
STATED = re.compile(r"Source: GAO recommendations database, status as of (.+?) ?")
ABOVE = (re.compile(r"Title: Download of GAO Recommendation Results"), re.compile(r"Prepared by: GAO"), STATED)
NUMBER = re.compile(
    r"[(\[]\s*(recommendations?|matters?(?: for (?:congressional )?consideration)?)"
    r"\s+(\d+(?:-\d+)?)\.?\s*[)\]]?\.?\s*",
    re.IGNORECASE,
)


def read(member: Member) -> Iterator[Row]:
    """One row a recommendation and agency, with the number that its text ends with.

    Raises `ReleaseError` where it is no such download, a line above the header says something new, or a line has
    more or fewer cells than the header: then it was cut off.
    """
    text = text_of(member)
    place = re.search(rf'^"?{FIRST}"?,', text, re.MULTILINE)
    if place is None:
        raise refused(f"this is no download of GAO's recommendations: it has no '{FIRST}'", member)
    stated = above(list(csv.reader(io.StringIO(text[: place.start()], newline=""))), member)
    try:
        header, *rows = csv.reader(io.StringIO(text[place.start() :], newline=""), strict=True)
    except csv.Error as error:
        raise refused(f"the list cannot be taken apart: {error}", member) from error
    for number, cells in enumerate(rows, start=1):
        if len(cells) != len(header):
            raise refused(f"row {number} has {len(cells)} cells and the header {len(header)}", member)
        yield row_of(dict(zip(header, map(html.unescape, cells), strict=True)), stated)


def row_of(told: dict[str, str], stated: str) -> Row:
    found = list(NUMBER.finditer(told.get("Recommendation", "")))
    last = found[-1] if found and found[-1].end() == len(told["Recommendation"]) else None
    day = told.get("Date Publication Issued", "")
    return {
        **told,
        "Publication Name": " ".join(told.get("Publication Name", "").split()),
        "Date Publication Issued": iso(day),
        "number": last[2] if last else None,
        "is_matter": None if last is None else last[1].lower().startswith("matter"),
        "stated_at": stated,
    }


def above(lines: list[list[str]], member: Member) -> str:
    """What the lines above the header say of when the list stood so; they say nothing else but its title."""
    stated = ""
    for text in filter(None, (" ".join(cell.strip() for cell in cells if cell.strip()) for cells in lines)):
        if not any(pattern.fullmatch(text) for pattern in ABOVE):
            raise refused(f"a line above the list says something new: '{text[:80]}'", member)
        found = STATED.fullmatch(text)
        stated = found[1].strip() if found else stated
    return stated


def iso(day: str) -> str:
    """`Sep 28, 2026` as 2026-09-28; anything else as it stands, to be judged."""
    try:
        return str(datetime.strptime(day, "%b %d, %Y").date())  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return day


def text_of(member: Member) -> str:
    try:
        return member.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(f"this is no UTF-8 text: {error.reason} at byte {error.start}", member) from error


def refused(says: str, member: Member) -> ReleaseError:
    return ReleaseError(says, where=member.name, next_step="download the list again, whole, from the database")
