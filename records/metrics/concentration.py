"""How few firms the money goes to."""

from ibis.expr.types import Table

from tallystick import metric

BY = ["agency", "fiscal_year", "month", "category", "psc", "naics"]


@metric(unit="index", on="action_date", by=BY)
def concentration(contract_actions: Table, by: list[str]) -> Table:
    """The Herfindahl-Hirschman index of recipients: the sum of their squared shares in per cent, up to 10,000.

    Shares are of net obligations among recipients whose net obligations are positive. Recipients are told apart
    as the column `recipient` does, so firms that only resemble each other are not merged.
    Above 1,800 a market is called highly concentrated (Merger Guidelines of the US Department of Justice and
    the Federal Trade Commission, 2023, guideline 1).
    """
    shares = _shares(contract_actions, by)
    return shares.aggregate(by=by, value=(shares.share * shares.share).sum() * 10000)


@metric(unit="share", on="action_date", by=BY)
def share_of_top_recipient(contract_actions: Table, by: list[str]) -> Table:
    """The share of net obligations that the one largest recipient holds.

    Among recipients whose net obligations are positive.
    """
    shares = _shares(contract_actions, by)
    return shares.aggregate(by=by, value=shares.share.max())


def _shares(rows: Table, by: list[str]) -> Table:
    each = rows.aggregate(by=[*by, "recipient"], usd=rows.federal_action_obligation_usd.sum())
    each = each.filter(each.usd > 0)
    total = each.usd.sum().over(group_by=by)
    return each.mutate(share=each.usd.cast("float64") / total.cast("float64"))
