"""Where units waited month by month."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import month_of

_ABOUT = ("title", "state", "model", "agency", "owner", "category", "size")
_MONTHS = 36


@table(key=["process", "unit", "stage", "visit", "month"])
def stage_months(stage_spells: Table) -> Table:
    """How many days of each month each unit was at each stage: a row for each stay and month that it lasted in.

    Of the last 36 months of a process, and of stays of which the days are known, as far as they were watched. The day
    of entry counts and that of leaving does not, so that the days of a stay's months add up to its `days`; one that
    was left on the day of entry has none.
    """
    rows = stage_spells.filter(stage_spells.days > 0)
    newest = rows.group_by("process").aggregate(newest_date=rows.watched_until_date.max())
    ends = newest.mutate(back=ibis.range(0, _MONTHS).unnest())
    months = ends.select(
        "process", begins=month_of((ends.newest_date.cast("timestamp") - ends.back.as_interval("M")).cast("date"))
    )
    months = months.mutate(next=(months.begins.cast("timestamp") + ibis.interval(months=1)).cast("date"))
    at = rows.drop("month").join(months, "process")
    at = at.filter((at.entered_date < at.next) & (at.until_date > at.begins))
    first, last = ibis.greatest(at.entered_date, at.begins), ibis.least(at.until_date, at.next)
    return at.select(
        "process", "unit", "stage", "visit", *_ABOUT, "is_synthetic", month="begins",
        days_there=(last.epoch_days() - first.epoch_days()).cast("int64"),
    )  # fmt: skip
