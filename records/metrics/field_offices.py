"""What was reported and what was confirmed of posts that lead enforcement: offices and counts, never a person."""

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


@metric(unit="count", on="told_date", by=["post", "kind", *BY])
def post_changes(post_changes_told: Table) -> Scalar:
    """Reports and statements of a change in a post that leads an agency, a directorate or field offices.

    From the register, which holds what could be sourced: what is reported is not what is announced, and what is
    announced is not what the Senate confirmed. Ask for one status.
    """
    return post_changes_told.count().nullif(0)
