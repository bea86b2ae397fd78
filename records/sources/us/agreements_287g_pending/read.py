"""Reads a list of agencies whose agreements are pending: one row a request."""

from tallystick import Member
from tallystick.workbooks import list_sheets, listing, tidy, workbook

MUST = ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE")
Row = dict[str, object]


def read(member: Member) -> dict[str, list[Row]]:
    """The requests of the list, which may be none, and what can be said of each sheet of the workbook."""
    book = workbook(member)
    found = listing(book, MUST)
    rows: list[Row] = [
        {
            **row,
            "agency_tidied": tidy(row["LAW ENFORCEMENT AGENCY"]),
        }
        for row in found.rows
    ]
    return {
        "agreements_287g_pending_published": rows,
        "agreements_287g_pending_sheets_published": list_sheets(book, found, MUST),
    }
