"""Cuts paragraphs into sentences, in time that grows with their length alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tallystick.articles.article import Article, Paragraph, Sentence

_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s)")
_OPENS = re.compile(r"\s+[\"“‘'(\[]*[A-Z0-9$€£¿¡ÁÉÍÓÚÑ]")
_LAST_WORD = re.compile(r"[\w.&-]{1,24}$")
MOST_LETTERS = 1000
"""A longer sentence is cut at a blank, so that no sentence takes long to read."""
_SHORT = frozenset([
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "sgt", "capt", "jr", "sr",
    "st", "vs", "v", "no", "nos", "inc", "corp", "co", "ltd", "llc", "dept", "est", "approx", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "fig", "sec", "secs", "art",
    "pub", "rev", "hon", "u.s", "u.n", "d.c", "e.g", "i.e", "cf", "etc", "al",
])  # fmt: skip
_IN_NAME = re.compile(
    r"\s(?:[§\d]|Immigration|Customs|Citizenship|Border|Department|Code|House|Senate|Sen\.|Rep\.|Supreme|Marshals|Army|"
    r"Navy|Air|Secret|Coast|Attorney|District|Court|Postal|Congress|Government|Circuit|Citizens?\b|Treasury)"
)
_ALWAYS_GOES_ON = frozenset([
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "sgt", "capt", "st", "vs",
    "v", "no", "nos", "fig", "sec", "art", "e.g", "i.e",
])  # fmt: skip


def article(name: str, paragraphs: Sequence[Paragraph], day: date | None = None) -> Article:
    """The article that the paragraphs make, its sentences found; `day` is that on which it was published."""
    texts, sentences, at = [], [], 0
    for number, paragraph in enumerate(paragraphs, start=1):
        if paragraph.cells:
            sentences.append(Sentence(paragraph.text, at, number, paragraph.page, paragraph.cells))
        for start, end in cut(paragraph.text) if not paragraph.cells else ():
            sentences.append(Sentence(paragraph.text[start:end], at + start, number, paragraph.page))
        texts.append(paragraph.text)
        at += len(paragraph.text) + 2
    return Article(name, "\n\n".join(texts), tuple(sentences), day)


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of one paragraph; blanks between sentences belong to none."""
    for start, end in _whole(text):
        while end - start > MOST_LETTERS:
            blank = text.rfind(" ", start + 1, start + MOST_LETTERS)
            stop = blank if blank > 0 else start + MOST_LETTERS
            yield start, stop
            start = stop + len(text[stop:end]) - len(text[stop:end].lstrip())
        yield start, end


def _whole(text: str) -> Iterator[tuple[int, int]]:
    start = len(text) - len(text.lstrip())
    for stop in _END.finditer(text):
        opens = _OPENS.match(text, stop.end())
        if opens is None or _goes_on(
            text[max(start, stop.start() - 24) : stop.start()], stop.group(), text[stop.end() : stop.end() + 16]
        ):
            continue
        yield start, stop.end()
        start = stop.end() + len(opens.group()) - len(opens.group().lstrip())
    end = len(text.rstrip())
    if start < end:
        yield start, end


def _goes_on(before: str, stop: str, behind: str) -> bool:
    """Whether a full stop closes a short form and not the sentence."""
    if not stop.startswith(".") or len(stop) > 1:
        return False
    found = _LAST_WORD.search(before)
    word = found.group().lower() if found else ""
    if _IN_NAME.match(behind) and word in {"u.s", "u.s.c", "h.r", "c.f.r", "s.j.res", "h.res", "h.j.res"}:
        return True
    if re.fullmatch(r"[a-z]", word) or word in _ALWAYS_GOES_ON:
        return True
    # "Jan. 20" goes on, "in the U.S. The agency" does not: told by what follows, which is a capital or a digit
    return word in _SHORT and word not in {
        "u.s",
        "d.c",
        "inc",
        "co",
        "corp",
        "etc",
        "u.n",
        "llc",
        "ltd",
        "al",
        "jr",
        "sr",
    }
