"""Reads the page of one report on Oversight.gov: what it says of the report, and its open recommendations."""

import re
from collections.abc import Iterator

from tallystick import Member, ReleaseError
from tallystick.documents import Node, html_document

Row = dict[str, object]
NUMBER = "Recommendation Number"
MUST = ("Report Number", "Date Issued", "Submitting OIG")
MONEY = ("Questioned Costs", "Unsupported Costs", "Funds for Better Use")
OPEN = re.compile(r"This report has (\d[\d,]*|no) open recommendations?", re.IGNORECASE)
LISTED = re.compile(r"\b(open|closed) recommendations\b", re.IGNORECASE)


def read(member: Member) -> dict[str, list[Row]]:
    """The report, and a row for each recommendation listed.

    Raises `ReleaseError` where the page is of something else, or lists fewer open recommendations than it counts.
    """
    page = html_document(member)
    told = {name: text for field in labelled(page) for name, text in [field] if text}
    if missing := [name for name in MUST if name not in told]:
        raise refused(f"this is no page of a report on Oversight.gov: it does not say '{missing[0]}'", member)
    rows = [{"Report Number": told["Report Number"], **row} for row in recommendations(page)]
    counted = OPEN.search(page.text)
    stated = None if counted is None else 0 if counted[1].lower() == "no" else int(counted[1].replace(",", ""))
    listed = sum(row["status"] == "open" for row in rows)
    if stated is not None and stated != listed:
        raise refused(f"the page counts {stated} open recommendations and lists {listed}", member)
    report: Row = {**told, "title": page.says("h1"), "(open)": stated}
    return {"oversight_reports_published": [report], "oversight_recommendations_published": rows}


def labelled(page: Node) -> Iterator[tuple[str, str]]:
    """What stands under each label of the page's fields; days as YYYY-MM-DD, several items with bars between."""
    for field in page.all("div"):
        label = next((child for child in field.children if child.has_class("title")), None)
        if field.has_class("field") and label is not None:
            items = [item for item in field.all("div") if item.has_class("field__item")]
            yield label.text, " | ".join(dict.fromkeys(filter(None, map(said, items)))).strip()
    for link in page.all("a"):
        if link.has_class("report-download-button"):
            yield "View Report", link.attribute("href")


def said(item: Node) -> str:
    day, link = item.first("time"), item.first("a")
    if day is not None and day.attribute("datetime"):
        return day.attribute("datetime")[:10]
    text = item.text
    return amount(text) if re.fullmatch(r"\$[\d,.]+", text) else text or (link.attribute("href") if link else "")


def recommendations(page: Node) -> Iterator[Row]:
    """A row for each line of the lists; what it recommends stands in the last cell or on a line of its own below."""
    status = "open"
    for node in page.all("h2", "h3", "h4", "caption", "table"):
        if node.name != "table":
            found = LISTED.search(node.text)
            status = found[1].lower() if found else status
        elif NUMBER in (header := [cell.text for cell in node.all("th")]):
            yield from lines(node, header, status)


def lines(table: Node, header: list[str], status: str) -> Iterator[Row]:
    row: Row = {}
    for line in table.all("tr"):
        cells = [cell.text for cell in line.all("td")]
        if len(cells) > 1:
            if row:
                yield row
            row = {"status": status, "text": None, **told_by(dict(zip(header, cells, strict=False)))}
        elif cells and row and cells[0]:
            row["text"] = cells[0]
    if row:
        yield row


def told_by(cells: dict[str, str]) -> Row:
    row: Row = {name: amount(text) if text.startswith("$") else text for name, text in cells.items()}
    details = str(row.get("Additional Details") or "")
    return row | ({"text": details, "Additional Details": None} if details.startswith("We recommend") else {})


def amount(text: str) -> str:
    return text.replace("$", "").replace(",", "").strip()


def refused(says: str, member: Member) -> ReleaseError:
    return ReleaseError(
        says, where=member.name, next_step="save the report's page again, whole, from www.oversight.gov/reports"
    )
