"""Staged work: what happened to each unit at each stage, and how long it stayed there, as far as was watched."""

from typing import Any

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import fiscal_year_of, month_of, quarter_of, size_of_agency

_ABOUT = ("title", "state", "model", "agency", "owner", "category", "size")
_SAID = ("state", "model", "size", "owner")
_OF_STAGE = ("process", "stage", "place", "known_within_days", "target_days", "target_calendar")
_FIRST, _LAST = ibis.date(2000, 1, 1), ibis.date(2035, 12, 31)
_SATURDAY = 5
_MONTHS = 36


@table(key=["process", "unit", "stage", "what", "event", "day", "release_id", "source_row"])
def stage_events(
    process_milestones: Table, process_stages: Table, process_exits: Table, reported_stage_events: Table
) -> Table:
    """What happened to the units of every process: `entered` or `left` a stage, or `ended` before the process does.

    An event that ends one stage and begins the next stands twice. `day` is when it had happened at the latest and
    `earliest_date` when at the earliest: the same where the day is known; NULL where it happened at some time before
    anything held tells. `stage` is NULL of an `ended`, and *overall* is the whole way. Of a stage that no publisher
    tells of (`is_told` of `process_stages`) there are only events that offices reported, as they were last corrected:
    what nobody tells is unknown, and not undone.
    """
    rows, stages = process_milestones, process_stages
    told = stages.filter(stages.is_told == "yes")
    parts = [
        rows.join(told.select("process", "stage", event=of), ["process", "event"]).mutate(what=ibis.literal(what))
        for what, of in (("entered", "enters"), ("left", "leaves"))
    ]
    ended = rows.semi_join(process_exits.select("process", event="exit"), ["process", "event"])
    parts.append(ended.mutate(stage=ibis.null("string"), what=ibis.literal("ended")))
    columns = [
        "process", "unit", "stage", "what", "event", "day", "earliest_date", "release_id", "member", "source_row",
    ]  # fmt: skip
    parts += _reported(reported_stage_events, stages, process_exits)
    return ibis.union(*[part.select(columns) for part in parts])


def _reported(told: Table, stages: Table, exits: Table) -> list[Table]:
    """Reported events of stages, of the whole way where they begin or end it, and exits."""
    rows = corrected(told)
    known = rows.join(stages.select("process", "stage", "enters", "leaves"), ["process", "stage"])
    known = known.filter(known.said != "withdraw")
    enters = known.said == "enter"
    known = known.mutate(
        what=ibis.ifelse(enters, "entered", "left"), event=ibis.ifelse(enters, known.enters, known.leaves)
    )
    whole = stages.filter(stages.stage == "overall").select("process", begins="enters", ends="leaves")
    over = known.drop("stage").join(whole, "process")
    begun, done = over.event == over.begins, over.event == over.ends
    over = over.filter(((over.what == "entered") & begun) | ((over.what == "left") & done))
    named = exits.select("process", stage="exit", named="exit")
    ended = rows.filter(rows.said == "withdraw").left_join(named, ["process", "stage"])
    ended = ended.drop("stage").mutate(
        what=ibis.literal("ended"), event=ibis.coalesce(ended.named, "withdrawn"), stage=ibis.null("string")
    )
    return [known, over.mutate(stage=ibis.literal("overall")), ended]


def corrected(told: Table) -> Table:
    """Reported events as the last correction of each has them, `said` what happened; one without a day did not."""
    corrections = told.filter(told.event == "correct")
    order = corrections.told_at.cast("string") + " " + corrections.batch_row.cast("string").lpad(12, "0")
    last = corrections.mutate(order=order).group_by(of="corrects")
    last = last.aggregate(
        is_corrected=ibis.literal(True),
        new=ibis.struct({"stage": corrections.stage, "day": corrections.day}).argmax(order),
    )
    rows = told.filter(told.event != "correct")
    rows = rows.left_join(last, rows.event_id == last.of)
    stands = rows.is_corrected.fill_null(False)
    rows = rows.mutate(
        said=rows.event,
        day=ibis.ifelse(stands, rows.new.day, rows.day),
        stage=ibis.coalesce(rows.new.stage, rows.stage),
    )
    rows = rows.filter(rows.day.notnull())
    return rows.select(
        "process", "unit", "stage", "said", "day", "release_id", "member", "source_row", "author", earliest_date="day"
    )


@table(key=["process", "unit"])
def stage_units(
    process_units: Table, reported_stage_events: Table, agreements_287g_units: Table, states: Table
) -> Table:
    """The units of every process: those that its tables tell of, and those that offices reported.

    One that was reported is watched until the last day that any of those who report it told of its process: that an
    office is silent is not that its units stand still. Its `state`, `model`, `size` and `owner` are what was told of
    it last, whichever of its events says so; a blank cell tells nothing. Where the lists of 287(g) agreements have a
    unit of the same identifier, what they say of it stands instead. `size` is a class of how many officers the agency
    employs, `owner` the office that reported the unit first where nobody told another.
    """
    told = corrected(reported_stage_events)
    lately = told.group_by("process", "author").aggregate(last_date=told.day.max())
    whose = told.select("process", "unit", "author").distinct().join(lately, ["process", "author"])
    until = whose.group_by("process", "unit").aggregate(watched_until_date=whose.last_date.max())
    units = told.group_by("process", "unit").aggregate(owner=told.author.argmin(told.day))
    units = units.join(until, ["process", "unit"]).anti_join(process_units, ["process", "unit"])
    said = _last_said(reported_stage_events, states)
    units = units.left_join(said, ["process", "unit"]).drop("process_right", "unit_right")
    record = agreements_287g_units.select(
        of="unit", title="title", category="category", **{f"recorded_{name}": name for name in _SAID[:3]}
    )
    rows = units.left_join(record, units.unit == record.of)
    rows = rows.select(
        "process", "unit", "watched_until_date", "category", watched_from_date=ibis.null("date"),
        missing_from_date=ibis.null("date"), agency=ibis.null("string"),
        title=ibis.coalesce(rows.title, rows.unit), owner=ibis.coalesce(rows.said_owner, rows.owner),
        **{name: ibis.coalesce(rows[f"recorded_{name}"], rows[f"said_{name}"]) for name in _SAID[:3]},
    )  # fmt: skip
    return process_units.union(rows.select(process_units.columns))


def _last_said(told: Table, states: Table) -> Table:
    """What was told last of each unit itself, with the state's name and the class of its size as the records have."""
    order = told.told_at.cast("string") + " " + told.batch_row.cast("string").lpad(12, "0")
    last = {f"said_{name}": told[name].argmax(order, where=told[name].notnull()) for name in _SAID}
    rows = told.group_by("process", "unit").aggregate(**last)
    called = states.select(postal="state", called=states.state_name.upper())
    rows = rows.left_join(called, [(rows.said_state.upper() == called.postal)])
    count = rows.said_size.try_cast("int64")
    return rows.select(
        "process", "unit", "said_model", "said_owner",
        said_state=ibis.coalesce(rows.called, rows.said_state.upper()),
        said_size=ibis.ifelse(count.isnull(), rows.said_size, size_of_agency(count)),
    )  # fmt: skip


@table(key=["day"])
def working_days(federal_holidays: Table) -> Table:
    """Every day from 2000 to 2035, and how many working days there were up to it: Monday to Friday, no holidays."""
    places = ibis.range(0, _LAST.epoch_days() - _FIRST.epoch_days() + 1).unnest().name("place").as_table()
    days = places.mutate(day=(_FIRST.cast("timestamp") + places.place.as_interval("D")).cast("date"))
    holidays = federal_holidays.select("holiday_date").distinct()
    days = days.left_join(holidays, days.day == holidays.holiday_date)
    works = (days.day.day_of_week.index() < _SATURDAY) & days.holiday_date.isnull()
    return days.select("day", working_day=works.cast("int64").sum().over(ibis.window(order_by="day", following=0)))


@table(key=["process", "unit", "stage", "visit"])
def stage_spells(stage_events: Table, stage_units: Table, process_stages: Table, working_days: Table) -> Table:
    """How long each unit stayed at each stage: from the day by which it had entered to that by which it had left.

    `ended` says how it was when last heard of: *left* it for the next, *ended* (`ended_by` names the exit), *went
    back* (it entered the stage again and had not left it), or *still there*. Then `days` run to the last day watched:
    it is censored on the right. Where the leaving is known only to lie between two days farther apart than the
    process allows, it is taken as still there up to the first of them (`is_left_between`). A spell whose entry lies
    so, or at some time before anything held tells, has no `days`: its start is unknown (`is_start_known`). `after`
    are the days that had passed when the unit came to notice, -1 where it was watched from the entry: one that left
    sooner would not have been seen (left truncation). `days_at_least` and `days_at_most` are what the days between
    two lists leave open. One that left before it entered is `is_out_of_order`, and has no `days`; so is one that
    began after its unit had ended, `ended` on the day on which that had: no work in progress. `how` is 0 still
    there, 1 left, 2 ended or went back; `length` are days, or working days where the target counts these. `visit`
    counts the returns to a stage. `is_synthetic` says that a generator made it up.
    """
    entered, left, exits = _entered(stage_events), _left(stage_events), _exits(stage_events)
    spells = _paired(entered, left)
    spells = spells.left_join(exits, ["process", "unit"]).drop("process_right", "unit_right")
    stages = process_stages.select(
        *_OF_STAGE[:3],
        known_within_days=process_stages.known_within_days.cast("int64"),
        target_days=process_stages.target_days_number.cast("int64"),
        target_calendar=process_stages.target_calendar,
        is_synthetic=process_stages.is_synthetic == "yes",
    )
    spells = spells.join(stages, ["process", "stage"])
    units = stage_units.select("process", "unit", "watched_from_date", "watched_until_date", *_ABOUT)
    spells = spells.left_join(units, ["process", "unit"]).drop("process_right", "unit_right")
    return _measured(_ended(spells), working_days)


def _entered(events: Table) -> Table:
    rows = events.filter(events.what == "entered")
    rows = rows.group_by("process", "unit", "stage", "day").aggregate(entered_earliest_date=rows.earliest_date.max())
    visits = ibis.window(group_by=["process", "unit", "stage"], order_by="day")
    return rows.select(
        "process", "unit", "stage", "entered_earliest_date", entered_date="day",
        visit=(ibis.row_number().over(visits) + 1).cast("int64"), next_entered_date=rows.day.lead().over(visits),
    )  # fmt: skip


def _left(events: Table) -> Table:
    rows = events.filter(events.what == "left")
    rows = rows.group_by("process", "unit", "stage", "day").aggregate(left_earliest_date=rows.earliest_date.max())
    return rows.rename(left_date="day")


def _exits(events: Table) -> Table:
    rows = events.filter(events.what == "ended")
    return rows.group_by("process", "unit").aggregate(
        exit_date=rows.day.min(),
        exit_earliest_date=rows.earliest_date.argmin(rows.day),
        exit=rows.event.argmin(rows.day),
    )


def _paired(entered: Table, left: Table) -> Table:
    """Each entry with the first leaving from then on and no later than the next entry; else with one before it."""
    keys = ["process", "unit", "stage"]
    pairs = entered.join(left, keys)
    begun = ibis.coalesce(pairs.entered_earliest_date, pairs.entered_date)
    ahead = (pairs.left_date >= begun) & (
        pairs.next_entered_date.isnull() | (pairs.left_date <= pairs.next_entered_date)
    )
    before = (pairs.left_date < begun) & (pairs.visit == 1) & pairs.next_entered_date.isnull()
    found = pairs.group_by(*keys, "visit").aggregate(
        left_date=pairs.left_date.min(where=ahead),
        left_earliest_date=pairs.left_earliest_date.argmin(pairs.left_date, where=ahead),
        left_before_date=pairs.left_date.max(where=before),
    )
    rows = entered.left_join(found, [*keys, "visit"])
    rows = rows.drop(*(f"{name}_right" for name in (*keys, "visit")))
    amiss = rows.left_date.isnull() & rows.left_before_date.notnull()
    back = rows.left_date.isnull() & rows.next_entered_date.notnull()
    return rows.mutate(
        is_out_of_order=amiss,
        went_back=back,
        left_date=ibis.cases((amiss, rows.left_before_date), (back, rows.next_entered_date), else_=rows.left_date),
        left_earliest_date=ibis.ifelse(back, rows.next_entered_date, rows.left_earliest_date),
    ).drop("left_before_date", "next_entered_date")


def _ended(rows: Table) -> Table:
    """Spells with `ended`, and the days between which it did."""
    begun = ibis.coalesce(rows.entered_earliest_date, rows.entered_date)
    after_the_end = rows.exit_date.notnull() & (rows.exit_date < begun)
    ends_it = rows.exit_date.notnull() & (rows.left_date.isnull() | (rows.exit_date < rows.left_date))
    exits = after_the_end | (ends_it & ~rows.is_out_of_order)
    kinds: list[Any] = [(exits, "ended"), (rows.went_back, "went back"), (rows.left_date.notnull(), "left")]
    return rows.mutate(
        is_out_of_order=rows.is_out_of_order | after_the_end,
        ended=ibis.cases(*kinds, else_="still there"),
        ended_by=ibis.ifelse(exits, rows.exit, None),
        ended_date=ibis.ifelse(exits, rows.exit_date, rows.left_date),
        ended_earliest_date=ibis.ifelse(exits, rows.exit_earliest_date, rows.left_earliest_date),
    ).drop("went_back", "exit", "exit_date", "exit_earliest_date", "left_date", "left_earliest_date")


def _measured(rows: Table, working_days: Table) -> Table:
    entered, first = rows.entered_date.epoch_days(), rows.entered_earliest_date.epoch_days()
    last, earliest = rows.ended_date.epoch_days(), rows.ended_earliest_date.epoch_days()
    known = rows.known_within_days
    between = rows.ended_date.notnull() & ((last - earliest >= known) | earliest.isnull())
    starts = (entered - first < known).fill_null(False)
    rows = rows.mutate(is_start_known=starts, is_left_between=between)
    still = ibis.ifelse(
        rows.ended_date.isnull(),
        rows.watched_until_date,
        (rows.ended_earliest_date.cast("timestamp") - ibis.interval(days=1)).cast("date"),
    )
    until = ibis.ifelse(rows.ended_date.notnull() & ~between, rows.ended_date, still)
    rows = rows.mutate(until_date=ibis.greatest(until, rows.entered_date))
    how = ibis.cases((rows.ended_date.isnull() | between, 0), (rows.ended == "left", 1), else_=2)
    rows = _in_working_days(rows.mutate(how=how.cast("int64")), working_days)
    told = starts & ~rows.is_out_of_order & until.notnull()
    days = ibis.ifelse(told, (rows.until_date.epoch_days() - entered).cast("int64"), None)
    late = rows.watched_from_date.epoch_days() - entered
    length = ibis.ifelse(rows.target_calendar == "working days", rows.working_days, days)
    return rows.select(
        "process", "unit", "stage", "visit", "place", *_ABOUT, "entered_date", "entered_earliest_date", "ended",
        "ended_by", "ended_date", "ended_earliest_date", "watched_from_date", "watched_until_date", "until_date",
        "is_start_known", "is_left_between", "is_out_of_order", "how", "target_days", "target_calendar",
        "is_synthetic",
        days=days, working_days=ibis.ifelse(told, rows.working_days, None),
        length=ibis.ifelse(told, length, None),
        days_at_least=ibis.ifelse(told & rows.ended_date.notnull(), ibis.greatest(earliest - entered, 0), days),
        days_at_most=ibis.ifelse(told & rows.ended_date.notnull(), last - first, None).cast("int64"),
        after=ibis.ifelse((late > 0).fill_null(False), late, -1).cast("int64"),
        month=month_of(rows.entered_date), quarter=quarter_of(rows.entered_date),
        fiscal_year=fiscal_year_of(rows.entered_date), ended_month=month_of(rows.ended_date),
    )  # fmt: skip


def _in_working_days(rows: Table, working_days: Table) -> Table:
    begun = working_days.select(begun="day", begun_after="working_day")
    done = working_days.select(done="day", done_after="working_day")
    rows = rows.left_join(begun, rows.entered_date == begun.begun).left_join(done, rows.until_date == done.done)
    return rows.mutate(working_days=rows.done_after - rows.begun_after)


@table(key=["process", "unit", "stage", "visit", "month"])
def stages_in_progress(stage_spells: Table) -> Table:
    """Who was at which stage at the end of each of the last 36 months: a row for each stay and month.

    `as_of` is the last day of the month, or the last on which the process was watched within it.
    """
    rows = stage_spells
    rows = rows.filter(~rows.is_out_of_order, rows.watched_until_date.notnull())
    newest = rows.group_by("process").aggregate(newest_date=rows.watched_until_date.max())
    ends = newest.mutate(back=ibis.range(0, _MONTHS).unnest())
    ends = ends.mutate(month=month_of((ends.newest_date.cast("timestamp") - ends.back.as_interval("M")).cast("date")))
    last = ends.month.cast("timestamp") + ibis.interval(months=1) - ibis.interval(days=1)
    ends = ends.select("process", "month", as_of=ibis.least(last.cast("date"), ends.newest_date))
    at = rows.drop("month").join(ends, "process")
    still = at.ended_date.isnull() | (at.ended_date > at.as_of)
    at = at.filter((at.entered_date <= at.as_of) & (at.as_of <= at.watched_until_date) & still)
    return at.select("process", "unit", "stage", "visit", *_ABOUT, "entered_date", "month", "as_of", "is_synthetic")
