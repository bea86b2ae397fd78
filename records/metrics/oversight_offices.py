"""What was told of offices that oversee detention: closed, furloughed, restored."""

from ibis.expr.types import Scalar, Table

from tallystick import metric


@metric(unit="count", on="told_date", by=["office", "status", "official"])
def oversight_office_changes(oversight_offices: Table) -> Scalar:
    """Times that an office which oversees detention was told to be closed, furloughed or restored.

    From the register, which holds what could be sourced. `official` is yes for what the department itself said.
    """
    return oversight_offices.count().nullif(0)
