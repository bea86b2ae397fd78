"""What records may say of columns beyond the expression library's own words: names, spellings, times, lengths.

A module of its own, so that `import tallystick` loads no expression library.
"""

from tallystick.nouns.source import WITHHELD
from tallystick.tables.agencies import abbreviated
from tallystick.tables.lengths import days_until_ended, share_ended
from tallystick.tables.link import canonical, normalised
from tallystick.tables.modification import modification_order
from tallystick.tables.newest import newest
from tallystick.tables.quantiles import quantile_of_counts
from tallystick.tables.sizes import size_of_agency
from tallystick.tables.spelling import spelled
from tallystick.tables.times import (
    a_year_on,
    covered_days,
    days_in_month,
    fiscal_year_of,
    month_of,
    per_covered_day,
    per_day,
    quarter_of,
)

__all__ = [
    "WITHHELD",
    "a_year_on",
    "abbreviated",
    "canonical",
    "covered_days",
    "days_in_month",
    "days_until_ended",
    "fiscal_year_of",
    "modification_order",
    "month_of",
    "newest",
    "normalised",
    "per_covered_day",
    "per_day",
    "quantile_of_counts",
    "quarter_of",
    "share_ended",
    "size_of_agency",
    "spelled",
]
