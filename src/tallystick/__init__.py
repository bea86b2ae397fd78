"""Tallystick: a number is a function of an Edition."""

from tallystick.nouns.metric import metric
from tallystick.nouns.table import rows_of, table

__all__ = ["metric", "rows_of", "table"]
