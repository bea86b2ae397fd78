"""Recipients: which names and identifiers are one organisation, and why that may be said."""

import ibis
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


@table(key=["name"])
def recipient_stands_as(recipient_matches: Table) -> Table:
    """The recipient as which another stands, where a person decided yes: in the register, or at this bench.

    A recipient that two decisions send two ways stays itself.
    """
    agreed = recipient_matches.filter(recipient_matches.choice == "yes")
    ways = agreed.group_by(name=agreed.recipient).aggregate(
        ways=agreed.stands_as.nunique(), stands_as=agreed.stands_as.min()
    )
    return ways.filter(ways.ways == 1).select("name", "stands_as")


@table(key=["recipient"])
def recipients(contract_actions: Table, recipient_ownership: Table) -> Table:
    """Who contracts were awarded to: one row a canonical recipient, with what its latest action says of it.

    `identified_by` says how actions were found to be one recipient's: `register` (the curated list of aliases),
    `uei`, `cage`, `parent`, or `name` (one exact normalised name, where nothing but names is known).
    `owner` is who owned it on the day of its latest action, by the register of ownership; owning is not being:
    the money of the owner and of the owned are never added together here.
    """
    actions = contract_actions
    place = actions.action_date
    known = actions.group_by("recipient").aggregate(
        name=actions.recipient_name.argmax(place),
        uei=actions.recipient_uei.argmax(place),
        cage_code=actions.recipient_cage_code.argmax(place),
        parent_uei=actions.recipient_parent_uei.argmax(place),
        parent_name=actions.recipient_parent_name.argmax(place),
        names=normalised(actions.recipient_name).nunique(),
        actions=actions.count(),
        obligated_usd=actions.federal_action_obligation_usd.sum(),
        first_action_date=actions.action_date.min(),
        latest_action_date=actions.action_date.max(),
    )
    owned = recipient_ownership.rename(owned="recipient")
    since = owned.from_date.isnull() | (owned.from_date <= known.latest_action_date)
    until = owned.to_date.isnull() | (owned.to_date > known.latest_action_date)
    beside = known.left_join(owned, (known.recipient == owned.owned) & since & until)
    scheme = ibis.ifelse(beside.recipient.contains(":"), beside.recipient.split(":")[0], "register")
    return beside.mutate(identified_by=scheme).select(*known.columns, "identified_by", "owner")
