"""Stages of staged work: a stay that the publishers' own records say ended before it began."""

from ibis.expr.types import Table

from tallystick import crosscheck

from .words import day, said


@crosscheck(
    next_step="look at both lists; correct the day in the register of corrections where a day was typed wrong"
)
def stages_that_ended_before_they_began(stage_spells: Table, process_stages: Table) -> Table:
    """No unit leaves a stage before it enters it.

    Where it does, as a request that was signed before a list had it as pending, a day is wrong or a list lags behind:
    such a stay is in no figure of days. Made-up processes are left out.
    """
    stages = process_stages.select("process", "stage", "enters", "leaves")
    rows = stage_spells.filter(stage_spells.is_out_of_order, ~stage_spells.is_synthetic).join(
        stages, ["process", "stage"]
    )
    who = said(rows.title, "name") + ", " + said(rows.state, "state") + ", " + said(rows.model, "model")
    return rows.select(
        "process", "unit", "stage", "entered_date", "ended_date",
        about=rows.process + "/" + rows.unit,
        says=who + ": " + rows.leaves + " on " + day(rows.ended_date) + ", before it was " + rows.enters
        + ", as first told on " + day(rows.entered_date),
        day=rows.entered_date,
    )  # fmt: skip
