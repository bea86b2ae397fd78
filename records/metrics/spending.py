"""Money that contracts commit, take back, and may reach."""

from ibis.expr.types import Scalar, Table

from tallystick import metric

BY = ["agency", "naics", "recipient", "piid", "fiscal_year"]


@metric(unit="USD", on="action_date", by=BY)
def obligations(contract_actions: Table) -> Scalar:
    """Money obligated: the sum of federal action obligations, de-obligations counted as negative.

    Transactions only. Never the cumulative award columns, which repeat on every row.
    """
    return contract_actions.federal_action_obligation_usd.sum()
