"""What technologies cost: money obligated under the contracts that pay for them, and what these may reach."""

import ibis
from ibis.expr.types import Scalar, Table

from tallystick import metric

SPENT = [
    "technology", "technology_title", "capability", "part_of", "agency", "fiscal_year", "month", "action_date",
    "recipient", "recipient_name", "piid", "modification_number",
]  # fmt: skip
WORTH = ["technology", "technology_title", "capability", "part_of", "agency", "recipient", "recipient_name", "piid"]


@metric(unit="USD", on="action_date", by=SPENT)
def technology_obligations(technology_actions: Table, by: list[str]) -> Table:
    """Money obligated for technologies: the sum of the actions that pay for them, each counted once.

    Actions of the contracts and modifications that the register of technologies names, de-obligations counted as
    negative. One that several technologies share stands whole in the figure of each, and once in a figure over
    them: figures by technology may add up to more than the total. A floor: what is bought under contracts that
    name no technology is not in it.
    """
    usd = "federal_action_obligation_usd"
    once = technology_actions.select(*by, "action_key", usd).distinct()
    return once.aggregate(by=by, value=once[usd].sum())


@metric(unit="USD", on="action_date", by=["technology", "technology_title", "piid", "action_date"])
def technology_obligated_to_date(technology_actions: Table, by: list[str]) -> Table:
    """What had been obligated for technologies in all, after each day on which an action was made.

    Broken down by `action_date`, each day's figure adds up every action from the first of the days asked about to
    that day; without it, all of them. An action that several technologies share counts once. A day without an action
    has the figure of the last before it.
    """
    usd, day = "federal_action_obligation_usd", "action_date"
    once = technology_actions.select(*by, "action_key", usd).distinct()
    summed = once.aggregate(by=by, value=once[usd].sum())
    if day not in by:
        return summed
    others = [name for name in by if name != day]
    so_far = ibis.cumulative_window(group_by=others, order_by=day)
    return summed.mutate(value=summed.value.sum().over(so_far).cast("decimal(38, 2)"))


@metric(unit="USD", by=WORTH, over=["ceiling_usd"])
def technology_ceiling(technology_awards: Table, by: list[str]) -> Table:
    """What the awards that pay for technologies may reach with every option, each award counted once.

    The awards' potential total values as last stated, of awards that are wholly about the technology asked about.
    Awards whose ceiling no source states are left out, and how many there are is told; unknown where all are such.
    """
    whole = technology_awards.filter(technology_awards.is_whole)
    once = whole.select(*by, "award_key", "ceiling_usd").distinct()
    return once.aggregate(by=by, value=once.ceiling_usd.sum())


@metric(unit="USD", by=WORTH, over=["current_value_usd"])
def technology_current_value(technology_awards: Table, by: list[str]) -> Table:
    """What the awards that pay for technologies are worth with the options exercised, each award counted once.

    The awards' base and exercised options value as last stated, of awards that are wholly about the technology asked
    about. Awards whose value no source states are left out, and how many there are is told; unknown where all are
    such.
    """
    whole = technology_awards.filter(technology_awards.is_whole)
    once = whole.select(*by, "award_key", "current_value_usd").distinct()
    return once.aggregate(by=by, value=once.current_value_usd.sum())


@metric(unit="count", by=["capability", "agency", "vendor", "part_of"])
def technologies_listed(technologies: Table) -> Scalar:
    """Technologies in the register: systems or services bought, used, planned or stopped, one entry each.

    A part that is paid under a wider system is an entry of its own. How many there are tells what was found and
    cited, not what exists.
    """
    return technologies.count()


@metric(
    unit="count", on="since_date", by=["status", "confidence", "capability", "agency", "technology", "since_date"]
)
def technology_events(technology_states: Table) -> Scalar:
    """Events told of technologies, such as bought, deployed, stopped or resumed, one row of the register each.

    By the day on which they happened; of one of which only the month or year is known, by its first day.
    """
    return technology_states.count()
