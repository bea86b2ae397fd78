"""What may be asked for under instruments of data sharing, and what was: each of one instrument, never mixed."""

import ibis
from ibis.expr.types import Scalar, Table

from tallystick import apart, metric


@apart("instrument")
@metric(unit="count", by=["instrument", "unit", "per"])
def sharing_cap(data_sharing_caps: Table) -> Scalar:
    """The most that may be asked for in a period under one instrument, as its register tells it.

    Of one instrument, unit and period (day, month, year, in all) only, and unknown over more: caps of different
    instruments do not add up. Unknown too where no cap is told of, which does not say that there is none.
    """
    return _of_one(data_sharing_caps, ["instrument", "unit", "per"], data_sharing_caps.cap_number.max().cast("int64"))


@apart("instrument")
@metric(unit="count", on="end_date", by=["instrument", "basis", "request", "unit", "month"])
def sharing_volume(sharing_volumes: Table) -> Scalar:
    """How much was sought, requested, refused, matched, disclosed or found unlawful under one instrument.

    Of one instrument, one basis, one unit and one request only, and unknown over more: what was asked for is not what
    was given, records are not people, and two requests may be for the same people. Of each volume the account that
    the register follows, which may be about a number.
    """
    rows = sharing_volumes
    asked = ibis.ifelse(rows.request.nunique() <= 1, rows.volume_number.sum().cast("int64"), None)
    return _of_one(rows, ["instrument", "basis", "unit"], asked)


@apart("instrument")
@metric(unit="share", on="end_date", by=["instrument", "unit"])
def share_of_requests_matched(sharing_volumes: Table) -> Scalar:
    """The share of what was requested under one instrument that its provider could match, in one unit.

    Unknown where either number is not told in that unit.
    """
    rows = sharing_volumes
    units = rows.unit.nunique(where=rows.basis.isin(["matched", "requested"]))
    share = _sum_of(rows, "matched").cast("float64") / _sum_of(rows, "requested").nullif(0).cast("float64")
    return _of_one(rows, ["instrument"], ibis.ifelse(units == 1, share, None))


@apart("instrument")
@metric(unit="share", on="month", by=["instrument", "unit", "month"])
def volume_against_cap(sharing_months: Table) -> Scalar:
    """What was requested under one instrument divided by what might be; unknown where no month tells both of one.

    Over the months of which both are told; 1 is the cap itself. A cap of one instrument says nothing of another.
    """
    asked = sharing_months.requested_number.sum().cast("float64") / sharing_months.cap_number.sum().cast("float64")
    return _of_one(sharing_months, ["instrument", "unit"], asked)


@apart("instrument")
@metric(unit="count", on="month", by=["instrument", "unit"])
def months_above_cap(sharing_months: Table) -> Scalar:
    """Months in which more was requested under one instrument than its own cap allows, where both are told of.

    Unknown where no month has both.
    """
    return _of_one(sharing_months, ["instrument", "unit"], sharing_months.is_over.sum())


@metric(unit="count", on="event_period_last_date", by=["instrument", "event", "court", "confidence"])
def sharing_events(data_sharing_events: Table) -> Scalar:
    """Events of instruments of data sharing: signed, challenged, enjoined, narrowed, found unlawful and others."""
    return data_sharing_events.count().nullif(0)


def _sum_of(rows: Table, basis: str) -> Scalar:
    return rows.volume_number.sum(where=rows.basis == basis)


def _of_one(rows: Table, columns: list[str], value: Scalar) -> Scalar:
    one = ibis.and_(*(rows[name].nunique() == 1 for name in columns))
    return ibis.ifelse(one, value, None)
