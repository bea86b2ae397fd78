"""What stands behind a number: a unit of time, what is counted, and what a rate is for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallystick.articles.quantity import Quantity

_TIME = re.compile(
    r"[\s-]?(?:(?:calendar|business|working|consecutive|full|straight|whole|more|additional|fiscal)\s)?"
    r"(second|minute|hour|day|night|week|month|year|decade)s?\b(?![- ]old)", re.IGNORECASE,
)  # fmt: skip
_PER = re.compile(
    r"(?:\s?/\s?|\s(?:a|an|per|each|every|for each|for every)\s|\sper-)"
    r"(?P<per>second|minute|hour|day|night|week|month|quarter|year|"
    r"person|head|"
    r"capita|detainee|inmate|bed|officer|agent|flight|trip|arrest|unit|record|removal|child|family|employee|contractor|resident|"
    r"state|county|agency|warrant|case|search|query|licen[cs]e|user|camera|\d[\d,]*\s\w+)s?\b|"
    r"\s(?P<adverb>daily|weekly|monthly|annually|yearly|nightly|hourly)\b", re.IGNORECASE,
)  # fmt: skip
# '12,000 a year later' is no rate
_LATER = re.compile(r"(?i)\s(?:later|earlier|before|ago|prior|after)\b")
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year",
            "annual": "year", "nightly": "night", "hourly": "hour"}  # fmt: skip
_ADJECTIVE = re.compile(r"\s(?:\w+\s)?(daily|weekly|monthly|annual|yearly|nightly|hourly)\s(?=[a-z])", re.IGNORECASE)
_NOUN = re.compile(
    r"(?:\s|-)(?:of\s|the\s|its\s|their\s|new\s|more\s|other\s|such\s|additional\s)*((?:[^\W\d_][\w’'/-]*)(?:\s[^\W\d_][\w’'/-]*){0,3})"
)
_STOPS = frozenset([
    "a", "an", "the", "in", "on", "of", "for", "to", "from", "by", "at", "with", "and", "or", "but", "that",
    "which", "who", "were", "was", "is", "are", "be", "been", "being", "has", "have", "had", "as", "per",
    "each", "every", "than", "since", "during", "over", "under", "out", "into", "across", "between",
    "after", "before", "while", "when", "where", "if", "more", "about", "would", "could", "will", "may",
    "might", "should", "can", "do", "did", "does", "it", "they", "he", "she", "we", "this", "last", "next",
    "within", "through", "against", "worth", "so", "not", "only", "then", "now", "said", "went", "took",
    "up", "down",
])  # fmt: skip


_MOST_WORDS = 5


@dataclass(frozen=True)
class Behind:
    """What was read behind a number, and where it ends."""

    what: str
    end: int


def time_at(sentence: str, at: int) -> Behind | None:
    """The unit of time that follows: 'day', 'month'."""
    found = _TIME.match(sentence, at)
    return Behind(found[1].lower(), found.end()) if found else None


def noun_at(sentence: str, at: int) -> Behind:
    """What is counted: the words up to the first that cannot be part of it, at most four; maybe none."""
    found = _NOUN.match(sentence, at)
    words: list[str] = []
    for word in found[1].split() if found else []:
        if word.lower() in _STOPS:
            break
        words.append(word)
    if found is None or not words:
        return Behind("", at)
    return Behind(" ".join(words), found.start(1) + len(" ".join(words)))


def per_at(sentence: str, at: int) -> Behind | None:
    """What a rate is for, said right behind: a day, per detainee, /month, monthly."""
    found = _PER.match(sentence, at)
    if found is None or _LATER.match(sentence, found.end()):
        return None
    word = (found["per"] or _ADVERBS[found["adverb"].lower()]).lower()
    return Behind(word, found.end())


def per_between(sentence: str, start: int, end: int) -> str:
    """What a rate is for, said between the number and its noun: 1,100 daily arrests."""
    found = _ADJECTIVE.match(sentence, start, end)
    return _ADVERBS[found[1].lower()] if found else ""


def counted(sentence: str, quantity: Quantity) -> str:
    """What stands behind a number up to the first word that ends it: `active 287(g) agreements`; maybe nothing."""
    words: list[str] = []
    for word in sentence[quantity.end :].split()[:_MOST_WORDS]:
        plain = word.strip('.,;:!?”"’') if "(" in word else word.strip('.,;:!?”"’)')
        if plain.lower() in _STOPS or word[0] in ",;:.(—–":
            break
        words.append(plain)
        if word != plain and not word.endswith(")"):
            break
    return " ".join(words)
