"""Reads an issue of the Federal Register in XML, or notices cut out of one: those under the Privacy Act.

What stands under the headings for addresses and further information, and who signed, is never read: it is about the
people who may be asked.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from tallystick import Member, ReleaseError
from tallystick.documents import Node, xml_document

from .dates import due_date, sentences_about
from .systems import own_systems, participants

Row = dict[str, object]
ABOUT = re.compile(r"privacy act|systems? of records|(?:computer[- ])?matching (?:program|agreement)", re.IGNORECASE)
NUMBER = re.compile(r"FR Doc\.?\s*([0-9A-Z]{1,5}-[0-9A-Z]+)")
ROOTS = ("FEDREG", "FEDREG_SAMPLE", "NOTICE")
EFFECTS = re.compile(r"\b(?:effective|applicable|applicability|in effect|take effect|begin)", re.IGNORECASE)
COMMENTS = re.compile(r"\bcomments?\b", re.IGNORECASE)


def read(member: Member) -> Iterator[Row]:
    """One row a notice about a system of records or a matching programme; all other notices are passed over.

    Raises `ReleaseError` where the document is no issue of the Federal Register, or states no day.
    """
    root = xml_document(member)
    if root.name not in ROOTS:
        raise ReleaseError(
            f"this is no issue of the Federal Register: it begins with <{root.name[:40]}>",
            where=member.name,
            next_step="get the issue's XML from the bulk data of govinfo.gov",
        )
    day, volume = issued(root, member), volume_of(root)
    page = ""
    for node in (root, *root.all("PRTPAGE", "NOTICE")):
        if node.name == "PRTPAGE":
            page = node.attribute("P")
        elif node.name == "NOTICE" and ABOUT.search(headed(node)):
            citation = f"{volume} FR {page}" if volume.isdecimal() and page.isdecimal() else ""
            yield {"publication_date": day, "citation": citation, **notice(node, day, member)}


def notice(node: Node, day: date, member: Member) -> Row:
    """What a notice says of itself. Raises `ReleaseError` where it has no document number."""
    number = NUMBER.search(plain(node.says("FRDOC")))
    if number is None:
        raise ReleaseError(
            "a notice under the Privacy Act has no document number",
            where=f"{member.name}, {headed(node)[:80]}",
            next_step="it is cut off: get the issue again",
        )
    dates = under(node, "DATES")
    effective, comments = sentences_about(EFFECTS, dates), sentences_about(COMMENTS, dates)
    return {
        "document_number": number[1],
        "agency": several(node, "AGENCY"),
        "sub_agency": several(node, "SUBAGY"),
        "subject": node.says("SUBJECT"),
        "action": under(node, "ACT"),
        "docket": plain(node.says("DEPDOC")).strip("[]").removeprefix("Docket No. "),
        **own_systems(node),
        "participants": participants(node),
        "effective_said": effective,
        "effective_not_before_date": due_date(sentences_about(EFFECTS, dates, without=COMMENTS) or effective, day),
        "comments_said": comments,
        "comments_due_date": due_date(comments, day),
    }


def headed(node: Node) -> str:
    """What tells which notices are meant: the subject and the action."""
    return f"{node.says('SUBJECT')} {under(node, 'ACT')}"


def under(node: Node, section: str) -> str:
    """The paragraphs of a part of the preamble, without its heading."""
    found = node.first(section)
    text = " ".join(part.text for part in found.all("P")) if found else ""
    return re.sub(r"\s+([.,;:])", r"\1", text)


def several(node: Node, name: str) -> str:
    return " | ".join(found.text for found in node.all(name))


def plain(text: str) -> str:
    """The text with every kind of dash as a hyphen."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", text)


def issued(root: Node, member: Member) -> date:
    """The issue's day: what it states, else what its file's name does."""
    for said, form in ((root.attribute("date"), "%Y-%m-%d"), (root.says("DATE"), "%A, %B %d, %Y")):
        if said:
            try:
                return datetime.strptime(said, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
    named = re.search(r"\d{4}-\d{2}-\d{2}", member.name)
    if named is None:
        raise ReleaseError(
            "this issue does not state its day, and neither does its file's name",
            where=member.name,
            next_step="call the file FR-YYYY-MM-DD.xml, as the publisher does",
        )
    return date.fromisoformat(named[0])


def volume_of(root: Node) -> str:
    return root.says("VOL") if root.name != "NOTICE" else ""
