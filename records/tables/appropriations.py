"""Money that laws give, and what was obligated of it by object class."""

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
