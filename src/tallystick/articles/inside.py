"""What the numbers of an article say of each other, with no record needed.

Four kinds of sum are worked out, only where the words put the numbers together themselves: a total over a time
against the average that is stated; a part of a whole against the share that is stated; a change from one number to
another against the percentage or multiple that is stated; parts against their total. Two numbers for one thing in one
period are set beside each other. Each number is taken as exact as it is written, round ones as round, so that what
is reported as not agreeing cannot be a rounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, pairwise

from tallystick.articles.article import Sentence
from tallystick.articles.find import quantities
from tallystick.articles.quantity import Kind, Quantity
from tallystick.articles.spread import Spread, spread
from tallystick.articles.subject import content, denied

_GROWTH = re.compile(
    r"(?i)\b(?:rise|rose|risen|grew|grow\w*|increas\w+|jump\w*|up|climb\w*|surg\w+|gain\w*|higher)\b"
)
_FALL = re.compile(
    r"(?i)\b(?:fell|fall\w*|drop\w*|decreas\w+|declin\w+|down|cut|shrank|shr[iu]nk\w*|lower|reduc\w+|plung\w+)\b"
)
_OVER = re.compile(
    r"(?i)^[^.;]{0,60}\b(?:over|in|across|during|for|through|spread over|within)"
    r"(?: (?:the|a|its|a period of|about|roughly|nearly))*\s*$"
)
_PART_OF = re.compile(r"(?i)^[\w\s’'-]{0,30}?\bof (?:the |its |their |all |those |these |some |about |roughly )*$")
_OR = re.compile(r"(?i)^[^.;]{0,60}?(?:,? or |\(|, which is |, i\.e\. )(?:about |roughly |nearly |around )?$")
_TO = re.compile(r"(?i)^[^.;]{0,40}?\bto (?:about |roughly |nearly |around |some |over |more than |almost )*$")
_FROM = re.compile(r"(?i)\bfrom (?:about |roughly |nearly |around |some |just |only )*$")
_UP_FROM = re.compile(r"(?i)^\s?(?:over|from|compared (?:with|to)|on|more than|less than)\s(?:the )?$")
_TOTAL = re.compile(r"(?i)\b(?:total of|totall?ing|adding up to|in all,?|altogether,?|combined)\s*$")
_MAKES = re.compile(
    r"(?i)(?:(?:together|in all|altogether|combined|added up|in total),?\s)?"
    r"(?:that|this|they|these|those|it|the \w+)\s(?:all\s)?"
    r"(?:makes?|made|adds? up to|added up to|comes? to|came to|totals?|is|are)\s"
)
_AMONG = re.compile(r"(?i)\b(?:of (?:them|whom|which|these|those)|includ\w+|among|from)\b")
_ALL = re.compile(r"(?i)\b(?:together|in all|altogether|combined|in total|added? up)\b")
_IN_ALL = re.compile(r"(?i)^[\w\s]{0,25}\b(?:in all|in total|altogether|all told|combined)\b")


@dataclass(frozen=True)
class Within:
    """Numbers of an article set against each other: `agrees` or not, and `says` how, as a sentence."""

    sentences: tuple[Sentence, ...]
    quantities: tuple[Quantity, ...]
    agrees: bool
    says: str


def within(sentences: Sequence[Sentence]) -> tuple[Within, ...]:
    """Every sum that the article allows, in its order, and the pairs of numbers that contradict each other."""
    found = [(sentence, quantities(sentence.text)) for sentence in sentences]
    totals = (one for before, after in pairwise(found) for one in _together(before, after))
    return (*(one for sentence, its in found for one in _sums(sentence, its)), *totals, *_contradictions(found))


def _sums(sentence: Sentence, found: Sequence[Quantity]) -> Iterator[Within]:
    for kind in (_average, _share, _change, _change_from, _total):
        yield from kind(sentence, found)


def _average(sentence: Sentence, found: Sequence[Quantity]) -> Iterator[Within]:
    """A total and a time, and the average a year (or month) that is stated with them."""
    totals = [one for one in found if one.kind in (Kind.MONEY, Kind.COUNT)]
    times = [one for one in found if one.kind is Kind.DURATION]
    rates = [one for one in found if one.kind is Kind.RATE]
    if len(totals) != 1 or len(times) != 1 or len(rates) != 1 or rates[0].per != times[0].of:
        return
    total, time, rate = totals[0], times[0], rates[0]
    alike = (rate.of == "USD") == (total.kind is Kind.MONEY)
    if alike and total.end <= time.start and _OVER.search(_between(sentence, total, time)) and spread(time).low > 1:
        worked = spread(total).over(spread(time))
        yield _told(sentence, (total, time, rate), worked, f"{total.text} over {time.text} is {{}} a {rate.per}")


def _share(sentence: Sentence, found: Sequence[Quantity]) -> Iterator[Within]:
    """36 of the 120, or 30 percent."""
    for part, whole, share in zip(found, found[1:], found[2:], strict=False):
        kinds = part.kind is whole.kind is Kind.COUNT and share.kind is Kind.SHARE and share.of == "percent"
        between = _between(sentence, part, whole), _between(sentence, whole, share)
        if kinds and _PART_OF.match(between[0]) and _OR.match(between[1]):
            worked = spread(part).over(spread(whole))
            yield _told(sentence, (part, whole, share), worked, f"{part.text} of {whole.text} is {{}}")


def _change(sentence: Sentence, found: Sequence[Quantity]) -> Iterator[Within]:
    """From 36 to 76, with the percentage or the multiple of the change; the only one of the sentence."""
    pairs = [
        (before, after)
        for before, after in pairwise(found)
        if _alike(before, after)
        and _FROM.search(sentence.text[: before.start]) and _TO.match(_between(sentence, before, after))
    ]  # fmt: skip
    shares = [one for one in found if one.kind is Kind.MULTIPLE or (one.kind is Kind.SHARE and one.of == "percent")]
    if len(pairs) == len(shares) == 1:
        (before, after), (share,) = pairs[0], shares
        yield from _changed(sentence, before, after, share)


def _alike(before: Quantity, after: Quantity) -> bool:
    """Whether one is the other at another time; 'from 200 to 300 a day' says what it is for only once."""
    if before.kind is after.kind:
        return before.kind in (Kind.COUNT, Kind.MONEY, Kind.RATE)
    return after.kind is Kind.RATE and before.kind is (Kind.MONEY if after.of == "USD" else Kind.COUNT)


def _change_from(sentence: Sentence, found: Sequence[Quantity]) -> Iterator[Within]:
    """$71.5 million, up 637 percent from $9.7 million."""
    for after, share, before in _threes(found):
        kinds = after.kind is before.kind and after.kind in (Kind.COUNT, Kind.MONEY) and share.kind is Kind.SHARE
        linked = _UP_FROM.match(_between(sentence, share, before))
        near = _between(sentence, after, share)
        if kinds and linked and re.search(r"(?i)\b(?:up|down|an? (?:in|de)crease of|a (?:rise|drop) of)\s$", near):
            yield from _changed(sentence, before, after, share)


def _threes(found: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity, Quantity]]:
    """Each three in a row that say no period; periods between them are passed over."""
    said = [one for one in found if one.kind is not Kind.PERIOD]
    yield from zip(said, said[1:], said[2:], strict=False)


def _changed(sentence: Sentence, before: Quantity, after: Quantity, said: Quantity) -> Iterator[Within]:
    times = spread(after).over(spread(before))
    told = f"from {before.text} to {after.text} is"
    if said.kind is Kind.MULTIPLE:
        yield _told(sentence, (before, after, said), times, f"{told} {{}} times as much")
        return
    text = sentence.text
    grown, fallen = _GROWTH.search(text) is not None, _FALL.search(text) is not None
    if grown != fallen:
        worked = times.grown() if grown else times.fallen()
        yield _told(sentence, (before, after, said), worked, f"{told} a {'growth' if grown else 'fall'} of {{}}")


def _total(sentence: Sentence, found: Sequence[Quantity]) -> Iterator[Within]:
    """Parts, and what they are said to be together: 30 in Texas and 20 in Ohio, 50 in all."""
    said = [one for one in found if one.kind in (Kind.COUNT, Kind.MONEY)]
    totals = [
        one for one in said
        if _TOTAL.search(sentence.text[: one.start]) or _IN_ALL.match(sentence.text[one.end :])
    ]  # fmt: skip
    parts = [one for one in said if one not in totals]
    if len(totals) != 1 or len(parts) < 2 or said[-1] is not totals[0]:
        return
    nouns = {one.of for one in said if one.of}
    if len({one.kind for one in said}) == 1 and len(nouns) == 1:
        worked = reduce(Spread.plus, map(spread, parts))
        yield _told(sentence, (*parts, totals[0]), worked, " and ".join(one.text for one in parts) + " are {}")


def _together(
    before: tuple[Sentence, Sequence[Quantity]], after: tuple[Sentence, Sequence[Quantity]]
) -> Iterator[Within]:
    """Parts in one sentence, and what the next says that they are together: `That makes 50 in all`."""
    text = after[0].text
    parts = [one for one in before[1] if one.kind is not Kind.PERIOD]
    total = next((one for one in after[1] if one.kind is not Kind.PERIOD), None)
    if total is None or len(parts) < 2 or not (_MAKES.fullmatch(text[: total.start]) and _ALL.search(text)):
        return
    nouns = {one.of for one in (*parts, total) if one.of}
    if _AMONG.search(before[0].text):
        return
    alike = {one.kind for one in parts} == {total.kind} and total.kind in (Kind.COUNT, Kind.MONEY)
    if alike and len(nouns) < 2 and before[0].paragraph == after[0].paragraph and not denied(before[0].text):
        worked = reduce(Spread.plus, map(spread, parts))
        told = _told(after[0], (*parts, total), worked, " and ".join(one.text for one in parts) + " are {}")
        yield Within((before[0], after[0]), told.quantities, told.agrees, told.says)


def _told(sentence: Sentence, found: tuple[Quantity, ...], worked: Spread, says: str) -> Within:
    stated = found[-1]
    agrees = worked.meets(spread(stated))
    words = "as stated" if agrees else f"and not {stated.text}"
    return Within((sentence,), found, agrees, f"{says.format(worked.said(stated))}, {words}")


def _between(sentence: Sentence, one: Quantity, other: Quantity) -> str:
    return sentence.text[one.end : other.start]


def _contradictions(found: Sequence[tuple[Sentence, Sequence[Quantity]]]) -> Iterator[Within]:
    """Two sentences of nearly the same words, of the same period, with numbers that cannot both be so."""
    alone = [(sentence, _only(its)) for sentence, its in found if not denied(sentence.text)]
    told = [(sentence, *pair, content(sentence.text)) for sentence, pair in alone if pair is not None]
    by_kind: dict[object, list[tuple[Sentence, Quantity, str, frozenset[str]]]] = {}
    for one in told:
        by_kind.setdefault((one[1].kind, one[1].of, one[1].per, one[2]), []).append(one)
    for alike in by_kind.values():
        for one, other in combinations(alike[:50], 2):
            shared = len(one[3] & other[3]) / max(1, len(one[3] | other[3]))
            if shared >= 0.7 and not spread(one[1]).meets(spread(other[1])):
                says = f"{one[1].text} here and {other[1].text} there, said of the same thing"
                yield Within((one[0], other[0]), (one[1], other[1]), False, says)


def _only(found: Sequence[Quantity]) -> tuple[Quantity, str] | None:
    """The one number of a sentence and its one period, in which a contradiction can be told; None for other ones."""
    numbers = [one for one in found if one.kind is not Kind.PERIOD]
    periods = [one for one in found if one.kind is Kind.PERIOD]
    if len(numbers) != 1 or len(periods) != 1 or periods[0].period is None or periods[0].period.start is None:
        return None
    return numbers[0], f"{periods[0].period.start} {periods[0].period.end}"
