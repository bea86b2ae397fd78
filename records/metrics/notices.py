"""Notices in which agencies say what they seek bids for."""

from ibis.expr.types import Scalar, Table

from tallystick import metric

BY = ["agency", "sub_agency_name", "office_name", "type", "naics", "psc", "posted_date", "title"]


@metric(unit="count", on="posted_date", by=BY)
def notices(solicitations: Table) -> Scalar:
    """Notices of contract opportunities posted, every amendment that has a notice of its own counted.

    Only what the releases of notices hold: a release is the notices active on its day, so older ones are missing,
    and none found is no proof that there was none.
    """
    return solicitations.notice_id.nunique()
