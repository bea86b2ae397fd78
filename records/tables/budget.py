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
