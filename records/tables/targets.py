"""Targets that were said, beside what was observed of what they speak of."""

import ibis
from ibis.expr.types import BooleanValue, Table, Value

from tallystick import table
from tallystick.expressions import fiscal_year_of, month_of, quarter_of

PERIOD_DAYS = {"day": 1, "year": 365}


@table(key=["target", "series", "aor", "unit", "start_date", "end_date"])
def target_actuals(targets: Table, observations: Table) -> Table:
    """Each target beside every stretch of days observed of what it speaks of, whether or not it was then in force.

    `rate` is what was observed, as the target counts (a day, a year of 365 days); `is_met` whether that reaches it
    (at least) or keeps below it (at most). `in_force` is yes for a stretch that lies whole in the days of the target,
    partly, before or after. `month`, `quarter` and `fiscal_year` are NULL for a stretch that lies in more than one.
    A target that no series observes has no row: it is unknown.
    """
    seen = observations
    of_place = (targets.area.isnull() & seen.aor.isnull()) | ((targets.area == "each") & seen.aor.notnull())
    facts = targets.select(
        "target", "measured_by", "value_number", "per", "comparison", "area", "from_date", "to_date", "official",
        "contested",
    )  # fmt: skip
    rows = seen.join(facts, [seen.measured_by == facts.measured_by, of_place]).drop("measured_by_right", "area")
    days = rows.per.cases(*PERIOD_DAYS.items())
    rows = rows.mutate(rate=rows.amount.cast("float64") / rows.days * days, period_days=days)
    reached = rows.rate >= rows.value_number.cast("float64")
    kept = rows.rate <= rows.value_number.cast("float64")
    return rows.mutate(
        is_met=ibis.cases((rows.comparison == "at least", reached), (rows.comparison == "at most", kept)),
        in_force=ibis.cases(
            (rows.end_date < rows.from_date, "before"),
            (rows.to_date.notnull() & (rows.start_date > rows.to_date), "after"),
            ((rows.start_date >= rows.from_date) & (rows.to_date.isnull() | (rows.end_date <= rows.to_date)), "yes"),
            else_="partly",
        ),
        month=_if(month_of(rows.start_date) == month_of(rows.end_date), month_of(rows.start_date)),
        quarter=_if(quarter_of(rows.start_date) == quarter_of(rows.end_date), quarter_of(rows.start_date)),
        fiscal_year=_if(
            fiscal_year_of(rows.start_date) == fiscal_year_of(rows.end_date), fiscal_year_of(rows.start_date)
        ),
    )


def _if(so: BooleanValue, value: Value) -> Value:
    return ibis.ifelse(so, value, None)
