"""What was told of bodies that oversee detention and enforcement: closed, furloughed, restored, and their staff."""

import ibis
from ibis.expr.types import Scalar, Table

from tallystick import metric


@metric(unit="count", on="told_date", by=["office", "status", "official"])
def oversight_office_changes(oversight_offices: Table) -> Scalar:
    """Times that an office which oversees detention was told to be closed, furloughed or restored.

    From the register, which holds what could be sourced. `official` is yes for what the department itself said.
    """
    return oversight_offices.count().nullif(0)


@metric(unit="count", on="at_date", by=["office", "bound"])
def oversight_staff(oversight_staff_counts: Table) -> Scalar:
    """People that one body which oversees enforcement was told to have, by the newest count of the period.

    Of one body only, and unknown over more. A count may be about a number, or at least one: see `bound`.
    """
    newest = oversight_staff_counts.staff.argmax(oversight_staff_counts.at_date)
    return ibis.ifelse(oversight_staff_counts.office.nunique() == 1, newest, None)
