"""The smaller tabs of ICE's detention statistics: bond, segregation, vulnerable people, yearly counts."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import newest

PROVENANCE = ("release_id", "scope", "member", "source_row", "as_of")
FILLED = 100
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
    told = told.mutate(label=told.row_label).filter(told.month.notnull() & (told.value > 0))
    rows = newest(told, ["month"])
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
    rows = newest(told, ["month"])
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
    rows = newest(told, ["period"])
    wide = rows.group_by("release_id", "scope", "member", "as_of", "period", "row_label").aggregate(
        source_row=rows.source_row.min(),
        placements=rows.value.max(where=rows.column_label == "number of placements").cast("int64"),
        average_days_at_a_stretch=rows.value.max(where=rows.column_label.contains("consecutive")).cast("float64"),
        average_days_together=rows.value.max(where=rows.column_label.contains("cumulative")).cast("float64"),
    )
    return wide.select(
        *PROVENANCE, "period", "placements", "average_days_at_a_stretch", "average_days_together", reason="row_label"
    )


@table(key=["period", "event", "people", "country"])
def yearly_counts_of_groups(detention_figures_published: Table) -> Table:
    """Arrests, book-ins and removals by fiscal year of people whom a law has ICE tell of twice a year.

    `people` are members of the armed forces, United States citizens, parents of such citizens, or people of a
    `country` with temporary protected status (NULL for the others), since its designation. `period` is the fiscal
    year (`FY2024`), as the newest good release tells it. A year that a release prints as 0 throughout a
    table is left out, as not filled in, where another release has people in it or the year before has a hundred.
    """
    told = detention_figures_published
    told = told.filter((told.tab == "semiannual") & told.period.notnull() & told.value.notnull())
    order = told.as_of.cast("string") + " " + told.member
    told = told.mutate(
        order=order, event=told.title.re_extract(r"^(\S+) ", 1), year=told.period.right(4).cast("int64")
    )
    told = told.anti_join(_not_filled_in(told), ["order", "title", "year"])
    rows = newest(told, ["title", "period"])
    of_country = rows.title.endswith("temporary protected status")
    return rows.select(
        *PROVENANCE, "sheet", "cell", "period", "event", fiscal_year="year",
        people=of_country.ifelse("people of protected countries", rows.title.re_extract(r"^\S+ of (.*)$", 1)),
        country=of_country.ifelse(rows.row_label, None), counted=rows.value.cast("int64"),
    )  # fmt: skip


def _not_filled_in(told: Table) -> Table:
    """The years of tables of releases that are 0 throughout and cannot be."""
    years = told.group_by("order", "title", "year").aggregate(in_all=told.value.sum())
    before = years.select("order", "title", year=years.year + 1, before="in_all")
    ever = years.group_by("title", "year").aggregate(most=years.in_all.max())
    beside = years.left_join(before, ["order", "title", "year"]).drop("order_right", "title_right", "year_right")
    beside = beside.inner_join(ever, ["title", "year"])
    cannot = (beside.most > 0) | (beside.before.fill_null(0) >= FILLED)
    return beside.filter((beside.in_all == 0) & cannot).select("order", "title", "year")
