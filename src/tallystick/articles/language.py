"""Whether a text is English, which is what our grammar reads."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_OFTEN = frozenset([
    "the", "of", "and", "to", "in", "a", "that", "for", "is", "was", "on", "with", "as", "by", "at", "from",
    "it", "has", "have", "were", "are", "an", "be", "said",
])  # fmt: skip
# words that are often in one language and in English hardly ever
_OTHERS = {
    "Spanish": frozenset(
        [
            "el",
            "los",
            "las",
            "del",
            "que",
            "una",
            "por",
            "con",
            "para",
            "según",
            "más",
            "como",
            "fue",
            "sus",
            "pero",
            "están",
            "años",
            "también",
        ]
    ),
    "German": frozenset(
        [
            "der",
            "das",
            "und",
            "ist",
            "nicht",
            "von",
            "mit",
            "dem",
            "den",
            "ein",
            "eine",
            "wurde",
            "nach",
            "auf",
            "für",
            "auch",
            "sich",
            "sind",
        ]
    ),
    "French": frozenset(
        [
            "les",
            "des",
            "est",
            "dans",
            "une",
            "pour",
            "par",
            "sur",
            "qui",
            "pas",
            "plus",
            "avec",
            "sont",
            "ont",
            "aux",
            "cette",
            "leur",
            "selon",
        ]
    ),
    "Portuguese": frozenset(
        [
            "os",
            "uma",
            "não",
            "com",
            "para",
            "mais",
            "foi",
            "dos",
            "das",
            "pelo",
            "pela",
            "são",
            "também",
            "segundo",
            "ao",
            "até",
        ]
    ),
    "Italian": frozenset(
        [
            "il",
            "che",
            "di",
            "della",
            "per",
            "una",
            "sono",
            "con",
            "non",
            "gli",
            "nel",
            "più",
            "alla",
            "dei",
            "anche",
            "stato",
            "delle",
        ]
    ),
}
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


def other_language(text: str) -> str:
    """Which of a few other languages the text is in; empty for English, and where too few words tell."""
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    if len(words) < _LEAST_WORDS or is_english(text):
        return ""
    counts = {language: sum(word in often for word in words) for language, often in _OTHERS.items()}
    most = max(counts, key=lambda language: counts[language])
    return most if counts[most] >= _LEAST_SHARE / 2 * len(words) else ""
