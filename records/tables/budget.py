"""What Congress appropriated, and what was obligated of it by object class."""

import ibis
from ibis.expr.types import Table

from tallystick import table


@table(key=["public_law", "section"])
def appropriations(appropriations_published: Table, agency_codes: Table) -> Table:
    """Sums appropriated by law, one row a section and recipient.

    `amount_usd` is the statutory sum; NULL `available_through_date` means that the text names no last day.
    `agency` is the recipient's abbreviation as the list of agency codes has it.
    """
    sums = appropriations_published
    named = agency_codes.select(name=agency_codes.sub_agency_name, agency=agency_codes.agency)
    named = named.filter(named.agency.notnull())
    agency = named.group_by("name").aggregate(agencies=named.agency.nunique(), agency=named.agency.max())
    joined = sums.left_join(agency.filter(agency.agencies == 1), sums.recipient_name == agency.name)
    return joined.select(
        "public_law",
        "section",
        "agency",
        "recipient_name",
        "amount_usd",
        "fiscal_year",
        "available_through_date",
        "purpose",
    )


@table(key=["agency", "funding_source", "object_class_name", "period"])
def budget_obligations(budget_obligations_published: Table) -> Table:
    """Obligations by agency, funding source and object class over a calendar year (`period`).

    From the file that states a funding source. The file of Public Law 119-21 alone restates a part of it and
    is not added; totals that a summary states are in `stated_budget_totals`. Sums are growth of the cumulative
    File B between snapshots, so they may be negative.
    """
    sums = budget_obligations_published
    return sums.filter(sums.funding_source.notnull()).select(
        "agency", "funding_source", "object_class_name", "amount_usd", "period"
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
    parts = law.group_by("agency").aggregate(parts_usd=law.amount_usd.sum().cast("decimal(20, 2)"))
    stated = sums.filter(sums.measure.notnull()).select("agency", "measure", stated_usd="amount_usd")
    joined = stated.left_join(parts, "agency")
    obligated = joined.measure == "obligation"
    kept = joined.select("agency", "measure", "stated_usd", parts_usd=obligated.ifelse(joined.parts_usd, None))
    difference = (kept.stated_usd - kept.parts_usd).cast("decimal(20, 2)")
    half = ibis.literal(50_000_000)
    return kept.mutate(difference_usd=difference, is_within_rounding=difference.abs() <= half)
