"""Money that contract actions commit and take back, and how many actions and awards there are."""

import ibis
from ibis.expr.types import Scalar, Table

from tallystick import metric

BY = [
    "agency", "fiscal_year", "month", "action_date", "recipient", "recipient_name", "piid", "award_key",
    "category", "psc", "psc_name", "naics", "naics_name", "office", "award_type", "modification_number",
]  # fmt: skip


@metric(unit="USD", on="action_date", by=BY)
def obligations(contract_actions: Table) -> Scalar:
    """Money obligated: the sum of federal action obligations, de-obligations counted as negative.

    Transactions only. Never the cumulative award columns, which repeat on every row.
    """
    return contract_actions.federal_action_obligation_usd.sum()


@metric(unit="USD", on="action_date", by=BY)
def gross_obligations(contract_actions: Table) -> Scalar:
    """Money newly obligated: the sum of the positive federal action obligations, de-obligations left out.

    Zero when there were actions and none of them added money.
    """
    usd = contract_actions.federal_action_obligation_usd
    return usd.clip(lower=0).sum()


@metric(unit="USD", on="action_date", by=BY)
def de_obligations(contract_actions: Table) -> Scalar:
    """Money taken back: the sum of the negative federal action obligations, a number at or below zero.

    Gross obligations and de-obligations add up to obligations.
    """
    usd = contract_actions.federal_action_obligation_usd
    return usd.clip(upper=0).sum()


@metric(unit="count", on="action_date", by=BY)
def actions(contract_actions: Table) -> Scalar:
    """Contract actions: awards and modifications of them, those that move no money counted too.

    A row that a source repeated in every column is one action.
    """
    return contract_actions.count()


@metric(unit="count", on="action_date", by=BY)
def awards(contract_actions: Table) -> Scalar:
    """Awards that had at least one action in the period, each counted once however often it was modified.

    Told apart by the award key, or by sub-agency and PIID where a source lacks the key.
    """
    rows = contract_actions
    weaker = ibis.literal("_").join([rows.sub_agency_code, rows.piid])
    return ibis.coalesce(rows.award_key, weaker).nunique()


@metric(unit="share", on="action_date", by=["agency", "fiscal_year", "category", "recipient", "naics", "psc"])
def share_in_september(contract_actions: Table) -> Scalar:
    """The share of obligations made in September, the last month of the federal fiscal year.

    Net obligations with an action date in September, divided by net obligations of the whole period asked about;
    unknown where these are zero. Ask over whole fiscal years.
    """
    usd = contract_actions.federal_action_obligation_usd
    in_september = usd.sum(where=contract_actions.action_date.month() == 9).coalesce(0)
    return in_september.cast("float64") / usd.sum().nullif(0).cast("float64")


@metric(unit="share", on="action_date", by=["agency", "fiscal_year", "month", "recipient", "naics", "psc"])
def share_unclassified(contract_actions: Table) -> Scalar:
    """The share of gross obligations that no rule of the taxonomy gives a category.

    Positive obligations of actions without a category, divided by all positive obligations; unknown where there
    are none.
    """
    rows = contract_actions
    gross = rows.federal_action_obligation_usd.clip(lower=0)
    without = gross.sum(where=rows.category.isnull() | (rows.category == "unclassified")).coalesce(0)
    return without.cast("float64") / gross.sum().nullif(0).cast("float64")
