"""A page as a report on paper: an accessible PDF, the same bytes for the same Edition."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tallystick.errors import TallystickError, UnknownName
from tallystick.views.formats import as_json
from tallystick.views.report.told import told_page
from tallystick.views.visit import Document, Visit

_TEMPLATE = Path(__file__).parent / "report.typ"


class ReportError(TallystickError):
    """The typesetter refuses what a page told it."""


def report(visit: Visit, path: Mapping[str, str]) -> Document:
    """The report of the page called `page`, as PDF/UA-1 (ISO 14289-1). Raises `UnknownName` and `ReportError`.

    Only the typesetter's own fonts are used, and its date is the day that the Edition speaks for.
    """
    # loaded only by those who ask for a report
    import typst

    name = path["page"]
    if name not in visit.pages:
        raise UnknownName("page", name, visit.pages)
    told = as_json(told_page(visit.pages[name], visit)).decode()
    try:
        made = typst.compile(
            _TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"told": told},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise ReportError(
            f"the report could not be set: {error}", where=f"page '{name}'", next_step="mend what the page shows"
        ) from error
    return Document(made, "application/pdf")
