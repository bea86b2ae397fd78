"""How much was asked for and given under each instrument of data sharing, beside the most that may be asked."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import month_of


@table(key=["instrument", "basis", "unit", "start_date", "end_date"])
def sharing_volumes(data_sharing_volumes: Table, data_sharing: Table) -> Table:
    """Volumes of the account that figures follow, one row an instrument, what was counted, its unit and its days.

    `basis` says what was counted: sought, requested, refused, matched, disclosed, found unlawful, in scope.
    Of what is told of one request (`request`) on several days, what was told last. `month` is NULL for a volume over
    more than one month.
    """
    rows = data_sharing_volumes.filter(data_sharing_volumes.account == "followed")
    later = ibis.row_number().over(
        group_by=["instrument", "basis", "unit", "request"], order_by=ibis.desc("told_date")
    )
    rows = rows.mutate(later=later).filter(ibis._.request.isnull() | (ibis._.later == 0)).drop("later")
    facts = data_sharing.select("instrument", "provider", "recipient", "kind")
    rows = rows.join(facts, "instrument")
    start, end = rows.over_period_first_date, rows.over_period_last_date
    return rows.select(
        "instrument", "provider", "recipient", "kind", "basis", "request", "unit", "volume_number", "bound",
        "confidence", "citation", "told_date",
        start_date=start,
        end_date=end,
        month=ibis.ifelse(month_of(start) == month_of(end), month_of(start), None),
    )  # fmt: skip


@table(key=["instrument", "unit", "month"])
def sharing_months(sharing_volumes: Table, data_sharing_caps: Table) -> Table:
    """Each month of an instrument of which it is told how much was asked for, beside its own cap of a month.

    Only what was requested, in the unit that the cap is in, under the instrument that the cap is of, in a month in
    which the cap is known to have bound (one whose days are not told is taken to bind in all).
    """
    asked = sharing_volumes.filter(sharing_volumes.basis == "requested", sharing_volumes.month.notnull())
    asked = asked.group_by("instrument", "unit", "month").agg(
        requested_number=asked.volume_number.sum(), asked_told_date=asked.told_date.max()
    )
    caps = data_sharing_caps.filter(data_sharing_caps.per == "month").select(
        "instrument", "unit", "cap_number", "from_date", "to_date", cap_told_date="told_date"
    )
    rows = asked.join(caps, ["instrument", "unit"])
    bound = (rows.from_date.isnull() | (month_of(rows.from_date) <= rows.month)) & (
        rows.to_date.isnull() | (rows.month <= rows.to_date)
    )
    rows = rows.filter(bound)
    return rows.select(
        "instrument", "unit", "month", "requested_number", "cap_number",
        is_over=rows.requested_number > rows.cap_number,
        told_date=ibis.greatest(rows.asked_told_date, rows.cap_told_date),
    )  # fmt: skip
