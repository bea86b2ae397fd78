"""The small language in which records write words of prose: phrases, and `arrest*` with any ending."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


@cache
def one_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words or phrases, the longest first. All but those in capitals alone stand in any case."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(_pattern(word) for word in ordered) if ordered else r"(?!)")


def _pattern(word: str) -> str:
    parts = [re.escape(part).replace("'", "[’']").replace(r"\*", r"[\w’'-]*") for part in word.split()]
    text = r"[\s-]".join(parts)
    cased = text if word.isupper() and len(word) <= 5 else f"(?i:{text})"
    opens = r"(?<![\w-])" if word[0].isalnum() else ""
    closes = r"(?![\w])" if word[-1].isalnum() else ""
    return f"{opens}{cased}{closes}"


def places(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where any of the words stands in the text."""
    return [found.span() for found in one_of(tuple(words)).finditer(text)]


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks where the spans are; its length stays."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
