"""What records may say of columns beyond the expression library's own words: names, spellings, modifications.

A module of its own, so that `import tallystick` loads no expression library.
"""

from tallystick.tables.link import canonical, normalised
from tallystick.tables.modification import modification_order
from tallystick.tables.spelling import spelled

__all__ = ["canonical", "modification_order", "normalised", "spelled"]
