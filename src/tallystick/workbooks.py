"""What a `read.py` says of spreadsheets: `workbook(member)` opens one, `cell_name` says where a cell stands.

A module of its own, so that `import tallystick` loads no reader of workbooks.
"""

from tallystick.sources.workbook import Cell, Sheet, Workbook, cell_name, workbook

__all__ = ["Cell", "Sheet", "Workbook", "cell_name", "workbook"]
