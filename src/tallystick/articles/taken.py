"""Takes in an article: a text, a web page or a PDF, from a file or from what is piped in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tallystick.articles.article import Article, Paragraph
from tallystick.articles.dateline import day_in, day_in_page
from tallystick.articles.language import is_english, other_language
from tallystick.articles.pages import paragraphs_of_page
from tallystick.articles.pdf import paragraphs_of_pdf
from tallystick.articles.sentences import article
from tallystick.articles.tables import BETWEEN, heading, rows_of
from tallystick.errors import UsageError

MOST_BYTES = 20_000_000
MOST_LETTERS = 300_000
MOST_NUMBERS = 4_000
_NUMBER = re.compile(r"\d[\d,.]*")
_PAGE = re.compile(rb"<(!doctype html|html|head|body|article|div|p|main|section|meta|h1)\b", re.IGNORECASE)
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_POINT = re.compile(r"\s*(?:[-•*–·▪‣◦]|\(?\d{1,2}[.)])\s")
_ROW = re.compile(r"\S\s*[\t|]\s*\S|[^\s.:;] {3,}\S")
_CELLS = re.compile(r"\s*\|\s*|\s*\t\s*| {3,}")
# a line of a table goes on with the next
_LINES = re.compile(r"(?<![|\t ])\n(?![^\n]*(?:\||\t| {3}))|(?<=[.!?:\"”])\n")
_RULE = re.compile(r"[\s|:+=_-]*[-=_]{3}[\s|:+=_-]*")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def article_in(path: Path) -> Article:
    """The article in a file. Raises `UsageError` when there is none to read in it."""
    try:
        with path.open("rb") as file:
            return article_from(file, str(path))
    except OSError as error:
        raise UsageError(
            f"this file cannot be read: {error.strerror or error}", where=str(path), next_step="name a file that can"
        ) from error


def article_from(stream: BinaryIO, name: str) -> Article:
    """The article that the bytes of a stream are; no more of them is read than an article can have."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _refused(f"this has more than {MOST_BYTES // 10**6} MB, which no article has", name)
    return article_of(data, name)


def article_of(data: bytes, name: str) -> Article:
    """The article that these bytes are. Raises `UsageError` for what is empty, binary, too long or not English."""
    paragraphs = _paragraphs(data, name)
    found = article(name, paragraphs, day_in_page(data) or day_in(paragraphs))
    if not found.sentences:
        raise _refused("there is no text in this", name)
    if len(found.text) > MOST_LETTERS:
        raise _refused(f"this has {len(found.text):,} letters; an article has at most {MOST_LETTERS:,}", name)
    if (numbers := sum(1 for _ in _NUMBER.finditer(found.text))) > MOST_NUMBERS:
        raise _refused(f"this has {numbers:,} numbers, more than {MOST_NUMBERS:,}: a table, and no article", name)
    if language := other_language(found.text):
        raise _refused(f"this seems to be {language}; English is the one language that is read", name)
    if not is_english(found.text):
        raise _refused("this does not seem to be English, the one language that is read", name)
    return found


def _paragraphs(data: bytes, name: str) -> tuple[Paragraph, ...]:
    if data.lstrip()[:5] == b"%PDF-":
        return paragraphs_of_pdf(data, name)
    text = _text(data, name)
    if _PAGE.search(data[:4096]):
        return paragraphs_of_page(data, name)
    return tuple(_in_text(text))


def _text(data: bytes, name: str) -> str:
    """The bytes as text: as their mark says, else UTF-8, else the code page of old Windows files."""
    if data.startswith(b"PK\x03\x04"):
        raise _refused("this is a ZIP or a document of an office program", name)
    encoding = next((told for mark, told in _MARKS.items() if data.startswith(mark)), "")
    if not encoding and b"\x00" in data:
        raise _refused("this is no text: it has zero bytes", name)
    for tried in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = data.decode(tried)
        except UnicodeDecodeError:
            continue
        if sum(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text[:100_000]) * 50 > min(len(text), 100_000):
            break
        return text
    raise _refused("this is no text that can be read", name)


def _in_text(text: str) -> Iterator[Paragraph]:
    """An empty line ends a paragraph; in a text without one, each line is a paragraph."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    blocks = _GAP.split(plain)
    if len(blocks) == 1:
        blocks = _LINES.split(plain) if _lines_are_paragraphs(plain) else blocks
    above = ""
    for block in blocks:
        for part in _apart(block):
            if isinstance(part, list):
                yield from rows_of(part, heading(above))
            elif joined := " ".join(part.split()):
                above = joined
                yield Paragraph(joined)


def _apart(block: str) -> Iterator[str | list[list[str]]]:
    """The points of a list in a block, each by itself, the rows of a table together, and what stands around them."""
    lines: list[str] = []
    rows: list[list[str]] = []
    for line in block.split("\n"):
        row = _ROW.search(line) is not None
        if rows and not row and not _RULE.fullmatch(line):
            yield _table(rows)
            rows = []
        if lines and (row or _POINT.match(line)):
            yield "\n".join(lines)
            lines = []
        if row:
            rows += [] if _RULE.fullmatch(line) else [_cells(line)]
        elif not _RULE.fullmatch(line):
            lines.append(line)
    if rows:
        yield _table(rows)
    yield "\n".join(lines)


def _table(rows: list[list[str]]) -> str | list[list[str]]:
    """A line by itself is none."""
    return rows if len(rows) > 1 else BETWEEN.join(rows[0])


def _cells(line: str) -> list[str]:
    return [" ".join(cell.split()) for cell in _CELLS.split(line.strip().strip("|"))]


def _lines_are_paragraphs(text: str) -> bool:
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    return sum(line.endswith((".", "!", "?", '"', "”", ":")) for line in lines) * 2 > len(lines)


def _refused(what: str, name: str) -> UsageError:
    return UsageError(what, where=name, next_step="check the text of an article: a text file, a web page or a PDF")
