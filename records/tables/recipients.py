"""Recipients: which names and identifiers are one organisation, and why that may be said."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import WITHHELD, normalised


@table(key=["name"])
def recipient_by_uei(recipient_aliases: Table) -> Table:
    """The curated recipient that has a unique entity identifier, by the register."""
    return _claimed(recipient_aliases, "uei")


@table(key=["name"])
def recipient_by_name(
    recipient_aliases: Table,
    recipient_by_uei: Table,
    usaspending_captures_published: Table,
    usaspending_awards_published: Table,
    usaspending_award_details_published: Table,
    usaspending_transactions_published: Table,
) -> Table:
    """The canonical recipient that a name stands for where a source gives no identifier.

    By the curated register first, under the exact normalised name; a name that two entries claim stands for
    neither. Then by proof: one award carries the name in a capture, and the same name with a UEI in an official
    file. The name stands for that UEI if all such awards agree on one, or for the parent's UEI if they agree on
    one parent. `has_uei` says whether the register knows UEIs of the recipient.
    """
    curated = _claimed(recipient_aliases, "name")
    with_uei = recipient_by_uei.select(has="recipient").distinct()
    listed = curated.left_join(with_uei, curated.recipient == with_uei.has)
    listed = listed.select("name", "recipient", has_uei=listed.has.notnull())

    seen = usaspending_captures_published
    files = [usaspending_awards_published, usaspending_award_details_published, usaspending_transactions_published]
    told = ibis.union(*[_identified(rows.semi_join(seen, "award_key")) for rows in files]).distinct()
    names = seen.select("award_key", name=normalised(seen.recipient_name)).distinct()
    proofs = names.join(told, ["award_key", "name"]).group_by("name")
    proven = proofs.aggregate(
        ueis=ibis._.uei.nunique(), uei=ibis._.uei.min(), parents=ibis._.parent.nunique(), parent=ibis._.parent.min()
    )
    one = ibis.ifelse(proven.ueis == 1, proven.uei, ibis.ifelse(proven.parents == 1, proven.parent, None))
    proven = proven.mutate(one=one).filter(ibis._.one.notnull())
    known = recipient_by_uei.select(listed_uei="name", curated="recipient")
    proven = proven.left_join(known, proven.one == known.listed_uei)
    recipient = ibis.coalesce(proven.curated, ibis.literal("uei:") + proven.one)
    proven = proven.select("name", recipient=recipient, has_uei=True)
    return listed.union(proven.anti_join(listed, "name"))


def _claimed(recipient_aliases: Table, scheme: str) -> Table:
    listed = recipient_aliases.filter(recipient_aliases.scheme == scheme)
    value = normalised(listed.value) if scheme == "name" else listed.value
    claims = listed.group_by(name=value).aggregate(
        claims=listed.recipient.nunique(), recipient=listed.recipient.min()
    )
    return claims.filter(claims.claims == 1).select("name", "recipient")


def _identified(rows: Table) -> Table:
    """The award, the normalised name and the UEIs of rows that have them; nothing of withheld persons."""
    held = rows.filter(rows.recipient_uei.notnull() & (rows.recipient_uei != WITHHELD))
    return held.select(
        "award_key", name=normalised(held.recipient_name), uei=held.recipient_uei, parent=held.recipient_parent_uei
    )


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
    # Of two actions of one day the one with the higher key says: any rule will do, and it must be one.
    place = ibis.literal(" ").join([actions.action_date.cast("string"), actions.action_key.fill_null("")])
    known = actions.group_by("recipient").aggregate(
        name=actions.recipient_name.argmax(place),
        uei=actions.recipient_uei.argmax(place),
        cage_code=actions.recipient_cage_code.argmax(place),
        parent_uei=actions.recipient_parent_uei.argmax(place),
        parent_name=actions.recipient_parent_name.argmax(place),
        names=actions.recipient_name.nunique(),
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
