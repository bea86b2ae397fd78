"""The classes of agencies by how many officers they employ."""

from __future__ import annotations

BELOW = ((10, "1 to 9 officers"), (50, "10 to 49 officers"), (250, "50 to 249 officers"))
"""Below how many officers an agency is of which class."""
MOST = "250 officers and more"
SIZES = (*(name for _, name in BELOW), MOST)
