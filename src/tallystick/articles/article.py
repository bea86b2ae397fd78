"""Article: the plain text of what somebody wrote, and where each sentence of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Cell:
    """A cell of a table's row that holds a number, from `start` to `end` in the row's text.

    `says` are the words that the line above the table, the row and the column say of it, empty where these could be
    misread, and `number` is what stands in the cell with the unit that its column states.
    """

    start: int
    end: int
    says: str
    number: str


@dataclass(frozen=True)
class Paragraph:
    """A run of text that belongs together; `page` counts from one, 0 where the document has no pages.

    A row of a table has `cells`.
    """

    text: str
    page: int = 0
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """One sentence: its `text`, its `paragraph` (from one), `page` (0 for none) and its start in the whole.

    A row of a table is one, with its `cells`.
    """

    text: str
    start: int
    paragraph: int
    page: int = 0
    cells: tuple[Cell, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Article:
    """`text` is the whole, paragraphs apart by an empty line; `text[s.start:s.end] == s.text` for each sentence.

    `day` is the one on which it says it was published, None where it does not say.
    """

    name: str
    text: str
    sentences: tuple[Sentence, ...]
    day: date | None = None
