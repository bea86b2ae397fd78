"""Money that laws give, and what was obligated of it by object class."""

import ibis
from ibis.expr.types import Table

from tallystick import table


@table(key=["public_law", "section"])
def appropriations(appropriations_published: Table) -> Table:
    """Sums that sections of laws appropriate, each with the agency it is for.

    `agency` is the short name used everywhere; it is DHS where a section gives the department the sum to divide.
    """
    given = appropriations_published
    agency = given.recipient_name.cases(
        ("U.S. Immigration and Customs Enforcement", "ICE"),
        ("U.S. Customs and Border Protection", "CBP"),
        ("Department of Homeland Security", "DHS"),
    )
    return given.select(
        "public_law",
        "section",
        "recipient_name",
        "amount_usd",
        "fiscal_year",
        "available_through_date",
        "purpose",
        agency=agency,
    )


@table(key=["agency", "funding_source", "object_class_name", "period"])
def budget_obligations(budget_obligations_published: Table) -> Table:
    """Obligations of whole agencies by object class and by the authority that the money came from.

    From the rows that state both. The publisher's other files restate sums of these, so they are left out:
    adding them would count money twice.
    """
    told = budget_obligations_published
    whole = told.filter(told.funding_source.notnull() & told.object_class_name.notnull())
    return whole.select("agency", "funding_source", "object_class_name", "amount_usd", "period")


@table(key=["federal_account", "fiscal_year"])
def account_obligations(account_obligations_published: Table) -> Table:
    """What accounts of the Treasury obligated for detention agreements in a fiscal year, one row an account and year.

    From the start of the fiscal year (October) to the end of `endpoint_period` (`FY2026P10`: July): what is reported
    to the Treasury adds up within a year, so that of several periods of one year the last alone counts.
    `obligated_usd` is what the accounts report (File B). Over the same months less those before the publisher's
    baseline, `since_baseline_usd` is what the accounts report, adjustments of earlier years taken off, and
    `by_award_usd` what award by award is reported of it (File C); their difference is what no award explains. Which
    obligations are for detention agreements is the publisher's choice.
    """
    told = account_obligations_published
    last = told.endpoint_period == told.endpoint_period.max().over(group_by=["federal_account", "fiscal_year"])
    rows = told.filter(last)
    return rows.select(
        "federal_account",
        "endpoint_period",
        fiscal_year=rows.fiscal_year.cast("int64"),
        obligated_usd=rows.endpoint_obligations_usd,
        since_baseline_usd=rows.file_b_net_usd,
        by_award_usd=rows.file_c_obligations_usd,
    )


@table(key=["agency", "measure"])
def stated_budget_totals(budget_obligations_published: Table) -> Table:
    """Totals that a summary states for Public Law 119-21, beside those its parts add up to.

    `stated_usd` is what is stated; `parts_usd` the sum over object classes obligated from that law, NULL for
    measures that have no parts here; `difference_usd` their difference. The publisher rounds obligations to the
    nearest 100 million dollars: `is_within_rounding` says whether the difference is no more than half of that.
    """
    sums = budget_obligations_published
    law = sums.filter(sums.funding_source.contains("OBBA"))
    parts = law.group_by("agency").aggregate(parts_usd=law.amount_usd.sum().cast("decimal(18, 2)"))
    stated = sums.filter(sums.measure.notnull()).select("agency", "measure", stated_usd="amount_usd")
    joined = stated.left_join(parts, "agency")
    obligated = joined.measure == "obligation"
    kept = joined.select("agency", "measure", "stated_usd", parts_usd=obligated.ifelse(joined.parts_usd, None))
    difference = (kept.stated_usd - kept.parts_usd).cast("decimal(18, 2)")
    half = ibis.literal(50_000_000)
    return kept.mutate(difference_usd=difference, is_within_rounding=difference.abs() <= half)
