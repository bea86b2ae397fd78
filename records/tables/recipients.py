"""Recipients: which names and identifiers are one organisation, and why that may be said."""

from ibis.expr.types import Table

from tallystick import normalised, table


@table(key=["name"])
def recipient_by_name(recipient_aliases: Table) -> Table:
    """The canonical recipient that a name stands for where a source gives no identifier.

    From the curated register, by the exact normalised name. A name that two entries claim stands for neither.
    """
    listed = recipient_aliases.filter(recipient_aliases.scheme == "name")
    claims = listed.group_by(name=normalised(listed.value)).aggregate(
        claims=listed.recipient.nunique(), recipient=listed.recipient.min()
    )
    return claims.filter(claims.claims == 1).select("name", "recipient")
