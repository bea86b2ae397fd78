"""What a `read.py` says of spreadsheets: `workbook(member)` opens one, `cell_name` says where a cell stands.

`sheets_of` gives a row for each sheet, for the checks that compare workbooks. A module of its own, so that
`import tallystick` loads no reader of workbooks.
"""

from tallystick.sources.sheets import fiscal_year, sheets_of, stated_date
from tallystick.sources.workbook import Cell, Sheet, Workbook, cell_name, workbook

__all__ = ["Cell", "Sheet", "Workbook", "cell_name", "fiscal_year", "sheets_of", "stated_date", "workbook"]
