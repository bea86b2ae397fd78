"""What has digits and is no quantity: sections of statutes, numbers of contracts, phones, streets, forms, ages."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAMED = (
    "section sections sec title titles article articles chapter part parts subpart subsection paragraph clause rule "
    "rules form forms no nos number numbers case docket flight route interstate highway exit room suite floor unit "
    "building gate apartment apt box district precinct ward zone sector region phase stage level tier category class "
    "version v page pages pp figure fig table chart line item box step act operation order resolution bill "
    "proposition prop amendment law circuit channel episode season volume vol lot block tract model type area camp "
    "task count counts"
).replace(" ", "|")

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[#@]\w+",
        r"\b\d{1,4}\s?\((?:[a-z]{1,2}|\d{1,2})\)(?:\([a-z0-9]{1,3}\))*",                    # 287(g), 1357(g)(1)
        r"§+\s?\d[\w.()-]*(?:\s?(?:,|and|to|-)\s?\d[\w.()-]*)*",
        r"\b\d+\s(?:U\.?S\.?C\.?|U\.?S\.?(?=\s\d)|C\.?F\.?R\.?|F\.(?:2d|3d|4th|Supp\.?(?: [23]d)?)|"
        r"Fed\. Reg\.|Stat\.|S\. ?Ct\.)"
        r"(?:[§\s]*\d[\w.()-]*)?",
        r"\b(?:H\.? ?R|S|H\. ?Res|S\. ?Res|P\. ?L|Pub\. ?L|EO|E\.O)\.?\s(?:No\.\s)?\d[\d-]*",
        rf"\b(?i:(?:{_NAMED})\.?)\s(?:No\.\s|#)?\d++(?!,\d{{3}}|[\d,.]*\d*\s(?i:hundred|thousand|million|billion|percent|per\scent))[\w.()/-]*"
        r"(?:(?:\s(?:and|or|to)\s|,\s)\d+\([a-z]\))*",
        r"\b(?=[\w-]*\d)(?=[\w-]*[A-Z])(?:[A-Z]{2,}[\w]*-?\d[\w-]*|\d+[A-Z]{2,}\w*\d\w*|[A-Z]-?\d{1,4}[A-Z]?\b)(?:[\w-]*\w)?",
        r"\b\d{1,4}-[a-z]{2,3}-\d{2,6}\b",                                                 # dockets: 24-cv-1234
        r"(?:\+?1[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\b\d{3}-\d{4}\b|\b1-8\d\d-[\dA-Z-]{7,}",
        r"\b(?:[A-Z]{2}\s)?\d{5}-\d{4}\b|\b[A-Z]{2}\s\d{5}\b",
        r"\b\d{1,2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?|o[’']clock)|\b\d{1,2}:\d{2}\b",
        r"\b\d{1,3}-(?:to-)?\d{1,3}\s(?:majority|vote|decision|ruling|margin)|(?<=voted )\d{1,3}(?:-|\sto\s)\d{1,3}",
        r"(?i)\(?\b(?:figures |amounts )?in (?:thousands|millions|billions)(?: of (?:U\.?S\.? )?dollars)?\)",
        r"\b24/7\b|\b9/11\b|\b50-50\b|\b20/20\b",
        r"\b\d+(?:st|nd|rd|th)\b",
        r"\b\d{1,5}\s(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?(?:[A-Z]\w+\s|\d+(?:st|nd|rd|th)\s){1,3}"
        r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Way|Court|Ct|Highway|Parkway|Plaza)\b\.?",
        r"(?i)\b(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)[- ]years?[- ]olds?\b|\baged?\s\d{1,3}\b|(?<=[a-z]),\s\d{2},(?=\s)",
        r"(?i)(?<![\w$.])\.\d{2,3}\b(?=[ -](?:cal|mag|win)|\s?caliber)|"
        r"\b\d+(?:\.\d+)?\s?mm\b|\b5\.56\b|\b\d+-gauge\b",
        r"\[\d{1,3}\]|(?<=\s)\d{1,2}\.(?=\s[A-Z])(?<=^\d\.)",
        r"\b\d+(?:\.\d+){2,}\b",
        r"\b(?i:COVID|MS|AR|M|MQ|RQ|UH|I|G|N|A|B|H|T|U|AK|CH)-\d+[A-Z]?\b",
        r"\b(?:Boeing|Airbus|Glock|Windows|iPhone|Sig Sauer P|Fortune|Big|Group of|Catch)-?\s?\d+\b",
        r"(?i)\b(?:one[- ](?:way|sided|on|off|time|stop|size)|no one|one another|one of|one by one|"
        r"which one|this one|"
        r"that one|each one|anyone|everyone|two[- ](?:way|sided|fold purpose)|square one|day one|number one|zero[- ]"
        r"(?:tolerance|sum|day)|first[- ]\w+|second[- ](?:class|hand|guess\w*)|four[- ]letter|high five|"
        r"fifty[- ]fifty|ten commandments)\b",
    )
)  # fmt: skip


def traps_in(sentence: str) -> Iterator[tuple[int, int]]:
    """Start and end of each place that must not be read as a quantity."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            yield found.span()
