"""The words before and after a number that bound it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallystick.articles.quantity import Bound

_BEFORE = (
    (Bound.NEARLY, r"nearly|almost|just under|just short of|just shy of|shy of|approaching|close to|not quite"),
    (Bound.UP_TO, r"up to|at most|as many as|as much as|as high as|(?:no|not) more than|(?:a )?maximum of|capped at|"
                  r"(?:a )?(?:cap|ceiling|limit) of|no higher than|limited to"),
    (Bound.AT_LEAST, r"at least|(?:no|not) (?:fewer|less) than|(?:a )?minimum of|a floor of"),
    (Bound.OVER, r"more than|(?:well |just |slightly )?over|above|exceed(?:s|ed|ing)?|in excess of|"
                 r"upwards? of|north of|"
                 r"greater than|higher than|top(?:s|ped|ping)|surpass(?:es|ed|ing)?|beyond|past"),
    (Bound.UNDER, r"(?:less|fewer|lower) than|under|below|(?:fell |fallen |falls )?short of|south of"),
    (Bound.ABOUT, r"about|around|roughly|approximately|approx\.?|some|an? estimated|estimated(?: at)?|~|circa|"
                  r"in the region of|on the order of|more or less|or so"),
)  # fmt: skip
_PATTERNS = tuple(
    (bound, re.compile(rf"(?<![\w-])(?:{words})\s*(?:(?:only|just|a|an|the|as|even)\s+)*$", re.IGNORECASE))
    for bound, words in _BEFORE
)
_AFTER = (
    (Bound.AT_LEAST, re.compile(r"\s*(?:\+|or more\b|or higher\b|and up\b|plus\b|at least\b)", re.IGNORECASE)),
    (Bound.UP_TO, re.compile(r"\s*(?:or (?:less|fewer)\b|at (?:the )?most\b|max\b)", re.IGNORECASE)),
    (Bound.ABOUT, re.compile(r"\s*or so\b", re.IGNORECASE)),
)
# 'handed over 47,000 addresses' bounds nothing
_PHRASAL = re.compile(
    r"\b(?:(?:hand|turn|pass|sign)(?:ed|ing|s)?|took|takes?|taking|gave|gives?|carried|went|came|argued|fought|sued)\s$",
    re.IGNORECASE,
)
_LOOKED_AT = 40
_THAN = re.compile(
    r"(?i)\b(?:more|less|fewer|higher|lower|greater|larger|above|below|over) (?:than )?(?:(?:the|its|an?)\s)*$"
)
_MUCH = re.compile(r"(?i)(?:%|\b(?:percent|per cent|points?|times|fold|half|third|quarter|\d[\d,.]*|many|much))\s$")


@dataclass(frozen=True)
class Hedge:
    """The bound, and where the words of it and of the number begin and end."""

    bound: Bound
    start: int
    end: int


def hedge_around(sentence: str, start: int, end: int) -> Hedge:
    """How the number from `start` to `end` is hedged; as written where no word says otherwise."""
    before = sentence[max(0, start - _LOOKED_AT) : start]
    for bound, pattern in _PATTERNS:
        found = pattern.search(before)
        if found and _THAN.search(before) and _MUCH.search(before[: found.start()]):
            continue  # '50 percent more than the 39,703' says how much more
        if found and not (found.group().strip().lower() == "over" and _PHRASAL.search(before[: found.start()])):
            return Hedge(bound, start - len(before) + found.start(), end)
    for bound, pattern in _AFTER:
        if after := pattern.match(sentence, end):
            return Hedge(bound, start, after.end())
    return Hedge(Bound.WRITTEN, start, end)
