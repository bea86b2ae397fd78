"""The words, numbers and signs of a sentence, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?P<money>(?:US|U\.S\. ?)?\$|€|£)"
    r"|(?P<word>[^\W\d_]+(?:[’'.][^\W\d_]+)*)"
    r"|(?P<sign>\S)"
)


@dataclass(frozen=True)
class Token:
    """`kind` is number, money, word or sign; `low` is the text in small letters."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


class Tokens:
    """Tokens that may be asked for beyond either end, where there is an empty one."""

    def __init__(self, sentence: str) -> None:
        self._all: Sequence[Token] = [
            Token(str(found.lastgroup), found.group(), found.start(), found.end())
            for found in _TOKEN.finditer(sentence)
        ]
        self._none = Token("", "", len(sentence), len(sentence))

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, at: int) -> Token:
        return self._all[at] if 0 <= at < len(self._all) else self._none

    def joined(self, at: int) -> bool:
        """Whether token `at` follows the one before it without a blank."""
        return at > 0 and self[at].kind != "" and self[at].start == self[at - 1].end

    def words(self, at: int, count: int) -> str:
        """The next `count` tokens in small letters, a blank between each."""
        return " ".join(self[place].low for place in range(at, at + count) if self[place].kind)
