"""Reads the page of one report of GAO: its number and days, and what became of each recommendation."""

import re
from collections.abc import Iterator
from datetime import datetime

from tallystick import Member, ReleaseError
from tallystick.documents import Node, html_document

Row = dict[str, object]
HEADER = ("Agency Affected", "Recommendation", "Status")
PUBLISHED = re.compile(r"\b(GAO-\d{2}-\d+[A-Z]*)\b\s+Published: (\w{3} \d{1,2}, \d{4})")
RELEASED = re.compile(r"Publicly Released: (\w{3} \d{1,2}, \d{4})")
NUMBER = re.compile(r"\(Recommendation (\d+)\)\.?$", re.IGNORECASE)
STATUS = re.compile(
    r"(Open|Closed)(?:\s*(?:--|[\u2010-\u2015-])\s*"
    r"(Partially Addressed|Implemented|Not Implemented|No Longer Valid|Superseded))?",
    re.IGNORECASE,
)


def read(member: Member) -> dict[str, list[Row]]:
    """The report and its recommendations. Raises `ReleaseError` where the page is of something else."""
    page = html_document(member)
    found = PUBLISHED.search(page.text)
    if found is None:
        raise refused("this is no page of a report of GAO: it does not say when it was published", member)
    rows = [{"report_code": found[1], **row} for row in recommendations(page, member)]
    released = RELEASED.search(page.text)
    report: Row = {
        "report_code": found[1],
        "title": page.says("h1"),
        "issued_date": iso(found[2]),
        "released_date": iso(released[1]) if released else None,
        "recommendations": len(rows),
    }
    return {"gao_products_published": [report], "gao_product_recommendations_published": rows}


def recommendations(page: Node, member: Member) -> Iterator[Row]:
    place = 0
    for table in page.all("table"):
        header = [re.sub(r"\s*Sort (?:as|des)cending", "", cell.text) for cell in table.all("th")]
        if not set(HEADER) <= set(header):
            continue
        for line in table.all("tr"):
            cells = dict(zip(header, (cell.text for cell in line.all("td")), strict=False))
            if cells:
                place += 1
                yield recommendation(cells, place, member)


def recommendation(cells: dict[str, str], place: int, member: Member) -> Row:
    """A row, its status told from what GAO says of it. Raises `ReleaseError` where the cell begins with none."""
    text, told = cells.get("Recommendation", ""), cells.get("Status", "")
    found, number = STATUS.match(told), NUMBER.search(text)
    if found is None:
        raise refused(f"recommendation {place} has no status that is known: '{told[:60]}'", member)
    return {
        "agency": cells.get("Agency Affected"),
        "number": number[1] if number else str(place),
        "text": text,
        "status": " - ".join(part.title() for part in found.groups() if part),
        "comments": told[found.end() :].strip() or None,
    }


def iso(day: str) -> str:
    """`Jan 27, 2021` as 2021-01-27; anything else as it stands, to be judged."""
    try:
        return str(datetime.strptime(day, "%b %d, %Y").date())  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return day


def refused(says: str, member: Member) -> ReleaseError:
    return ReleaseError(says, where=member.name, next_step="save the report's page again, whole, from www.gao.gov")
