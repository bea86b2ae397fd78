"""What became of a use of AI in the next inventory: no key lasts across years, so names and persons decide."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import table

_ORDER = {"planned": 1, "pre_deployment": 2, "implementation": 3, "pilot": 3, "deployed": 4, "retired": 5}
_SAME_NAME = "the same name; no person has looked"


@table(key=["use_case_key", "later_key"])
def ai_use_case_links(ai_use_cases: Table, ai_use_case_matches: Table) -> Table:
    """Uses of AI that are one in two inventories, and why that may be said.

    By the register of reviewed matches first (`a person`). Then by the name alone, in one department, from one
    inventory to the next: letters and digits the same, and one use of that name on either side. A person who said no
    is believed before a name. `tallystick review --of ai-uses` proposes the rest; neither a likeness nor a row
    `proposed` of the register decides anything.
    """
    register = ai_use_case_matches
    said = register.filter(register.choice == "yes")
    reviewed = said.select(use_case_key="earlier", later_key="later", linked_by=ibis.literal("a person"))
    refused = register.filter(register.choice == "no").select(use_case_key="earlier", later_key="later")
    settled = reviewed.select("use_case_key")
    named = _alone(ai_use_cases)
    following = _following(ai_use_cases)
    earlier = named.join(following, ["department", "inventory_year"])
    later = named.select("department", "spelt", later_key="use_case_key", later_year="inventory_year")
    pairs = earlier.join(later, ["department", "spelt", "later_year"])
    pairs = pairs.select("use_case_key", "later_key", linked_by=ibis.literal(_SAME_NAME))
    pairs = pairs.anti_join(refused, ["use_case_key", "later_key"]).anti_join(settled, "use_case_key")
    pairs = pairs.anti_join(reviewed.select("later_key"), "later_key")
    return reviewed.union(pairs)


@table(key=["use_case_key", "later_key"])
def ai_use_case_fates(ai_use_cases: Table, ai_use_case_links: Table, ai_use_case_matches: Table) -> Table:
    """Each use of AI of an inventory beside the next one that its department is in: what became of it there.

    `fate`: stage went on, stage went back, same stage, stage unknown (one of the two says none), or not found. Not
    found means what `says` spells out: not found in that inventory as of its day, by name or by a person's word; it
    may stand there under another name, be withheld, or be left out because it was retired before. `id_changed` is
    NULL where one of the two inventories gives no identifiers, as that of 2024 does.
    """
    uses = ai_use_cases
    told = (
        "release_id", "member", "source_row", "use_case_key", "inventory_year", "department", "agency", "title",
        "use_case_id", "stage",
    )  # fmt: skip
    rows = uses.select(*told).join(_following(uses), ["department", "inventory_year"])
    after = uses.select(
        later_key="use_case_key", linked_year="inventory_year", later_agency="agency", later_title="title",
        later_id="use_case_id", later_stage="stage",
    )  # fmt: skip
    rows = rows.left_join(ai_use_case_links, "use_case_key").drop("use_case_key_right")
    rows = rows.left_join(after, "later_key").drop("later_key_right")
    waits = ai_use_case_matches.filter(ai_use_case_matches.choice == "proposed")
    waits = waits.group_by(proposed_of="earlier").aggregate(proposed_key=waits.later.min())
    rows = rows.left_join(waits, rows.use_case_key == waits.proposed_of).drop("proposed_of")
    before, now = _place(rows.stage), _place(rows.later_stage)
    fate = ibis.cases(
        (rows.later_key.isnull(), "not found"),
        (before.isnull() | now.isnull(), "stage unknown"),
        (now > before, "stage went on"),
        (now < before, "stage went back"),
        else_="same stage",
    )
    missing = ibis.literal("not found in the inventory of ") + rows.later_year.cast("string") + " as of "
    day = rows.later_as_of.cast("string").fill_null("a day that nobody stated")
    return rows.mutate(
        fate=fate,
        id_changed=rows.use_case_id != rows.later_id,
        says=ibis.ifelse(
            rows.later_key.isnull(),
            missing
            + day
            + (ibis.literal("; that it is ") + rows.proposed_key + " is proposed and waits for a person").fill_null(
                ""
            ),
            fate,
        ),
    ).drop("linked_year")


def _following(uses: Table) -> Table:
    """For each department and inventory that it is in, the next inventory that it is in, and that one's day."""
    held = uses.group_by("department", "inventory_year").aggregate(as_of=uses.as_of.max())
    nxt = ibis.window(group_by="department", order_by="inventory_year")
    held = held.mutate(later_year=held.inventory_year.lead().over(nxt), later_as_of=held.as_of.lead().over(nxt))
    return held.filter(held.later_year.notnull()).drop("as_of")


def _alone(uses: Table) -> Table:
    """Uses whose name no other of their department and inventory has, with the name's letters and digits."""
    spelt = uses.mutate(spelt=uses.title.lower().re_replace(r"[^a-z0-9]+", ""))
    spelt = spelt.mutate(same=spelt.count().over(group_by=["department", "inventory_year", "spelt"]))
    return spelt.filter((spelt.same == 1) & (spelt.spelt != "")).select(
        "department", "inventory_year", "spelt", "use_case_key"
    )


def _place(stage: StringValue) -> ibis.expr.types.IntegerValue:
    return ibis.cases(*[(stage == name, ibis.literal(place)) for name, place in _ORDER.items()])
