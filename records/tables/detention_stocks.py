"""What ICE's detention statistics say of a day: people held, people followed outside, and how long."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import month_of, newest, quarter_of

from .detention_tabs import AGENCIES, CRIMINALITY, FACILITY_TYPES, PROVENANCE, of


@table(key=["release_id", "member", "fiscal_year", "arresting_agency", "criminality"])
def detained_population(detention_figures_published: Table, detention_snapshot_day: Table) -> Table:
    """People held in ICE detention on the day of a release's count, by arresting agency and criminality.

    `as_of` is the release's day, `counted_date` the day that its footnotes say the people were counted on, some days
    before; NULL where they do not say. `criminality` is convicted, pending (charged, not convicted) or neither.
    """
    told = figures(detention_figures_published, "currently detained by criminality and arresting agency")
    rows = told.filter(told.column_label.isin(["ice", "cbp"]) & (told.row_label != "total"))
    rows = rows.left_join(detention_snapshot_day, "release_id").drop("release_id_right")
    return rows.select(
        *PROVENANCE, "fiscal_year", "counted_date", month=month_of(rows.as_of), quarter=quarter_of(rows.as_of),
        arresting_agency=rows.column_label.cases(*AGENCIES),
        criminality=rows.row_label.cases(*CRIMINALITY),
        detained=rows.value.cast("int64"),
    )  # fmt: skip


@table(key=["release_id"])
def detention_snapshot_day(detention_stated_days_published: Table) -> Table:
    """The day on which each release counted the people held, as its footnotes say."""
    told = detention_stated_days_published
    days = told.filter(told.is_snapshot & told.subject.contains("currently in detention facilities"))
    return days.group_by("release_id").aggregate(counted_date=days.through_date.max())


@table(key=["release_id", "member", "fiscal_year", "disposition", "facility_type"])
def detained_by_disposition(detention_figures_published: Table) -> Table:
    """People held in ICE detention on the day of a release's count, by how their case is processed and where."""
    told = figures(detention_figures_published, "currently detained by processing disposition and facility type")
    rows = told.filter((told.column_label != "total") & (told.row_label != "total"))
    return rows.select(
        *PROVENANCE, "fiscal_year",
        disposition="row_label",
        facility_type=rows.column_label.cases(*FACILITY_TYPES),
        detained=rows.value.cast("int64"),
    )  # fmt: skip


@table(key=["release_id", "member", "fiscal_year", "area_name", "technology"])
def alternatives_to_detention(detention_figures_published: Table, area_names: Table) -> Table:
    """People followed by a technology outside detention (ATD), by area of responsibility and technology.

    `aor` is the area's code. `average_days` is how long these have been in the programme on average. What a release
    prints as total of an area is left out: the technologies make it up, and now and then fall short of it.
    """
    told = figures(detention_figures_published, "active participants by area of responsibility and technology")
    parts = told.filter((told.row_label != "total") & (told.group_label.fill_null("") != ""))
    rows = parts.group_by(
        "release_id", "scope", "member", "as_of", "fiscal_year", "group_label", "row_label"
    ).aggregate(
        source_row=parts.source_row.min(),
        sheet=parts.sheet.max(),
        cell=parts.cell.argmin(parts.source_row),
        participants=parts.value.max(where=parts.column_label == "count").cast("int64"),
        average_days=parts.value.max(where=parts.column_label == "average length in program"),
    )
    named = area_names.select("aor", called=area_names.name.lower())
    rows = rows.filter(rows.participants.notnull()).left_join(named, rows.group_label == named.called)
    return rows.select(
        *PROVENANCE,
        "fiscal_year",
        "aor",
        "participants",
        "average_days",
        area_name="group_label",
        technology="row_label",
        month=month_of(rows.as_of),
        quarter=quarter_of(rows.as_of),
    )


@table(key=["release_id", "member", "fiscal_year", "technology"])
def alternatives_by_technology(detention_figures_published: Table) -> Table:
    """People followed by each technology outside detention in the whole country, and what it costs a day."""
    told = figures(detention_figures_published, "active population and daily cost by technology")
    parts = told.filter(told.row_label != "total")
    rows = parts.group_by("release_id", "scope", "member", "as_of", "fiscal_year", "row_label").aggregate(
        source_row=parts.source_row.min(),
        sheet=parts.sheet.max(),
        cell=parts.cell.argmin(parts.source_row),
        participants=parts.value.max(where=parts.column_label == "count").cast("int64"),
        daily_cost_usd=parts.value.max(where=parts.column_label == "daily tech cost").cast("decimal(18, 2)"),
    )
    return rows.select(*PROVENANCE, "fiscal_year", "participants", "daily_cost_usd", technology="row_label")


@table(key=["release_id", "member", "fiscal_year", "month", "arresting_agency", "criminality", "facility_type"])
def stays(detention_figures_published: Table) -> Table:
    """The average length of stay in ICE detention of people booked out, in days, by what the releases tell it by.

    A row of `month` NULL is of the fiscal year so far. `all` in `arresting_agency`, `criminality` or `facility_type`
    is everybody. A 0 printed for a month that had not begun is left out. Averages of parts
    cannot be put together to that of the whole: how many stays are behind each is not published.
    """
    by_agency = figures(
        detention_figures_published, "average length of stay by arresting agency, month and criminality"
    )
    by_type = figures(detention_figures_published, "average length of stay by facility type and month")
    by_type = by_type.filter(by_type.row_label != "total")
    told = by_agency.mutate(
        agency=by_agency.group_label.cases(*AGENCIES),
        kind=by_agency.row_label.cases(*CRIMINALITY),
        held_in=ibis.literal("all"),
    ).union(
        by_type.mutate(
            agency=ibis.literal("all"), kind=ibis.literal("all"), held_in=by_type.row_label.cases(*FACILITY_TYPES)
        )
    )
    return told.filter(told.value > 0).select(
        *PROVENANCE, "fiscal_year", "month",
        arresting_agency="agency", criminality="kind", facility_type="held_in", average_days="value",
    )  # fmt: skip


@table(key=["month", "half", "population"])
def in_custody_stays(detention_figures_published: Table) -> Table:
    """How long the people in custody at the middle and the end of each month had been held on average, in days.

    Stays that had not ended: not to be set beside the stays of people booked out. Each month is as the newest good
    release tells it; what a release prints as 0 is unknown, not a stay of no days.
    """
    told = figures(detention_figures_published, "average in custody length of stay")
    told = told.filter(told.month.notnull() & (told.value > 0))
    rows = newest(told, ["month", "column_label", "row_label"])
    return rows.select(*PROVENANCE, "month", half="column_label", population="row_label", average_days="value")


def figures(published: Table, title: str) -> Table:
    """The figures of one titled table, as numbers that need not be whole."""
    rows = of(published, title)
    return rows.mutate(value=rows.value.cast("float64"))
