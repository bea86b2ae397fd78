"""Reads a page on which the department lists privacy impact assessments, of any of the layouts it has used.

A component's page has a heading with the number over each assessment, the publication library a list of links, a
publication's own page a heading and a table of files. In each the number begins what is told of one assessment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from tallystick import Member, ReleaseError
from tallystick.documents import Node, html_document

Row = dict[str, object]
BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "dt", "dd")
HEADINGS = ("h2", "h3", "h4")
DASH = "[\u2010-\u2015\u2212-]"
SIGN = "[/\u2010-\u2015\u2212-]"
NUMBER = re.compile(
    rf"\s*DHS\s*{SIGN}\s*([A-Z&]{{2,8}}(?:/[A-Z&]{{2,8}})?)\s*{SIGN}\s*(PIA|PTA)\s*{DASH}?\s*(\d{{1,3}})(?!\d)"
    rf"\s*(\([a-z]{{1,2}}\))?\s*(?:{DASH}|:)?\s*",
    re.IGNORECASE,
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATED = re.compile(rf"\b(?:{MONTHS}) (?:\d{{1,2}}, )?(?:19|20)\d\d\b|\b\d{{1,2}}/\d{{1,2}}/20\d\d\b")
SYSTEM = re.compile(rf"\bDHS/([A-Z]{{2,8}})\s?{DASH}\s?(\d{{3}})\b(?!/)")


@dataclass
class Item:
    """An assessment while the page is read: its row so far, and what was told of it."""

    row: Row
    told: list[str] = field(default_factory=list)


def read(member: Member) -> Iterator[Row]:
    """One row an assessment. Raises `ReleaseError` where the page lists none."""
    items = list(listed(html_document(member)))
    if not items:
        raise ReleaseError(
            "this page lists no privacy impact assessment by its number",
            where=member.name,
            next_step="save the component's page of privacy documents again, whole, from www.dhs.gov",
        )
    seen: dict[tuple[object, object], Row] = {}
    for item in items:
        row = {**item.row, **dated(" ".join(item.told)), "systems": systems(" ".join(item.told))}
        seen.setdefault((row["number"], row["title"]), row)
    return iter(seen.values())


def listed(page: Node) -> Iterator[Item]:
    item: Item | None = None
    section = ""
    for block in page.all(*BLOCKS, "a"):
        if block.name == "a":
            if item and not item.row["link"] and leads_to_it(block):
                item.row["link"] = block.attribute("href")
            continue
        if block.first(*BLOCKS):
            continue
        text, found = block.text, NUMBER.match(block.text)
        if found:
            if item:
                yield item
            link = block.first("a")
            led = NUMBER.match(link.text) if link else None
            row = begun(led, link.text, section) if link and led else begun(found, text, section)
            item = Item({**row, "link": link.attribute("href") if link else None}, [text])
        elif block.name in HEADINGS and text:
            section = text
        elif item:
            item.told.append(text)
    if item:
        yield item


def begun(found: re.Match[str], text: str, section: str) -> Row:
    component, kind = found[1].upper(), found[2].upper()
    base = f"DHS/{component}/{kind}-{int(found[3]):03}"
    rest = text[found.end() :]
    day = DATED.search(rest)
    title = (rest[: day.start()] if day else rest).split(" (PDF")[0].strip(" ,;\u2013-")
    return {
        "number": base + (found[4] or "").lower(),
        "base_number": base,
        "kind": kind,
        "component": component,
        "title": title or "(untitled)",
        "section": section,
        "is_retired": "retire" in section.lower(),
        "link": None,
    }


def leads_to_it(link: Node) -> bool:
    address = link.attribute("href").lower()
    return address.endswith(".pdf") or "/publication/" in address


def dated(told: str) -> Row:
    """The first day or month told of; a day that the calendar does not have stays what is printed."""
    found = DATED.search(told)
    if found is None:
        return {"dated_said": None, "published_date": None, "published_month": None}
    day, month = parsed(found[0])
    return {"dated_said": found[0], "published_date": day, "published_month": month}


def parsed(said: str) -> tuple[date | None, str | None]:
    for form, is_day in (("%B %d, %Y", True), ("%m/%d/%Y", True), ("%B %Y", False)):
        try:
            made = datetime.strptime(said, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return (made if is_day else None), f"{made:%Y-%m}"
    return None, None


def systems(told: str) -> str:
    return "|".join(dict.fromkeys(f"DHS/{part}-{number}" for part, number in SYSTEM.findall(told)))
