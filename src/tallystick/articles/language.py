"""Whether a text is English, which is what our grammar reads."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_OFTEN = frozenset([
    "the", "of", "and", "to", "in", "a", "that", "for", "is", "was", "on", "with", "as", "by", "at", "from",
    "it", "has", "have", "were", "are", "an", "be", "said",
])  # fmt: skip
_LEAST_WORDS = 25
_LEAST_SHARE = 0.12
_LOOKED_AT = 20_000


def is_english(text: str) -> bool:
    """Whether common English words are as many as English has them. Too few words to tell count as English.

    English prose has about four of ten from so short a list; other languages written in the same letters have less
    than one of ten ("a", "in" and "as" are words elsewhere too).
    """
    sample = text[:_LOOKED_AT]
    words = _WORD.findall(sample.lower())
    letters = "".join(words)
    if letters and sum(ord(letter) < 0x250 for letter in letters) < 0.7 * len(letters):
        return False
    return len(words) < _LEAST_WORDS or sum(word in _OFTEN for word in words) >= _LEAST_SHARE * len(words)
