"""Tallystick: a number is a function of an Edition."""

from tallystick.nouns.metric import metric
from tallystick.nouns.table import rows_of, table
from tallystick.tables.link import normalised

__all__ = ["metric", "normalised", "rows_of", "table"]
