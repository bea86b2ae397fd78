"""How many privacy papers anything held tells of."""

from ibis.expr.types import Scalar, Table

from tallystick import metric


@metric(
    unit="count",
    on="publication_date",
    by=["kind", "component", "agency", "told_by", "month", "fiscal_year", "document_number"],
)
def privacy_notices_known(privacy_notices: Table) -> Scalar:
    """Notices of systems of records and computer matching that anything held tells of.

    Not all that there were: only issues and lists that were taken in are counted. None is unknown.
    """
    return privacy_notices.count().nullif(0)


@metric(unit="days", on="publication_date", by=["kind", "component", "agency", "month", "fiscal_year"])
def days_to_comment(privacy_notices: Table) -> Scalar:
    """The median days from a notice's publication to the last day for comments, where it states one."""
    rows = privacy_notices
    days = rows.comments_due_date.epoch_days() - rows.publication_date.epoch_days()
    return days.median()


@metric(
    unit="count",
    by=["kind", "component", "number", "base_number", "published_month", "is_listed", "is_cited", "is_retired"],
)
def privacy_assessments_known(privacy_assessments: Table) -> Scalar:
    """Privacy impact assessments and threshold analyses that a page lists or another paper cites.

    None is unknown: what nothing held lists or cites may still exist.
    """
    return privacy_assessments.count().nullif(0)
