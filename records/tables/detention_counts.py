"""What ICE's detention statistics count over a fiscal year: book-ins, book-outs, removals, days and stays."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import days_in_month, newest, quarter_of

from .detention_tabs import AGENCIES, CRIMINALITY, FACILITY_TYPES, PROVENANCE, of

# How long after a month its figures may still be those of a part of it, where no footnote says through which day.
LAG_DAYS = 21


@table(key=["release_id", "fiscal_year"])
def detention_counted_through(detention_stated_days_published: Table) -> Table:
    """The last day that each release counts detention through, by fiscal year, as its footnotes say.

    The latest that is said of book-ins, of detention or of book-outs of that year: one of several sentences is now
    and then left as an earlier release had it. A release is published some days after this day.
    """
    told = detention_stated_days_published
    subjects = ("book-ins", "detention", "final releases", "final book out", "final book outs", "removals")
    years = told.filter(~told.is_snapshot & told.subject.isin(subjects) & told.fiscal_year.notnull())
    return years.group_by("release_id", "fiscal_year").aggregate(through_date=years.through_date.max())


@table(key=["fiscal_year", "month", "arresting_agency"])
def book_ins_by_month(detention_figures_published: Table, detention_counted_through: Table) -> Table:
    """Initial book-ins into ICE detention by month and by the agency that made the arrest.

    An initial book-in is the first of a stay; a transfer between facilities is none. `arresting_agency` ICE is what
    comes nearest to a published daily count of ICE's arrests: an arrest that leads to no detention is not in it.
    CBP are arrests by the Border Patrol and at ports of entry that were handed to ICE. Of each fiscal year the
    newest good release; `days` are those of the month that it counts, NULL where it does not say through which day
    and the month had hardly ended.
    """
    told = newest(of(detention_figures_published, "book-ins by arresting agency and month"), ["fiscal_year"])
    rows = counted(told.filter(told.row_label.isin(["ice", "cbp"])), detention_counted_through)
    return rows.select(
        *PROVENANCE, "fiscal_year", "month", "days", "quarter",
        arresting_agency=rows.row_label.cases(*AGENCIES), book_ins=rows.value.cast("int64"),
    )  # fmt: skip


@table(key=["release_id", "member", "fiscal_year", "facility_type", "criminality"])
def book_ins_to_date(detention_figures_published: Table) -> Table:
    """Initial book-ins from the start of the fiscal year to each release, by criminality and type of facility.

    `criminality` is as ICE puts it at the book-in: convicted, pending (charged, not convicted), neither. Arrests
    by ICE and by CBP together: the releases do not tell them apart here.
    """
    told = of(detention_figures_published, "book-ins by facility type and criminality")
    rows = told.filter((told.row_label != "total") & (told.column_label != "total"))
    return rows.select(
        *PROVENANCE, "fiscal_year",
        facility_type=rows.row_label.cases(*FACILITY_TYPES),
        criminality=rows.column_label.cases(*CRIMINALITY),
        book_ins=rows.value.cast("int64"),
    )  # fmt: skip


@table(key=["release_id", "member", "fiscal_year", "part"])
def removals_to_date(detention_figures_published: Table) -> Table:
    """Removals by ICE from the start of the fiscal year to each release.

    `part` is `all`, or one of two: `family units` (with an identifier of a family), `family detention` (that had
    been in a family facility; an earlier and narrower count). A removal is a departure under an order:
    departures of people that ICE did not remove, and removals by Customs and Border Protection, are not in it.
    """
    told = of(detention_figures_published, "removals")
    part = ibis.cases(
        (told.row_label.isin(["total", "removals"]), "all"),
        (told.row_label.contains("famu"), "family units"),
        (told.row_label.contains("detention"), "family detention"),
    )
    return told.select(*PROVENANCE, "fiscal_year", part=part, removals=told.value.cast("int64"))


@table(key=["fiscal_year", "month", "arresting_agency", "criminality"])
def average_population_by_month(detention_figures_published: Table, detention_counted_through: Table) -> Table:
    """The average daily population in ICE detention by month, arresting agency and criminality.

    `person_days` is the average times the days of the month that are counted, so that averages of months can be put
    together. Of each fiscal year the newest good release. In fiscal year 2019 people charged and people neither
    charged nor convicted are one group, `not convicted`.
    """
    told = newest(
        of(detention_figures_published, "average daily population by arresting agency, month and criminality"),
        ["fiscal_year"],
    )
    told = told.mutate(held=told.group_label.cases(*AGENCIES), kind=told.row_label.cases(*CRIMINALITY))
    rows = counted(told.filter(told.held.isin(["ICE", "CBP"]) & (told.kind != "all")), detention_counted_through)
    return rows.select(
        *PROVENANCE, "fiscal_year", "month", "days", "quarter",
        arresting_agency=rows.held, criminality=rows.kind, average_population=rows.value,
        person_days=(rows.value * rows.days).cast("float64"),
    )  # fmt: skip


@table(key=["fiscal_year", "month", "facility_type"])
def average_population_by_facility_type(
    detention_figures_published: Table, detention_counted_through: Table
) -> Table:
    """The average daily population in ICE detention by month and type of facility: adult or family.

    Told in a table of its own, whose months and parts now and then differ a little from those by arresting agency.
    """
    told = newest(
        of(detention_figures_published, "average daily population by facility type and month"), ["fiscal_year"]
    )
    rows = counted(told.filter(told.row_label != "total"), detention_counted_through)
    return rows.select(
        *PROVENANCE, "fiscal_year", "month", "days", "quarter",
        facility_type=rows.row_label.cases(*FACILITY_TYPES), average_population=rows.value,
        person_days=(rows.value * rows.days).cast("float64"),
    )  # fmt: skip


@table(key=["release_id", "member", "fiscal_year", "reason", "criminality", "month"])
def book_outs_by_month(detention_figures_published: Table, detention_counted_through: Table) -> Table:
    """Final book-outs from ICE detention by month, reason and criminality.

    A final book-out ends a stay: by release to remove, on bond, on recognizance and so on. Called final releases
    until 2024, when removals were not among the reasons. Bonds set by ICE and by an immigration judge are parts of
    `bonded out` and stand for it. Of each fiscal year the newest good release.
    """
    titles = ("final book-outs by reason, month and criminality", "final releases by reason and criminality")
    told = newest(of(detention_figures_published, *titles), ["fiscal_year"])
    told = told.mutate(
        reason=ibis.ifelse(told.group_label.fill_null("") == "", told.row_label, told.group_label),
        kind=told.row_label.cases(*CRIMINALITY),
    )
    parts = told.filter(told.kind.notnull() & (told.kind != "all") & ~told.reason.isin(["bonded out", "total"]))
    rows = counted(parts, detention_counted_through)
    return rows.select(
        *PROVENANCE, "fiscal_year", "month", "days", "quarter", "reason",
        criminality=rows.kind, book_outs=rows.value.cast("int64"),
    )  # fmt: skip


def counted(rows: Table, through: Table) -> Table:
    """The rows of months that had begun, with `quarter` and with `days`, how many of the month's are counted."""
    said = through.rename(counted_release="release_id", counted_year="fiscal_year")
    joined = rows.left_join(
        said, [rows.release_id == said.counted_release, rows.fiscal_year == said.counted_year]
    ).drop("counted_release", "counted_year")
    joined = joined.filter(joined.month.notnull())
    whole = days_in_month(joined.month)
    long_over = joined.as_of.epoch_days() - joined.month.epoch_days() >= whole + LAG_DAYS
    days = ibis.ifelse(
        joined.through_date.isnull(),
        ibis.ifelse(long_over, whole, None),
        days_in_month(joined.month, joined.through_date),
    )
    had_begun = joined.month <= ibis.coalesce(joined.through_date, joined.as_of)
    rows = joined.mutate(days=days.cast("int64"), quarter=quarter_of(joined.month))
    return rows.filter(had_begun).drop("through_date")
