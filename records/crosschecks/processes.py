"""Ways through staged work that a process does not allow and the publishers' own records tell of."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import crosscheck

from .words import day, said

_WHO = ("title", "state", "model")
_ENTRY = ("process", "unit", "stage", "visit")


@crosscheck(
    next_step="look at both lists; correct the day in the register of corrections where a day was typed wrong"
)
def stages_that_ended_before_they_began(stage_spells: Table, process_stages: Table) -> Table:
    """No unit leaves a stage before it enters it.

    Where it does, as a request that was signed before a list had it as pending, a day is wrong or a list lags behind:
    such a stay is in no figure of days. Made-up processes are left out.
    """
    stages = process_stages.select("process", "stage", "enters", "leaves")
    spells = stage_spells
    rows = spells.filter(spells.is_out_of_order, spells.ended != "ended", ~spells.is_synthetic).join(
        stages, ["process", "stage"]
    )
    return rows.select(
        "process", "unit", "stage", "entered_date", "ended_date",
        about=rows.process + "/" + rows.unit,
        says=_who(rows) + ": " + rows.leaves + " on " + day(rows.ended_date) + ", before it was " + rows.enters
        + ", as first told on " + day(rows.entered_date),
        day=rows.entered_date,
    )  # fmt: skip


@crosscheck(next_step="look at both lists; where the unit began anew, its table should tell it as another unit")
def events_after_the_end(stage_spells: Table, process_stages: Table) -> Table:
    """No unit enters a stage after it withdrew, was refused or ended otherwise.

    Where a list says so, a day is wrong, or the unit began anew: such a stay is in no figure of days, and is no work
    in progress. Made-up processes are left out.
    """
    spells = stage_spells
    rows = spells.filter(spells.is_out_of_order, spells.ended == "ended", ~spells.is_synthetic)
    rows = rows.filter(rows.stage != "overall").join(
        process_stages.select("process", "stage", "enters"), ["process", "stage"]
    )
    return rows.select(
        "process", "unit", "stage", "entered_date", "ended_date",
        about=rows.process + "/" + rows.unit,
        says=_who(rows) + ": " + rows.enters + " on " + day(rows.entered_date) + ", after it was " + rows.ended_by
        + " on " + day(rows.ended_date),
        day=rows.entered_date,
    )  # fmt: skip


@crosscheck(next_step="look at both lists; a way back that is meant is a loop of the process, which says why")
def ways_back_without_a_loop(stage_spells: Table, process_stages: Table, process_ways: Table) -> Table:
    """No unit enters a stage again, nor one before a stage that it was at, unless a loop of its process leads back.

    Where it does, a day is wrong, or the process as it is written does not know all ways. Its stays count as the
    lists tell them. Made-up processes are left out.
    """
    spells = stage_spells.filter(~stage_spells.is_out_of_order, ~stage_spells.is_synthetic)
    at = spells.select(
        "process", "unit", "stage", "visit", *_WHO, "entered_date",
        since=ibis.coalesce(spells.entered_earliest_date, spells.entered_date),
    )  # fmt: skip
    before = spells.select("process", "unit", other="stage", other_date="entered_date")
    pairs = at.join(_way(process_ways, "no sooner"), ["process", "stage"]).join(before, ["process", "unit", "other"])
    pairs = pairs.filter(pairs.other_date < pairs.since)
    loops = at.join(_way(process_ways, "again after"), ["process", "stage"]).join(
        before, ["process", "unit", "other"]
    )
    loops = loops.filter(loops.other_date <= loops.entered_date).select(*_ENTRY).distinct()
    back = pairs.anti_join(loops, _ENTRY)
    last = back.group_by(*_ENTRY, *_WHO, "entered_date").aggregate(
        other=back.other.argmax(back.other_date), other_date=back.other_date.max()
    )
    rows = last.join(process_stages.select("process", "stage", "enters"), ["process", "stage"])
    return rows.select(
        "process", "unit", "stage", "entered_date", "other_date",
        about=rows.process + "/" + rows.unit,
        says=_who(rows) + ": " + rows.enters + " on " + day(rows.entered_date) + ", after it had come to "
        + rows.other + " on " + day(rows.other_date) + ", and no loop leads back",
        day=rows.entered_date,
    )  # fmt: skip


@crosscheck(
    next_step="look for the list that tells of the stage between, or write in the process that it may be skipped"
)
def stages_skipped_that_may_not_be(stage_spells: Table, process_stages: Table, process_ways: Table) -> Table:
    """No unit comes to a stage from one before it without those between, unless these may be skipped or are not told.

    Where it does, a list lacks it, or the process as it is written does not know all ways. Its stays count as the
    lists tell them. Made-up processes are left out.
    """
    spells = stage_spells.filter(~stage_spells.is_out_of_order, ~stage_spells.is_synthetic)
    at = spells.select("process", "unit", "stage", "visit", *_WHO, "entered_date")
    was = spells.select("process", "unit", other="stage", other_date="entered_date")
    ways = _way(process_ways, "no sooner").rename(stage="other", other="stage")
    ways = ways.filter(ways.stage != ways.other)
    both = at.join(ways, ["process", "stage"]).join(was, ["process", "unit", "other"])
    both = both.filter(both.other_date <= both.entered_date)
    near = at.join(_way(process_ways, "straight from"), ["process", "stage"]).join(was, ["process", "unit", "other"])
    near = near.filter(near.other_date <= near.entered_date).select(*_ENTRY).distinct()
    far = both.anti_join(near, _ENTRY)
    last = far.group_by(*_ENTRY, *_WHO, "entered_date").aggregate(
        other=far.other.argmax(far.other_date), other_date=far.other_date.max()
    )
    rows = last.join(process_stages.select("process", "stage", "enters"), ["process", "stage"])
    return rows.select(
        "process", "unit", "stage", "entered_date", "other_date",
        about=rows.process + "/" + rows.unit,
        says=_who(rows) + ": " + rows.enters + " on " + day(rows.entered_date) + ", straight from " + rows.other
        + ", and what lies between may not be skipped",
        day=rows.entered_date,
    )  # fmt: skip


def _who(rows: Table) -> StringValue:
    return said(rows.title, "name") + ", " + said(rows.state, "state") + ", " + said(rows.model, "model")


def _way(process_ways: Table, way: str) -> Table:
    return process_ways.filter(process_ways.way == way).select("process", "stage", "other")
