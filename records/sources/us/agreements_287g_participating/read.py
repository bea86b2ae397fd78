"""Reads a list of participating agencies: one row an agreement, with the addresses behind its links."""

from collections.abc import Iterator

from tallystick import Member
from tallystick.workbooks import Listing, links, list_sheets, listing, tidy, workbook

MUST = ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE")
TELLING = (*MUST, "SIGNED")
Row = dict[str, object]


def read(member: Member) -> dict[str, list[Row]]:
    """The agreements of the list, and what can be said of each sheet of the workbook."""
    book = workbook(member)
    found = listing(book, MUST)
    rows = list(_agreements(found, links(member, found.sheet)))
    return {
        "agreements_287g_participating_published": rows,
        "agreements_287g_participating_sheets_published": list_sheets(book, found, TELLING),
    }


def _agreements(found: Listing, leads_to: dict[str, str]) -> Iterator[Row]:
    linked = [name for name in ("MOA", "ADDENDUM") if name in found.header]
    for row in found.rows:
        yield {
            **row,
            "agency_tidied": tidy(row["LAW ENFORCEMENT AGENCY"]),
            **{f"{name} LINK": leads_to.get(found.cell_of(row, name), "") for name in linked},
        }
