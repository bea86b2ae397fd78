"""The paragraphs of a web page: what stands in its article, without menus, scripts and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from tallystick.articles.article import Paragraph
from tallystick.articles.tables import MOST_LETTERS, heading, rows_of
from tallystick.errors import UsageError

_NOT_READ = frozenset([
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button",
    "select", "option", "textarea", "svg", "math", "iframe", "object", "embed", "audio", "video", "canvas",
    "head", "figure", "dialog",
])  # fmt: skip
_APART = frozenset([
    "p", "div", "section", "article", "main", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "table", "tr", "td", "th", "dd", "dt", "dl", "pre", "br", "hr", "body",
])  # fmt: skip
MOST_ROWS = 2_000


def paragraphs_of_page(data: bytes, name: str) -> tuple[Paragraph, ...]:
    """The paragraphs of the page's article, or of its body where it marks none. Raises `UsageError`.

    Nothing in the page is run, fetched or followed; entities of its own are not resolved.
    """
    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding=_encoding(data)
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(
            f"this page cannot be taken apart: {error}",
            where=name,
            next_step="save the article's text and check that",
        ) from error
    if root is None:
        return ()
    return tuple(_paragraphs(_article(root)))


def _encoding(data: bytes) -> str | None:
    """UTF-8 where the bytes are that; else what the page says of itself."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _article(root: Any) -> Any:
    """The one `article` or `main` of the page with the most text, if that is most of what its paragraphs say."""
    for name in ("article", "main"):
        found = [(sum(len(part.text) for part in _paragraphs(one)), one) for one in list(root.iter(name))[:50]]
        if found and (best := max(found, key=lambda pair: pair[0]))[0] >= 200:
            return best[1]
    return root


def _paragraphs(root: Any) -> Iterator[Paragraph]:
    """The text between the starts and ends of blocks, in order; walked without recursion, however deep it is."""
    parts: list[str] = []
    skipped = 0
    above = ""
    table = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        started = event == "start"
        if _hidden(tag, element):
            skipped += 1 if started else -1
        if not skipped and table is None and tag in _APART:
            for told in _told(parts):
                above = told
                yield Paragraph(told)
            parts = []
        if started and tag == "table" and table is None and not skipped and (rows := _rows(element)):
            yield from rows_of(rows, _words(element.find("caption")) or heading(above))
            table = element
        if element is table and not started:
            table = None
        # a tail belongs to the text around the element, and not to the element
        text = element.text if started else element.tail if element is not root else None
        if text and not skipped and table is None:
            parts.append(text)
    yield from map(Paragraph, _told(parts))


def _rows(table: Any) -> list[list[str]]:
    """The cells of a table that holds figures; none of one that lays a page out, or has joined cells."""
    if table.find(".//table") is not None or any(True for _ in table.iter("ul", "ol", "blockquote", "form")):
        return []
    rows = [list(row.iter("td", "th")) for row in table.iter("tr")][:MOST_ROWS]
    if any(cell.get("rowspan", "1") != "1" or cell.get("colspan", "1") != "1" for row in rows for cell in row):
        return []
    made = [[_words(cell) for cell in row] for row in rows]
    tall = len(made) > 1 and max(map(len, made)) > 1
    return made if tall and all(len(cell) <= MOST_LETTERS for row in made for cell in row) else []


def _words(element: Any) -> str:
    """The text in an element, without what is not read."""
    if element is None:
        return ""
    parts: list[str] = []
    skipped = 0
    for event, one in etree.iterwalk(element, events=("start", "end")):
        started = event == "start"
        if _hidden(one.tag if isinstance(one.tag, str) else "", one):
            skipped += 1 if started else -1
        text = one.text if started else one.tail if one is not element else None
        if text and not skipped:
            parts.append(text)
    return " ".join("".join(parts).split())


def _hidden(tag: str, element: Any) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style
    return tag in _NOT_READ or hidden


def _told(parts: list[str]) -> Iterator[str]:
    text = " ".join("".join(parts).split())
    if text:
        yield text
