"""What a chart is drawn for: a width, and the words of a reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import wrap

from tallystick.views.words import Words

DESK = 680
PHONE = 340
TEXT = 13
_CAPITAL = 0.3


@dataclass(frozen=True)
class Canvas:
    """A width in pixels at which text is of readable size, and the reader's words."""

    width: int = DESK
    words: Words = field(default_factory=Words)

    @property
    def narrow(self) -> bool:
        return self.width < DESK

    def letters(self, share: float) -> int:
        """About how many letters of a label fit into a share of the width."""
        return int(self.width * share / (TEXT * 0.52))


def fitted(text: str, letters: int) -> list[str]:
    """The text in one line or two, cut if it needs more."""
    first = wrap(text, letters)[:1] or [""]
    if len(text) <= len(first[0]):
        return first
    return [*first, cut(text[len(first[0]) :].strip(), letters)]


def cut(text: str, letters: int) -> str:
    """The text, or as much of it as has room: capitals need more of it."""
    if _wide(text) <= letters:
        return text
    kept = text[:letters]
    while len(kept) > 1 and _wide(kept) > letters - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _wide(text: str) -> float:
    """How many letters' room a text takes."""
    return len(text) + _CAPITAL * sum(letter.isupper() for letter in text)
