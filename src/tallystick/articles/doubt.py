"""What stands against telling a contradiction: another way in which the sentence may be meant, and be so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallystick.articles.agreeing import another_holds
from tallystick.articles.find import quantities
from tallystick.articles.judged import Found, Judging
from tallystick.articles.known import Known
from tallystick.articles.quantity import Kind, Quantity
from tallystick.articles.reading import Read, parts_of, scope, states

_COUNTED = (Kind.COUNT, Kind.MONEY, Kind.RATE)
_OTHERS_MAKE = "other numbers of the sentence make it up, and of which times it is may be another than is read"
_OF_ONE = "it may be of one award, or of all that one may come to, and the figures are what was obligated on all"
_OF_ITS_OWN_TIME = "its time is told with another number, and it may be of another"
_ONE_AWARD = re.compile(
    r"(?i)(?:\b(?:an?|the|its|their|this|that|one|single|sole)|[’']s|[’']s?)\s(?:[\w$.,&’'-]+\s){0,5}?"
    r"(?:contract|order|award|deal|agreement|grant|bid|pact)\b(?!\s(?:action|record|award|data|file)s?\b)"
)
_SINCE_THEN = re.compile(r"(?i)\b(?:worth|valued|ceiling|maximum|potential|up to|as much as|cap(?:ped)?)\b")


def open_to_doubt(found: Sequence[Found], quantity: Quantity, its: Read, known: Known, judging: Judging) -> str:
    """Why a contradiction is not told; empty where nothing stands against it.

    Another reading gives the number, others of the sentence make it up, it may be of one award where the figures are
    of all, or its time is only lent by a clause that states something else.
    """
    if any(one.match.check.arithmetic and not (one.match.ask and one.match.ask.rest) for one in found):
        return _OTHERS_MAKE if made_up(quantity, its) else ""
    if quantity.kind is Kind.MONEY and _is_of_one_award(quantity, its):
        return _OF_ONE
    if _has_a_lent_time(quantity, its):
        return _OF_ITS_OWN_TIME
    other = another_holds(quantity, its, known, judging)
    if other is None:
        return ""
    days = f" to {other.check.end}" if other.check.end else ""
    return f"read as {other.check.metric.replace('_', ' ') if other.check.metric else 'another'}{days} it is so"


def _is_of_one_award(quantity: Quantity, its: Read) -> bool:
    said = scope(its, its.clause(quantity))
    return _ONE_AWARD.search(said) is not None or _SINCE_THEN.search(said) is not None


def _has_a_lent_time(quantity: Quantity, its: Read) -> bool:
    """Whether the only times told stand with other numbers, in clauses that this one does not go on with."""
    clause = its.clause(quantity)
    named = any(clause.start <= one.start < clause.end for one in its.names)
    if clause.joined or not (named or states(its, clause)) or not its.periods:
        return False
    parts = parts_of(its, clause)
    return not any(part.start <= one.start < part.end for one in its.periods for part in parts)


def made_up(quantity: Quantity, its: Read) -> bool:
    """Whether two other numbers of the sentence, or of the one before, make the change that is told."""
    numbers = (*its.quantities, *quantities(its.before.last.text))
    values = [one.value for one in numbers if one.value and one.kind in _COUNTED and one.value != quantity.value]
    ratios = [one / other for one in values for other in values]
    changes = (change for one in ratios for change in (one, one - 1, 1 - one))
    return any(quantity.interval.holds(round(change, 3)) for change in changes)
