"""What laws gave, against what was obligated of it."""

from ibis.expr.types import Scalar, Table

from tallystick import metric

# How the publisher of the obligations names the money of Public Law 119-21.
OF_THE_LAW = "OBBA%"


@metric(unit="USD", by=["agency", "public_law", "section", "fiscal_year", "purpose", "recipient_name"])
def appropriated(appropriations: Table) -> Scalar:
    """Money that a law gives: the sum of the amounts in its sections, over all the years it is available.

    Only laws in the register of appropriations are in it: today Public Law 119-21.
    """
    return appropriations.amount_usd.sum()


@metric(unit="USD", by=["agency", "funding_source", "object_class_name", "period"])
def budget_obligations_by_object_class(budget_obligations: Table) -> Scalar:
    """Everything an agency obligated, contracts or not, by what it was for and where the money came from.

    Object classes of USAspending's account files (File B), already made differences of the cumulative snapshots.
    Not comparable with contract obligations alone: pay and travel are in it.
    """
    return budget_obligations.amount_usd.sum()


@metric(unit="USD", by=["federal_account", "fiscal_year", "endpoint_period"])
def obligations_by_account(account_obligations: Table) -> Scalar:
    """What accounts of the Treasury obligated for detention agreements, from October to the period that is stated.

    As the accounts report it, not award by award. Which obligations are for detention agreements is the publisher's
    choice; no other obligations by account are held.
    """
    return account_obligations.obligated_usd.sum()


@metric(unit="USD", by=["federal_account", "fiscal_year", "endpoint_period"])
def obligations_by_account_no_award_explains(account_obligations: Table) -> Scalar:
    """What accounts report for detention agreements since the publisher's baseline, less what awards report of it."""
    return (account_obligations.since_baseline_usd - account_obligations.by_award_usd).sum()


@metric(unit="share", by=["agency"])
def share_of_appropriation_obligated(appropriations: Table, budget_obligations: Table, by: list[str]) -> Table:
    """The share of the money of Public Law 119-21 that was obligated by the end of the period the obligations cover.

    Obligations whose funding source is that law, divided by what the law appropriates to the same agency. Over
    whole agencies whose obligations are known: sections of the law and object classes have no common key.
    """
    law = budget_obligations.filter(budget_obligations.funding_source.like(OF_THE_LAW))
    known = appropriations.filter(appropriations.agency.isin(law.agency))
    given = known.aggregate(by=by, given=known.amount_usd.sum())
    used = law.aggregate(by=by, used=law.amount_usd.sum())
    if by:
        paired = given.left_join(used, by).select(*[given[name] for name in by], given.given, used.used)
    else:
        paired = given.cross_join(used)
    return paired.mutate(value=paired.used.cast("float64") / paired.given.nullif(0).cast("float64"))
