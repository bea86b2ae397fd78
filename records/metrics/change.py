"""Obligations beside those of the same period of the year before."""

from ibis.expr.types import Table, Value

from tallystick import metric
from tallystick.expressions import a_year_on

BY = ["agency", "fiscal_year", "month", "recipient", "category", "psc", "naics"]


@metric(unit="USD", on="action_date", by=BY)
def obligations_a_year_before(contract_actions: Table, year_before: Value, by: list[str]) -> Table:
    """Money obligated in the same period of the year before, beside each group that has obligations now.

    The same month a year before is the month twelve months earlier, found by its date and not by its place in
    the series, so that a month without actions shifts nothing. Unknown for a group without actions a year before.
    """
    paired = _paired(contract_actions, year_before, by)
    return paired.mutate(value=paired.before_usd)


@metric(unit="share", on="action_date", by=BY)
def change_on_year_before(contract_actions: Table, year_before: Value, by: list[str]) -> Table:
    """The change of obligations on the same period of the year before: 0.25 is a quarter more, -0.5 is half.

    Net obligations of the period less those of the same period one year earlier, divided by the latter. The same
    month a year before is found by its date. Unknown where there was no action, or no money, in the year before;
    groups without any action now are left out.
    """
    paired = _paired(contract_actions, year_before, by)
    change = (paired.now_usd - paired.before_usd).cast("float64") / paired.before_usd.nullif(0).cast("float64")
    return paired.mutate(value=change)


def _paired(rows: Table, year_before: Value, by: list[str]) -> Table:
    """`now_usd` and `before_usd`, summed up by month and year first: to move a few sums is cheaper than all rows."""
    usd = rows.federal_action_obligation_usd
    if not by:
        return rows.aggregate(now_usd=usd.sum(where=~year_before), before_usd=usd.sum(where=year_before))
    sums = rows.aggregate(by=[*by, year_before.name("before")], usd=usd.sum())
    moved = a_year_on(sums, sums.before)
    paired = moved.aggregate(
        by=by,
        now_usd=moved.usd.sum(where=~moved.before),
        before_usd=moved.usd.sum(where=moved.before),
        now=(~moved.before).any(),
    )
    return paired.filter(paired.now)
