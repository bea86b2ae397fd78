"""Who and what a sentence is about, and how it is said: topics, agencies, names, whether it is denied or planned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TOPICS = {
    "weapons": r"weapon\w*|firearms?|guns?|rifles?|pistols?|small arms|\barms\b",
    "ammunition": r"ammunition|ammo|munitions?",
    "armour": r"armou?r|holsters?|vests?|helmets?|shields?|\bgear\b",
    "surveillance": r"surveillance|spyware|spying",
    "faces": r"facial[- ]recognition|face[- ]recognition|face search|facial",
    "social media": r"social[- ]media",
    "plates": r"licen[cs]e[- ]plates?",
    "drones": r"drones?|unmanned",
    "towers": r"towers?",
    "vehicles": r"vehicles?|cars?|trucks?",
    "flights": r"flights?|aircraft|airplanes?|planes?|charter",
    "phones": r"phones?|cell[- ]site|location data",
    "bracelets": r"ankle (?:monitors?|bracelets?)|electronic monitoring",
    "dna": r"\bDNA\b",
    "iris": r"\biris\b|fingerprints?",
    "skip tracing": r"skip[- ]tracing|bounty",
    "detention": r"detain\w*|detention|custody|jails?|beds?",
    "arrests": r"arrest\w*",
    "removals": r"remov(?:ed|als?|ing)|deport\w*",
    "deaths": r"deaths?|died|dead",
    "agreements": r"287\(g\)",
    "taxes": r"\bIRS\b|\btax(?:es|payers?)?\b|internal revenue",
    "pensions": r"social security",
    "case management": r"case[- ]management|immigrationos",
    "quota": r"quotas?|goals?|targets?",
    "recommendations": r"recommendations?",
    "installations": r"installations?|installed",
    "analysts": r"analysts?",
    "directors": r"directors?|field[- ]office",
    "law": r"public law|\blaw\b|\bbill\b|appropriat\w+|congress",
    "wall": r"\bwall\b|barriers?",
    "food": r"meals?|food",
    "medicine": r"medical|health",
    "hiring": r"hir(?:e|ed|ing)|recruit\w*|bonus\w*",
    "records": (
        r"(?<!contracting )(?<!contract )(?<!federal )\brecords?\b(?! (?:show"
        r"|say|indicate))|\baddresses\b|\bnames\b|\bdata\b"
    ),
    "visas": r"visas?|green cards?|citizenship|naturali\w+",
    "sheriffs": r"sheriffs?|police",
    "convictions": r"convict\w*|criminal\w*|crimes?",
    "inspections": r"inspect(?:ions?|ed)",
}
_AGENCIES = {
    "ICE": r"\bICE\b|Immigration and Customs Enforcement",
    "CBP": r"\bCBP\b|Customs and Border Protection|Border Patrol",
    "DHS": r"\bDHS\b|Homeland Security",
    "USCIS": r"\bUSCIS\b|Citizenship and Immigration Services",
    "TSA": r"\bTSA\b",
    "FBI": r"\bFBI\b|Federal Bureau of Investigation",
    "DOJ": r"\bDOJ\b|Justice Department|Department of Justice",
    "DOD": r"Pentagon|Defense Department|Department of (?:Defense|War)|\bArmy\b|\bNavy\b|\bMarines?\b",
    "FEMA": r"\bFEMA\b",
    "Secret Service": r"Secret Service",
    "Coast Guard": r"Coast Guard",
    "HHS": r"\bHHS\b",
    "police": r"\bNYPD\b|\bLAPD\b",
    "Marshals": r"Marshals Service",
    "DEA": r"\bDEA\b",
    "ATF": r"\bATF\b",
    "State": r"State Department",
}
_WAYS = {
    "ended": (
        r"cancel\w*|terminat\w+|rescind\w*|revok\w+|scrap\w*|withdr[ae]w\w*|expir\w+|paus\w+|suspend\w*|"
        r"halt\w*|stopp\w+|lost|\bended (?:its|their|the|his)\b|\bquit\b|pulled out|dropped out|return(?:ed|ing|s)\b"
    ),
    "refused": (
        r"den(?:y|ied|ies|ying)\b|refus\w+|reject\w+|disput\w+|\bnever\b|\bnot\b|\bno\b(?! (?:more|fewer|"
        r"less))(?!\.\s?\w*\d)|n[’']t\b|false\w*|untrue|wrong\w*|myth|without|\bneither\b|\bnor\b|debunk\w*|"
        r"incorrect\w*|inaccura\w+|mislead\w*|retract\w*"
    ),
    "planned": (
        r"plans?\b|planned|planning|propos\w+|intend\w*|expect\w*|\bwants?\b|wanted|seeks?\b|seeking|"
        r"sought|consider\w*|forecast\w*|\bwill\b|going to|hopes?\b|aims?\b|budgeted|promis\w+|pledg\w+"
    ),
    "possible": (
        r"\bcould\b|\bmay\b(?! \d)|\bmight\b|\bwould\b|potential\w*|ceiling|maximum|\boptions?\b|\bif\b|"
        r"\bwhether\b|alleged\w*|\bclaim\w*|rumou?r\w*"
    ),
    "asked": r"\bask\w*|request\w*|demand\w*",
    "others": (
        r"\bstates?\b|\bcount(?:y|ies)\b|\bcity\b|cities|world|nations?\b|\bworldwide\b|each of|combined|"
        r"together with"
    ),
}
_COMPILED = {
    name: {key: re.compile(pattern, re.IGNORECASE if name != "agencies" else 0) for key, pattern in patterns.items()}
    for name, patterns in (("topics", _TOPICS), ("agencies", _AGENCIES), ("ways", _WAYS))
}
_NAME = re.compile(r"\b[A-Z][\w&’'-]*[a-zA-Z](?:\s(?:of\s)?[A-Z][\w&’'-]+)*")
_PARTY = re.compile(
    r"\b(?:to|from|with|by|paid|gave|awarded|for|at|firm|company|vendor|contractor)\s(?:the\s)?"
    r"(?P<name>[A-Z][\w&’'-]*(?:\s[A-Z][\w&’'-]+)*)"
)
_OPENS = re.compile(r"^[\"“‘'(\s]*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_NAME = re.compile(
    r"(?:January|February|March|April|May|June?|July?|August|Sept?(?:ember)?|October|November|December|"
    r"Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|FY|Fiscal|"
    r"President|Congress|Public|Law|Section|Trump|Biden|Republicans?|Democrats?|American?s?|U\.?S\.?|United|States)\b"
)
_SMALL = frozenset([
    "the", "and", "for", "that", "with", "was", "were", "has", "have", "had", "from", "this", "its", "are",
    "not", "been", "said", "says", "more", "than", "over", "under", "about", "nearly", "almost", "million",
    "billion", "thousand", "hundred", "percent", "least", "which", "who", "their", "his", "her", "they",
    "into", "out", "according", "records", "show", "year", "years", "month", "months", "day", "days",
    "could", "would", "may", "can", "will", "one", "two", "first", "last", "period", "same", "also",
    "after", "before", "since", "during",
])  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """What a text speaks of. `names` are capitalised words that no agency or month explains, in small letters."""

    topics: frozenset[str]
    agencies: frozenset[str]
    ways: frozenset[str]
    names: frozenset[str]
    parties: frozenset[str]
    words: frozenset[str]


def subject(text: str) -> Subject:
    """Who and what the text is about."""
    topics, agencies, ways = (
        frozenset(key for key, pattern in _COMPILED[name].items() if pattern.search(text))
        for name in ("topics", "agencies", "ways")
    )
    return Subject(topics, agencies, ways, _names(text), _parties(text), content(text))


def content(text: str) -> frozenset[str]:
    """The words that carry meaning, without their endings."""
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in _SMALL)


ANY_AGENCY = re.compile("|".join(f"(?:{pattern})" for pattern in _AGENCIES.values()))


def denied(text: str) -> bool:
    """Whether the sentence denies, doubts or asks; then nothing in it is stated."""
    return _COMPILED["ways"]["refused"].search(text) is not None or text.rstrip('"”’) ').endswith("?")


_DOUBTS = re.compile(
    r"(?i)\bden(?:y|ied|ies|ying)\b|\b(?:refus|reject|disput|debunk|incorrect|inaccura|mislead|retract|fabricat|"
    r"exaggerat)\w*|\b(?:false(?:ly)?|untrue|wrong|wrongly|myth|hoax|lie|lies|lying|baseless|made[- ]up|no truth|"
    r"not true|far from (?:it|true))\b"
)


def doubted(text: str) -> bool:
    """Whether the sentence says of anything in it that it is not so, or asks: then none of its clauses states it."""
    return _DOUBTS.search(text) is not None or text.rstrip('"”’) ').endswith("?")


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _names(text: str) -> frozenset[str]:
    """Words with a capital, but not the one that opens the text, where any word has one."""
    plain = agencies_out(text)
    opens = _OPENS.match(plain)
    first = opens.end() if opens else 0
    return _parts(
        found.group() for found in _NAME.finditer(plain) if found.start() > first or not found.group().istitle()
    )


def _parties(text: str) -> frozenset[str]:
    """Names behind a word that makes them giver, taker or partner of something."""
    return _parts(found["name"] for found in _PARTY.finditer(agencies_out(text)))


def _parts(names: Iterable[str]) -> frozenset[str]:
    words = (part for name in names for part in name.split() if part[0].isupper() and not _NO_NAME.match(part))
    small = (word.lower().removesuffix("’s").removesuffix("'s") for word in words)
    return frozenset(word for word in small if word not in _SMALL)


def agencies_out(text: str) -> str:
    """The text without the names of agencies."""
    for pattern in _COMPILED["agencies"].values():
        text = pattern.sub(" ", text)
    return text
