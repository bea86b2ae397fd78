"""What a `read.py` says of spreadsheets: `workbook(member)` opens one, `cell_name` says where a cell stands.

`titled_blocks` finds the tables that people lay out on a sheet. `sheets_of` gives a row for each sheet, for the
checks that compare workbooks, `stated_days` one for each day through which footnotes say that figures are counted.
`listing` finds one list by its header, `links` the addresses behind its cells, `list_sheets` what can be said of a
workbook with one list; `tidy` and `untidiness` are about a cell's spaces and apostrophes.

A module of its own, so that `import tallystick` loads no reader of workbooks.
"""

from tallystick.sources.blocks import (
    Block,
    Blocks,
    Figure,
    Grammar,
    Stray,
    is_number,
    number_in,
    spaced,
    titled_blocks,
)
from tallystick.sources.listing import Listing, links, list_sheets, listing, tidy, untidiness
from tallystick.sources.sheets import fiscal_year, sheets_of, stated_date, texts_of
from tallystick.sources.stated import stated_days
from tallystick.sources.workbook import Cell, Sheet, Workbook, cell_name, workbook

__all__ = [
    "Block",
    "Blocks",
    "Cell",
    "Figure",
    "Grammar",
    "Listing",
    "Sheet",
    "Stray",
    "Workbook",
    "cell_name",
    "fiscal_year",
    "is_number",
    "links",
    "list_sheets",
    "listing",
    "number_in",
    "sheets_of",
    "spaced",
    "stated_date",
    "stated_days",
    "texts_of",
    "tidy",
    "titled_blocks",
    "untidiness",
    "workbook",
]
