"""What others counted of the same rows, beside our own counts."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import fiscal_year_of

HEADQUARTERS = "HQ"


@table(key=["fiscal_year", "what"])
def counted_elsewhere(arrests_by_day: Table, removals_by_day: Table, area_daily_counts_published: Table) -> Table:
    """Arrests and removals of fiscal years 2016 to 2019 beside an independent count of the same releases.

    The other count has no rows that name no area (`without_area`) or headquarters (`headquarters`).
    `days_that_differ` is how many areas' days differ apart from these: 0 means that the two counts agree in every
    area on every day, and `unexplained` is what is left of the difference of the totals.
    """
    theirs = area_daily_counts_published.mutate(fiscal_year=fiscal_year_of(area_daily_counts_published.day))
    arrests = _beside("arrests", arrests_by_day.rename(people="arrests"), theirs.rename(people="arrests"))
    removals = _beside("removals", removals_by_day.rename(people="removals"), theirs.rename(people="removals"))
    return ibis.union(arrests, removals)


def _beside(what: str, ours: Table, theirs: Table) -> Table:
    key = ["fiscal_year", "day", "aor"]
    mine = ours.select(*key, counted=ours.people.cast("int64"), elsewhere=ibis.literal(0, "int64"))
    other = theirs.select(*key, counted=ibis.literal(0, "int64"), elsewhere=theirs.people.fill_null(0).cast("int64"))
    both = ibis.union(mine, other)
    days = both.group_by(key).aggregate(counted=both.counted.sum(), elsewhere=both.elsewhere.sum())
    blank, head = days.aor.isnull(), (days.aor == HEADQUARTERS).fill_null(False)
    differs = ~blank & ~head & (days.counted != days.elsewhere)
    sums = days.group_by("fiscal_year").aggregate(
        counted=days.counted.sum(),
        elsewhere=days.elsewhere.sum(),
        without_area=days.counted.sum(where=blank).fill_null(0),
        headquarters=days.counted.sum(where=head).fill_null(0),
        days_that_differ=differs.sum().fill_null(0),
    )
    left = sums.counted - sums.elsewhere - sums.without_area - sums.headquarters
    columns = ["counted", "elsewhere", "without_area", "headquarters", "days_that_differ"]
    return sums.select(
        "fiscal_year", what=ibis.literal(what), **{name: sums[name].cast("int64") for name in columns},
        unexplained=left.cast("int64"),
    )  # fmt: skip
