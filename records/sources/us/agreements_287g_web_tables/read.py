"""Reads a table of the 287(g) web page as somebody saved it: one row an agreement."""

from collections.abc import Iterator

from tallystick import Member
from tallystick.workbooks import Listing, list_sheets, listing, tidy, workbook

MUST = ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE")
TELLING = (*MUST, "SIGNED")
Row = dict[str, object]


def read(member: Member) -> dict[str, list[Row]]:
    """The agreements of the list, and what can be said of each sheet of the workbook."""
    book = workbook(member)
    found = listing(book, MUST)
    rows = list(_agreements(found))
    return {
        "agreements_287g_web_tables_published": rows,
        "agreements_287g_web_tables_sheets_published": list_sheets(book, found, TELLING),
    }


def _agreements(found: Listing) -> Iterator[Row]:
    for row in found.rows:
        yield {
            **row,
            "agency_tidied": tidy(row["LAW ENFORCEMENT AGENCY"]),
        }
