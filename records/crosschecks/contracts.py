"""Contracts of technologies against what was announced, what stopped them, and what inspectors asked."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import crosscheck

from .words import day, dollars, said

ENTRY = ibis.literal("technologies/")
USD = "federal_action_obligation_usd"


@crosscheck(
    next_step="ask the agency for the modification that raised the ceiling, or mend the figure in the register"
)
def money_above_the_announced_ceiling(
    technologies_figures: Table, technologies_contracts: Table, contract_actions: Table
) -> Table:
    """No contract is obligated more than was announced as its ceiling.

    Figures of the register that are a ceiling and name the contract, against the net obligations of the whole
    contract in the actions held; what a first year was announced to be worth is no ceiling. Money of years
    before those held is not in them, so that a contract that passes may still be above.
    """
    figures = technologies_figures.filter(technologies_figures.figure == "ceiling")
    figures = figures.filter(figures.piid.notnull() & figures.amount_usd.notnull())
    named = technologies_contracts.select("technology", "piid").distinct()
    figures = figures.semi_join(named, ["technology", "piid"])
    spent = contract_actions.group_by("piid").aggregate(
        obligated_usd=contract_actions[USD].sum(), latest_action_date=contract_actions.action_date.max()
    )
    both = figures.join(spent, "piid")
    above = both.filter(both.obligated_usd > both.amount_usd)
    return above.select(
        "piid", "figure", "amount_usd", "obligated_usd", "said_period", "said_by", "citation",
        day=above.latest_action_date,
        about=ENTRY + above.technology,
        says=dollars(above.obligated_usd) + " was obligated under " + above.piid + " by "
        + day(above.latest_action_date) + ", above the " + above.figure + " of " + dollars(above.amount_usd)
        + " announced in " + said(above.said_period, "period") + ".",
    )  # fmt: skip


@crosscheck(next_step="read the award's modifications: the ceiling may have been raised after the value was stated")
def money_above_the_stated_ceiling(technology_awards: Table) -> Table:
    """No award of a technology is obligated more than the source states that it may reach with every option.

    Only awards for which a source states a ceiling; of most awards held none does.
    """
    awards = technology_awards.filter(technology_awards.is_whole)
    most = ibis.greatest(awards.award_obligated_usd, awards.stated_obligated_usd)
    awards = awards.mutate(most_usd=ibis.coalesce(most, awards.award_obligated_usd, awards.stated_obligated_usd))
    above = awards.filter((awards.ceiling_usd > 0) & (awards.most_usd > awards.ceiling_usd))
    return above.select(
        "piid", "most_usd", "ceiling_usd", "values_from", day=above.latest_action_date,
        about=ENTRY + above.technology,
        says=dollars(above.most_usd) + " is obligated under " + said(above.piid, "number") + ", above its ceiling of "
        + dollars(above.ceiling_usd) + " as stated by " + said(above.values_from, "source") + ".",
    )  # fmt: skip


@crosscheck(next_step="ask for the order that let work go on, or add the day on which the stop was lifted")
def money_after_a_stop_work_order(technology_actions: Table, technology_states: Table) -> Table:
    """No money is added while a technology is stopped.

    Actions that add money, dated after the day of an event `stopped` and before the next event of the register; of a
    stop of one contract, the actions and the next event of that contract. The day of the next event is left out, for
    the order that lifts a stop often adds money on the same day. Stops of which only the month or year is known begin
    on its last day.
    """
    stopped = technology_states.filter(technology_states.status == "stopped")
    told = stopped.select(
        "technology", "until_date", stop_date="known_date", stop="because", stop_citation="citation", stopped="piid"
    )
    both = technology_actions.filter(technology_actions[USD] > 0).join(told, "technology")
    both = both.filter(both.stopped.isnull() | (both.stopped == both.piid))
    during = both.filter(
        (both.action_date > both.stop_date) & (both.until_date.isnull() | (both.action_date <= both.until_date))
    )
    return during.select(
        "piid", "modification_number", "action_date", USD, "description", "stop_date", "stop", "stop_citation",
        day=during.action_date,
        about=ENTRY + during.technology,
        says=dollars(during[USD]) + " was obligated on " + during.action_date.cast("string") + " under "
        + said(during.piid, "number") + " (modification " + during.modification_number.fill_null("not given")
        + "), while work had been stopped on " + during.stop_date.cast("string")
        + " and an order that lifts the stop was not found in the register before then."
        + _own_words(during.description),
    )  # fmt: skip


@crosscheck(next_step="look for the assessment or decision that met the recommendation, and add it to the register")
def bought_on_after_advice_to_stop(
    technology_actions: Table,
    technologies_advice: Table,
    technologies_events: Table,
    technologies_papers: Table,
    recommendations: Table,
    oversight_reports: Table,
) -> Table:
    """No option is exercised and no order made after an inspector or court asked that use stop.

    Actions that add money after the day of an advice `stop` (of a report held its day of issue there, else the last
    day of the month or year where only that is known), unless a privacy paper that names the system was published
    between. Whether the advice is about this very system is as sure as the register says, and the sentence says so,
    as well as what the agency had said of stopping, and how the recommendation stands by the last that was told of
    it, and when.
    """
    advice = technologies_advice.filter(technologies_advice.asks == "stop")
    advice = advice.select(
        "technology", "report", "confidence", "recommendation",
        advice_date="advice_period_last_date", advice_citation="citation",
    )  # fmt: skip
    issued = oversight_reports.select(issued_as="report_code", issued_date=ibis._.issued_date.cast("date"))
    advice = advice.left_join(issued, advice.report == issued.issued_as)
    advice = advice.mutate(advice_date=ibis.coalesce(advice.issued_date, advice.advice_date))
    stands = recommendations.select(
        of_report="report_code", of_number="number", stands="status", stands_as_of="as_of"
    )
    advice = advice.left_join(
        stands, [advice.report == stands.of_report, advice.recommendation == stands.of_number.cast("string")]
    )
    both = technology_actions.filter(technology_actions[USD] > 0).join(advice, "technology")
    both = both.filter(both.action_date > both.advice_date)
    papers = technologies_papers.filter(technologies_papers.covers == "by name")
    papers = papers.select(of="technology", published="paper_period_last_date").filter(ibis._.published.notnull())
    met = papers.join(
        both.select("technology", "action_key", "advice_date", "action_date"), [papers.of == both.technology]
    )
    met = met.filter((met.published >= met.advice_date) & (met.published <= met.action_date))
    after = both.anti_join(met.select("technology", "action_key").distinct(), ["technology", "action_key"])
    after = _with_its_word(after.mutate(what=_what(after)), technologies_events)
    return after.select(
        "report", "advice_date", "confidence", "advice_citation", "piid", "modification_number",
        "action_date", USD, "what", "stands", "description",
        recommendation=after.report + "-" + after.recommendation,
        day=after.action_date,
        about=ENTRY + after.technology,
        says=after.what + " on " + after.action_date.cast("string") + " (" + dollars(after[USD]) + ", "
        + said(after.piid, "number") + "), after " + said(after.report, "report") + " asked on "
        + after.advice_date.cast("string")
        + " that use stop; that this is what the advice is about: " + said(after.confidence, "confidence")
        + ". A privacy assessment that names it was not found in the register before that day. "
        + after.its_word
        + "The recommendation was last told as " + after.stands.fill_null("neither open nor closed")
        + (ibis.literal(" as of ") + after.stands_as_of.cast("string")).fill_null(", on a day not stated") + "."
        + _own_words(after.description),
    )  # fmt: skip


def _with_its_word(actions: Table, events: Table) -> Table:
    """What the agency had said, by the day of an action, of stopping the use: a sentence, or nothing."""
    said_so = events.filter(events.status == "to be stopped")
    said_so = said_so.select(of="technology", on="event_period_last_date", its_word="because")
    last = said_so.group_by("of").aggregate(on=said_so.on.max(), its_word=said_so.its_word.argmax(said_so.on))
    both = actions.left_join(last, [actions.technology == last.of, actions.action_date >= last.on])
    word = ibis.literal("What the agency had said by ") + both.on.cast("string") + ": " + both.its_word + ". "
    return both.mutate(its_word=word.fill_null("")).drop("of", "on")


def _own_words(description: StringValue) -> StringValue:
    """What the action's own record says it is for, as a sentence; nothing where it says nothing."""
    return (ibis.literal(' Its own record says: "') + description + '".').fill_null("")


def _what(actions: Table) -> StringValue:
    """What an action that adds money did, by its number and its words."""
    optional = actions.description.upper().re_search(r"\bOPTION|\bOY ?\d")
    return ibis.cases(
        (actions.modification_number == "0", "An order was made"),
        (optional, "An option was exercised"),
        else_="Money was added",
    )
