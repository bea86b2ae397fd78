"""Finds the quantities of one sentence in order: periods and traps, then each number with what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tallystick.articles.hedges import Hedge, hedge_around
from tallystick.articles.multiples import multiples_in
from tallystick.articles.numbers import Read, number_at
from tallystick.articles.periods import Dated, periods_in
from tallystick.articles.quantity import Bound, Kind, Quantity
from tallystick.articles.shares import share_at
from tallystick.articles.stated import stated
from tallystick.articles.tokens import Tokens
from tallystick.articles.traps import traps_in
from tallystick.articles.units import noun_at, per_at, per_between, time_at

_PERCENT = re.compile(r"\s?%|[\s-](?:percent|per\s?cent|pct|percentage points?)\b", re.IGNORECASE)
_DOLLARS = re.compile(
    r"[\s-](?:of\s)?(?:(?:US|U\.S\.)\s)?(dollars?|cents?|euros?|pounds sterling|bucks)\b", re.IGNORECASE
)
_CURRENCIES = {"€": "EUR", "£": "GBP", "euro": "EUR", "euros": "EUR", "pounds sterling": "GBP"}
_TIMES = re.compile(r"\s?(?:x\b|times\b)|[\s-]?fold\b", re.IGNORECASE)
_AS_MUCH = re.compile(r"\s(?:as|more|higher|larger|greater|bigger|the|what|that|its|their)\b", re.IGNORECASE)
_MOST_TIMES = 100
_TO = re.compile(r"\s?(?:to|[-–—])\s?(?=[$€£]|\d|[a-z])|\sand\s", re.IGNORECASE)
_HYPHENED = re.compile(r"-([a-z]+)")
# 'Florida has 348 and Texas 387'
_LISTED = re.compile(r"\b(?!(?:19|20)\d\d\b)\d{1,3}(?:,\d{3})*(?:\s[a-z]+){0,3},?(?:\sand)?\s(?:[A-Z][a-z]+\s){1,3}$")
_NAME = re.compile(r"[A-Z][\w&.]*\s$")
_DIVIDES = frozenset([
    "bed", "person", "member", "page", "officer", "agent", "judge", "seat", "acre", "vehicle", "camera",
    "analyst", "detainee", "point", "unit", "man",
])  # fmt: skip


@dataclass(frozen=True)
class _At:
    """A number in its place: what it reads, its currency, and where it begins and ends in the sentence."""

    read: Read
    currency: str
    start: int
    end: int


def quantities(sentence: str) -> tuple[Quantity, ...]:
    """Every quantity of the sentence, in order; no two overlap."""
    dated = list(periods_in(sentence))
    traps = list(traps_in(sentence))
    dated = [one for one in dated if not _inside_longer(traps, one)]
    closed = [(one.start, one.end) for one in dated] + traps
    found = [*(_period(sentence, one) for one in dated), *_numbers(sentence, closed)]
    closed += [(one.start, one.end) for one in found]
    found += [one for one in multiples_in(sentence) if not _meets(closed, one.start, one.end)]
    return tuple(sorted(found, key=lambda one: one.start))


def _period(sentence: str, dated: Dated) -> Quantity:
    text = sentence[dated.start : dated.end]
    return Quantity(Kind.PERIOD, text, dated.start, dated.end, period=dated.period)


def _inside_longer(traps: Sequence[tuple[int, int]], dated: Dated) -> bool:
    """Whether what looks like a period is part of something longer that is none: a year within an address."""
    length = dated.end - dated.start
    return any(a < dated.end and dated.start < b and b - a > length for a, b in traps)


def _meets(closed: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in closed)


def _numbers(sentence: str, closed: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    tokens = Tokens(sentence)
    at = 0
    while at < len(tokens):
        found, after = _quantity_at(sentence, tokens, at, closed)
        if found is not None:
            yield found
        at = max(after, at + 1)


def _quantity_at(
    sentence: str, tokens: Tokens, at: int, closed: Sequence[tuple[int, int]]
) -> tuple[Quantity | None, int]:
    """The quantity that begins with a token, and the first token behind it."""
    share = share_at(sentence, tokens, at)
    if share is not None and not _meets(closed, share.quantity.start, share.quantity.end):
        return share.quantity, share.after
    first = _number(tokens, at)
    if first is None:
        return None, at + 1
    if _meets(closed, first.start, first.end) or (tokens.joined(at) and tokens[at - 1].kind == "word"):
        return None, first.read.after
    second = _second(sentence, tokens, first, closed)
    last = second or first
    made = _made(sentence, first, last)
    return made, _behind(tokens, last.read.after, made.end if made else last.end)


def _behind(tokens: Tokens, after: int, end: int) -> int:
    while tokens[after].kind and tokens[after].start < end:
        after += 1
    return after


def _number(tokens: Tokens, at: int) -> _At | None:
    money = tokens[at].kind == "money"
    read = number_at(tokens, at + money)
    if read is None or (money and tokens[at + 1].kind != "number"):
        return None
    sign = tokens[at].text if money else ""
    currency = _CURRENCIES.get(sign, "USD") if money else ""
    return _At(read, currency, tokens[at].start, tokens[read.after - 1].end)


def _second(sentence: str, tokens: Tokens, first: _At, closed: Sequence[tuple[int, int]]) -> _At | None:
    """The other end of a range: 30 to 40, $2-3 million, between 30 and 40. 'From 36 to 76' is two numbers."""
    link = _TO.match(sentence, first.end)
    before = sentence[: first.start].lower().rstrip()
    if link is None or first.read.most is not None or before.endswith(("from", " by")):
        return None
    if link.group().strip() == "and" and not before.endswith("between"):
        return None
    second = _number(tokens, _behind(tokens, first.read.after, link.end()))
    if second is None or second.start != link.end() or _meets(closed, second.start, second.end):
        return None
    grown = _scaled_alike(first.read, second.read)
    return second if grown < second.read.value and (first.currency or not second.currency) else None


def _scaled_alike(first: Read, second: Read) -> Decimal:
    """The first number with the scale of the second, where it has none of its own: 2 to 3 million."""
    if not second.scaled or first.scaled or second.value == 0:
        return first.value
    scale = second.unit
    while scale > 1 and first.value * scale > second.value:
        scale /= 10
    return first.value * scale


def _made(sentence: str, first: _At, last: _At) -> Quantity | None:
    """The quantity that one number, or the two ends of a range, make with what stands behind."""
    end = last.end
    currency = first.currency or last.currency
    if dollars := _DOLLARS.match(sentence, end):
        unit = dollars[1].lower()
        currency = _CURRENCIES.get(unit, "USD")
        end = dollars.end()
    factor = Decimal(1)
    kind, of, per = Kind.COUNT, "", ""
    if currency:
        kind, of = Kind.MONEY, currency
        factor = Decimal("0.01") if dollars and dollars[1].lower().startswith("cent") else factor
        per, end = _rate(sentence, end, noun=True)
    elif percent := _PERCENT.match(sentence, end):
        kind, factor, end = Kind.SHARE, Decimal("0.01"), percent.end()
        of = "percentage points" if "point" in percent.group().lower() else "percent"
    elif (time := time_at(sentence, end)) is not None:
        kind, of, end = Kind.DURATION, time.what, time.end
        per, end = _rate(sentence, end, noun=False)
    elif (times := _times(sentence, end, first.read.value)) is not None:
        kind, end = Kind.MULTIPLE, times.end()
        per, end = _rate(sentence, end, noun=False)
    else:
        hyphened = _HYPHENED.match(sentence, end)
        if _no_count(sentence, first, hyphened):
            return None
        noun = noun_at(sentence, end)
        of = noun.what
        per, end = _rate(sentence, end, noun=True)
    kind = Kind.RATE if per else kind
    return _told(sentence, (first, last), end, factor, Quantity(kind, "", 0, 0, of=of, per=per))


def _times(sentence: str, end: int, value: Decimal) -> re.Match[str] | None:
    """What makes the number a multiple; of a thing that was done 42,000 times it is a count."""
    found = _TIMES.match(sentence, end)
    many = found is not None and value >= _MOST_TIMES and not _AS_MUCH.match(sentence, found.end())
    return None if many else found


def _no_count(sentence: str, number: _At, hyphened: re.Match[str] | None) -> bool:
    """Whether a bare number counts nothing: 'one', two-way, Palantir 9, a number behind a name."""
    before = sentence[: number.start]
    if hyphened and hyphened[1] not in _DIVIDES:
        return True
    if number.read.spelled and number.read.value == 1:
        return not re.search(r"(?i)\b(?:only|just|at least|more than|than|least|under|over)\s$", before)
    if number.read.scaled or "," in sentence[number.start : number.end] or number.read.spelled:
        return False
    named = _NAME.search(before)
    plural = re.match(r"\s(?:[a-z-]+\s){0,2}[a-z-]+s\b", sentence[number.end :])
    listed = _LISTED.search(before) is not None
    return bool(named and named.start() > 0 and not plural and not listed)


def _rate(sentence: str, end: int, *, noun: bool) -> tuple[str, int]:
    """What a rate is for and where it ends; an empty text and the same end where it is none."""
    if (found := per_at(sentence, end)) is not None:
        return found.what, found.end
    behind = noun_at(sentence, end)
    if not noun or not behind.what:
        return "", end
    if between := per_between(sentence, end, behind.end + 1):
        return between, behind.end
    for _ in range(2):
        if (found := per_at(sentence, behind.end)) is not None:
            return found.what, found.end
        more = re.compile(r"\s(?:of|in|from|for)(?=\s)").match(sentence, behind.end)
        if more is None:
            break
        behind = noun_at(sentence, more.end())
        if not behind.what:
            break
    return "", end


def _told(sentence: str, ends: tuple[_At, _At], end: int, factor: Decimal, kind: Quantity) -> Quantity:
    """With its place, its hedge, and the figures that satisfy it."""
    first, last = ends
    hedge = hedge_around(sentence, first.start, end)
    if kind.kind is Kind.DURATION and re.match(
        r"(?i)(?:well |just )?(?:over|past|under)\s*$", sentence[hedge.start : first.start]
    ):
        hedge = Hedge(Bound.WRITTEN, first.start, end)
    if last is not first:
        low = _scaled_alike(first.read, last.read)
        return stated(kind, sentence, hedge, (low * factor, last.read.value * factor), last.read.unit * factor)
    most = first.read.most
    values = (first.read.value * factor, most * factor) if most is not None else (first.read.value * factor,)
    return stated(kind, sentence, hedge, values, first.read.unit * factor)
