"""What a `read.py` says of delimited text: `delimited(member)` gives its rows, `written_day` the day a cell names.

For files that the engine's own reading does not fit: a header that names columns twice, cells to be worked out from
others. A module of its own, as `tallystick.workbooks` is.
"""

from tallystick.sources.delimited import delimited, written_day

__all__ = ["delimited", "written_day"]
