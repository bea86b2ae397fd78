"""How much of the money was not competed for. The captures lack these columns; the official files have them."""

from ibis.expr.types import Scalar, Table

from tallystick import metric

BY = ["agency", "fiscal_year", "month", "recipient", "category", "psc", "naics"]
# Extent competed, by the codes of the Federal Procurement Data System's data dictionary, element 10A:
# not available for competition, not competed, not competed under simplified acquisition, non-competitive order.
NOT_COMPETED = ["B", "C", "G", "NDO"]


@metric(unit="share", on="action_date", by=BY, over=["extent_competed_code"])
def share_not_competed(contract_actions: Table) -> Scalar:
    """The share of gross obligations on awards that were not competed.

    Positive obligations with extent competed B (not available for competition), C (not competed), G (not competed
    under simplified acquisition) or NDO (non-competitive delivery order), divided by the positive obligations of
    all actions that state an extent competed. A follow-on to a competed action (E) counts as competed.
    Actions that state none are left out of both, and how many there are is told; unknown where all are such.
    """
    rows = contract_actions
    gross = rows.federal_action_obligation_usd.clip(lower=0)
    alone = gross.sum(where=rows.extent_competed_code.isin(NOT_COMPETED)).coalesce(0)
    stated = gross.sum(where=rows.extent_competed_code.notnull())
    return alone.cast("float64") / stated.nullif(0).cast("float64")


@metric(unit="share", on="action_date", by=BY, over=["offers_received"])
def share_with_one_offer(contract_actions: Table) -> Scalar:
    """The share of gross obligations on awards for which one offer was received.

    Positive obligations of actions with exactly one offer received, divided by the positive obligations of all
    actions that state the number of offers. Actions that state none are left out of both, and how many there are
    is told; unknown where all are such.
    """
    rows = contract_actions
    gross = rows.federal_action_obligation_usd.clip(lower=0)
    alone = gross.sum(where=rows.offers_received == 1).coalesce(0)
    stated = gross.sum(where=rows.offers_received.notnull())
    return alone.cast("float64") / stated.nullif(0).cast("float64")
