"""What offices reported: counts in their latest telling, the days on which they said nothing, training, stages."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import fiscal_year_of, month_of, quarter_of

_PLACE = ("release_id", "as_of", "scope", "member", "source_row")
_TOLD = ("batch", "batch_row", "author", "told_at")


@table(key=["office", "day", "measure", "revision"])
def count_tellings(reported_office_counts_published: Table) -> Table:
    """Every telling of an office's count of a day: the first and each revision, when it was told and in which batch.

    `told_date` is the day of telling in UTC. Nothing is taken out: what was known on a past day stays.
    """
    told = reported_office_counts_published
    return told.select(
        *_PLACE, *_TOLD, "office", "day", "measure", "revision", reported=told["count"], told_date=told.told_at.date()
    )


@table(key=["office", "day", "measure"])
def reported_counts(count_tellings: Table, reporting_offices: Table, reported_measures: Table) -> Table:
    """An office's count of a day and measure as it was last told: the highest revision.

    `first_told_date` is when anything was told of it, `days_late` how many days after its day that was, and `is_late`
    whether that is more than the measure allows. `tellings` is how many there are; where there are several,
    `least_revised` is the smallest of their counts above zero. Zero is a count of none; a day that nobody told of is
    not here at all.
    """
    told = count_tellings
    by = ["office", "day", "measure"]
    each = told.group_by(by).aggregate(
        revision=told.revision.max(),
        first_told_date=told.told_date.min(),
        tellings=told.count(),
        least=told.reported.min(where=told.reported > 0),
    )
    rows = told.join(each, [*by, "revision"])
    rows = rows.join(reporting_offices.select("office", "office_name", "aor"), "office")
    rows = rows.join(reported_measures.select("measure", "due_days_number"), "measure")
    days_late = rows.first_told_date.epoch_days() - rows.day.epoch_days()
    return rows.select(
        *_PLACE, *_TOLD, "office", "office_name", "aor", "day", "measure", "revision", "tellings", "first_told_date",
        "told_date", "reported", least_revised=ibis.ifelse(rows.tellings > 1, rows.least, None),
        days_late=days_late, is_late=days_late > rows.due_days_number.cast("int64"),
        month=month_of(rows.day), quarter=quarter_of(rows.day), fiscal_year=fiscal_year_of(rows.day),
    )  # fmt: skip


@table(key=["office", "day", "measure"])
def office_days(
    reported_counts: Table, count_tellings: Table, reporting_offices: Table, reported_measures: Table
) -> Table:
    """Every day on which an office of the register owed a count of a measure, whether it was told or not.

    From the first day of which any office told the measure, to the day before the last on which any office told
    anything: an office that began later, or that never told anything, is silent on the days before, and not without
    arrests. `state` is `reported`, `late` (told, but after the days that the measure allows), `awaited` (nothing
    told, and not yet due) or `missing`; `tellings` is how often it was told. What was told stands in
    `reported_counts`.
    """
    spans = reported_counts.group_by("measure").aggregate(
        first=reported_counts.day.min(), last=reported_counts.day.max()
    )
    known = count_tellings.aggregate(told=count_tellings.told_date.max())
    rows = spans.cross_join(known).cross_join(reporting_offices.select("office"))
    step = ibis.interval(days=1)
    through = ibis.greatest(rows.last.cast("timestamp"), rows.told.cast("timestamp") - step)
    days = rows.select(
        "office", "measure", "told", day=ibis.range(rows["first"].cast("timestamp"), through + step, step)
    )
    days = days.select("office", "measure", "told", day=days.day.unnest())
    days = days.mutate(day=days.day.cast("date"))
    days = days.join(reporting_offices.select("office", "office_name", "aor"), "office")
    days = days.join(reported_measures.select("measure", "due_days_number"), "measure")
    counted = reported_counts.select("office", "measure", "day", "is_late", "tellings", "days_late")
    its = days.left_join(counted, ["office", "measure", "day"])
    waits = its.told.epoch_days() - its.day.epoch_days() <= its.due_days_number.cast("int64")
    return its.select(
        "office", "office_name", "aor", "measure", "day", "tellings", "days_late",
        state=ibis.cases(
            (its.is_late, "late"), (its.tellings.notnull(), "reported"), (waits, "awaited"), else_="missing"
        ),
        month=month_of(its.day), quarter=quarter_of(its.day), fiscal_year=fiscal_year_of(its.day),
    )  # fmt: skip


@table(key=["agency", "role", "course", "day", "measure"])
def training_counts(reported_training_published: Table, training_measures: Table) -> Table:
    """How many of an agency's people in a role a course counted on a day, as it was last told: the highest revision.

    `of_a_day` is `stock` where the count is of people as of the day, `flow` where it is of what happened on it.
    """
    told = reported_training_published
    by = ["agency", "role", "course", "day", "measure"]
    latest = told.group_by(by).aggregate(revision=told.revision.max())
    rows = told.join(latest, [*by, "revision"])
    rows = rows.join(training_measures.select("measure", "of_a_day"), "measure")
    return rows.select(
        *_PLACE, *_TOLD, *by, "revision", "of_a_day", counted=rows["count"],
        month=month_of(rows.day), quarter=quarter_of(rows.day), fiscal_year=fiscal_year_of(rows.day),
    )  # fmt: skip


@table(key=["agency", "role", "course", "day"])
def training_standing(training_counts: Table) -> Table:
    """How an agency's role stood with a course on each day that it reported as a whole: required, current, overdue.

    A day of which one of the three was not told is not here: a share of it would be a guess.
    """
    rows = training_counts.filter(training_counts.of_a_day == "stock")
    by = ["agency", "role", "course", "day"]
    each = {name: rows.counted.sum(where=rows.measure == name) for name in ("required", "current", "overdue")}
    stood = rows.group_by(by).aggregate(**each)
    whole = stood.filter(stood.required.notnull() & stood.current.notnull() & stood.overdue.notnull())
    return whole.mutate(
        month=month_of(whole.day), quarter=quarter_of(whole.day), fiscal_year=fiscal_year_of(whole.day)
    )


@table(key=["event_id"])
def reported_stage_events(reported_stage_events_published: Table) -> Table:
    """Every stage event that was reported, and every correction of one, each with its batch and when it was told.

    Nothing is taken out and nothing put in order: `corrects` names the event whose stage and time a correction
    replaces (one without a day says that it did not happen). `at` is in UTC, `clock` the instant with the zone told,
    `day` the day that this clock showed. `state`, `model`, `size` and `owner` are what the row says of the unit, as
    it says it; NULL where it says nothing.
    """
    return reported_stage_events_published.select(
        *_PLACE, *_TOLD, "event_id", "process", "unit", "stage", "event", "at", "clock", "day", "corrects",
        "state", "model", "size", "owner",
    )  # fmt: skip
