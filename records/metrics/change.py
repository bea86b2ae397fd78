"""Obligations beside those of the same period of the year before."""

from ibis.expr.types import Table

from tallystick import metric

BY = ["agency", "fiscal_year", "month", "recipient", "category", "psc", "naics"]


@metric(unit="USD", on="action_date", by=BY)
def obligations_a_year_before(contract_actions: Table, year_before: Table, by: list[str]) -> Table:
    """Money obligated in the same period of the year before, beside each group that has obligations now.

    The same month a year before is the month twelve months earlier, found by its date and not by its place in
    the series, so that a month without actions shifts nothing. Unknown for a group without actions a year before.
    """
    paired = _paired(contract_actions, year_before, by)
    return paired.mutate(value=paired.before_usd)


@metric(unit="share", on="action_date", by=BY)
def change_on_year_before(contract_actions: Table, year_before: Table, by: list[str]) -> Table:
    """The change of obligations on the same period of the year before: 0.25 is a quarter more, -0.5 is half.

    Net obligations of the period less those of the same period one year earlier, divided by the latter. The same
    month a year before is found by its date. Unknown where there was no action, or no money, in the year before;
    groups without any action now are left out.
    """
    paired = _paired(contract_actions, year_before, by)
    change = (paired.now_usd - paired.before_usd).cast("float64") / paired.before_usd.nullif(0).cast("float64")
    return paired.mutate(value=change)


def _paired(rows: Table, year_before: Table, by: list[str]) -> Table:
    now = rows.aggregate(by=by, now_usd=rows.federal_action_obligation_usd.sum())
    before = year_before.aggregate(by=by, before_usd=year_before.federal_action_obligation_usd.sum())
    if not by:
        return now.cross_join(before)
    return now.left_join(before, by).select(*[now[name] for name in by], now.now_usd, before.before_usd)
