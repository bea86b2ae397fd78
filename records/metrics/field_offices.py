"""What was reported and what was confirmed of field-office directors: offices and counts, never a person."""

from ibis.expr.types import Scalar, Table

from tallystick import metric

BY = ["status", "official", "told_date"]


@metric(unit="count", on="told_date", by=BY)
def field_offices_named(field_office_directors: Table) -> Scalar:
    """Field offices named in what was told of a change of their directors, each counted once.

    From the register, which holds what could be sourced: an office that nobody named is not in it. Ask for one
    status (reported, announced, confirmed, acting); what is reported by unnamed people is not confirmed.
    """
    return field_office_directors.office.nunique().nullif(0)


@metric(unit="count", on="told_date", by=BY)
def field_office_changes_told(field_office_directors: Table) -> Scalar:
    """The largest number of directors that any one report or statement said were to be replaced."""
    return field_office_directors.count_number.max().cast("int64")
