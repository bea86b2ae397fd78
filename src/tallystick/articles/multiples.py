"""Multiples in one word: doubled, tripled, twice, a tenfold rise, halved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tallystick.articles.hedges import hedge_around
from tallystick.articles.quantity import Bound, Kind, Quantity
from tallystick.articles.stated import stated

_WORDS = {
    "doubl": "2", "twice": "2", "twofold": "2", "tripl": "3", "trebl": "3", "thrice": "3", "threefold": "3",
    "quadrupl": "4",
    "fourfold": "4", "quintupl": "5", "fivefold": "5", "sixfold": "6", "sevenfold": "7",
    "eightfold": "8", "ninefold": "9",
    "tenfold": "10", "elevenfold": "11", "twelvefold": "12", "thirteenfold": "13", "fourteenfold": "14",
    "fifteenfold": "15", "twentyfold": "20", "thirtyfold": "30", "fiftyfold": "50", "hundredfold": "100",
    "halv": "0.5",
}  # fmt: skip
_OF_LESS = {
    Bound.OVER: Bound.UNDER, Bound.AT_LEAST: Bound.UP_TO, Bound.UNDER: Bound.OVER, Bound.UP_TO: Bound.AT_LEAST,
    Bound.NEARLY: Bound.ABOUT,
}  # fmt: skip
"""What more than halved is: less than half of what there was."""
_FOUND = re.compile(
    r"\b(?:re)?(?P<word>doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|es|e|ing)\b(?!-|\s(?:check|standard|down|agent|blind|jeopardy|"
    r"duty|shift|murder|homicide|bed|occupancy|play|header|booked))|\b(?P<whole>twice|thrice|(?:two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|fifty|hundred)-?fold)\b(?!\s(?:a|per|each)\s(?:day|week|month|year)|\s(?:before|daily|weekly|monthly|yearly)\b)",
    re.IGNORECASE,
)  # fmt: skip


def multiples_in(sentence: str) -> Iterator[Quantity]:
    """Each multiple said in one word."""
    for found in _FOUND.finditer(sentence):
        word = (found["word"] or found["whole"]).lower().replace("-", "")
        hedge = hedge_around(sentence, found.start(), found.end())
        if word == "halv":
            hedge = replace(hedge, bound=_OF_LESS.get(hedge.bound, hedge.bound))
        value = Decimal(_WORDS[word])
        unit = Decimal("0.1") if value < 1 else Decimal(1)
        yield stated(Quantity(Kind.MULTIPLE, "", 0, 0), sentence, hedge, (value,), unit)
