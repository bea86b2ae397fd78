"""Money by place."""

from ibis.expr.types import Scalar, Table

from tallystick import metric

BY = ["state", "county_fips", "county_name", "aor", "fiscal_year", "provider", "recipient_name"]


@metric(unit="USD", on="first_action_date", by=BY, over=["county_fips"])
def obligated_by_place(local_provider_awards: Table) -> Scalar:
    """Money obligated on ICE's awards by where the work is done: whole awards, by the day of their first action.

    Of the award files held: those of 2023 are lists of awards to local and to state governments, so firms that run
    facilities are in it only as far as other downloads name them. Cumulative until the day of the file. Awards whose
    county is not known count for their state.
    """
    return local_provider_awards.obligated_usd.sum()


@metric(unit="count", on="first_action_date", by=BY, over=["county_fips"])
def awards_by_place(local_provider_awards: Table) -> Scalar:
    """ICE's awards by where the work is done, of the award files held, each counted once."""
    return local_provider_awards.award_key.nunique()
