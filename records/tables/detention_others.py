"""The smaller tabs of ICE's detention statistics: bond, segregation, vulnerable people, yearly counts."""

import ibis
from ibis.expr.types import Table

from tallystick import table

PROVENANCE = ("release_id", "scope", "member", "source_row", "as_of")
# The names of one row over the years, without its number sign and its unit.
_ALL_OUTS = ("total ice final releases", "total ice final book outs", "total ice final book outs/ ice final releases")
_BONDED = (
    "ice final releases with bond posted",
    "ice final book outs with bond posted",
    "ice final book outs/ ice final releases with bond posted",
)


@table(key=["month"])
def bond_releases(detention_figures_published: Table) -> Table:
    """People booked out of ICE detention on bond by month: how many, the average bond, and how long held.

    Each month is as the newest good release tells it. Since fiscal year 2026 a release prints the two counts under
    each other's labels; a part is never above its whole, so the smaller is taken as those on bond and
    `labels_exchanged` says so. What a release prints as 0 for a month it does not cover is left out.
    """
    told = detention_figures_published.filter(detention_figures_published.title == "bonded out by month")
    order = told.as_of.cast("string") + " " + told.member
    told = told.mutate(order=order, label=told.row_label).filter(told.month.notnull() & (told.value > 0))
    last = told.group_by("month").aggregate(last=told.order.max())
    rows = told.semi_join(last, ["month", told.order == last.last])
    wide = rows.group_by("release_id", "scope", "member", "as_of", "month").aggregate(
        source_row=rows.source_row.min(),
        printed_all=rows.value.max(where=rows.label.isin(_ALL_OUTS)),
        printed_bonded=rows.value.max(where=rows.label.isin(_BONDED)),
        average_bond_usd=rows.value.max(where=rows.label == "average bond amount ($)").cast("decimal(18, 2)"),
        average_days=rows.value.max(where=rows.label == "alos (days)").cast("float64"),
    )
    return wide.select(
        *PROVENANCE, "month", "average_bond_usd", "average_days",
        book_outs=ibis.greatest(wide.printed_all, wide.printed_bonded).cast("int64"),
        bonded_out=ibis.least(wide.printed_all, wide.printed_bonded).cast("int64"),
        labels_exchanged=wide.printed_bonded > wide.printed_all,
    )  # fmt: skip


@table(key=["month", "facility"])
def segregation_placements(detention_figures_published: Table) -> Table:
    """Placements in segregation by month and facility, as the newest good release tells of the month.

    Placements, not people: one person may be placed more than once. Facilities by the name that the tab prints.
    """
    told = detention_figures_published.filter(
        detention_figures_published.title == "placements in segregation by facility"
    )
    told = told.filter((told.row_label != "total") & told.month.notnull() & told.value.notnull())
    order = told.as_of.cast("string") + " " + told.member
    told = told.mutate(order=order)
    last = told.group_by("month").aggregate(last=told.order.max())
    rows = told.semi_join(last, ["month", told.order == last.last])
    summed = rows.group_by("release_id", "scope", "member", "as_of", "month", "row_label").aggregate(
        source_row=rows.source_row.min(), placements=rows.value.sum().cast("int64")
    )
    return summed.select(*PROVENANCE, "month", "placements", facility="row_label")


@table(key=["period", "reason"])
def vulnerable_placements(detention_figures_published: Table) -> Table:
    """Placements of people of vulnerable and special populations in segregation by quarter and reason.

    `period` is the fiscal year and its quarter (`FY2022 Q2`), as the newest good release tells it. The averages are
    days in segregation at a stretch, and together within the period.
    """
    told = detention_figures_published.filter(
        detention_figures_published.title == "segregation of vulnerable and special populations by placement reason"
    )
    told = told.filter((told.row_label != "total") & told.period.notnull() & told.value.notnull())
    order = told.as_of.cast("string") + " " + told.member
    told = told.mutate(order=order)
    last = told.group_by("period").aggregate(last=told.order.max())
    rows = told.semi_join(last, ["period", told.order == last.last])
    wide = rows.group_by("release_id", "scope", "member", "as_of", "period", "row_label").aggregate(
        source_row=rows.source_row.min(),
        placements=rows.value.max(where=rows.column_label == "number of placements").cast("int64"),
        average_days_at_a_stretch=rows.value.max(where=rows.column_label.contains("consecutive")).cast("float64"),
        average_days_together=rows.value.max(where=rows.column_label.contains("cumulative")).cast("float64"),
    )
    return wide.select(
        *PROVENANCE, "period", "placements", "average_days_at_a_stretch", "average_days_together", reason="row_label"
    )
