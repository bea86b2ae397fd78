"""Reads the pages that people write in `records/pages/*.md`: facts at the top, prose, and fenced views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from tallystick.catalog import Catalog, parse_yaml
from tallystick.errors import RecordError
from tallystick.nouns.page import Page, Prose, View
from tallystick.nouns.written import Words, Written


class _Facts(Written, frozen=True, kw_only=True):
    title: Words
    about: Words
    order: int
    group: Words | Literal[""] = ""


def pages(catalog: Catalog) -> Mapping[str, Page]:
    """Every page by name, in the order of the menu. Raises `RecordError` with the file and the line."""
    found = [read_page(path) for _, path in catalog.below("pages", ".md")]
    return {page.name: page for page in sorted(found, key=lambda page: (page.order, page.name))}


def read_page(path: Path) -> Page:
    """The page in one file; its name is the file's. Raises `RecordError` with the file and the line."""
    text = path.read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark").use(front_matter_plugin).parse(text)
    if not tokens or tokens[0].type != "front_matter":
        raise RecordError(
            "this page does not begin with its facts",
            where=f"{path}, line 1",
            next_step="begin it with '---', then title, about and order, then '---'",
        )
    facts = parse_yaml(tokens[0].content, _Facts, f"{path}, line 1")
    parts = tuple(_parts(text.splitlines(keepends=True), tokens, path))
    return Page(path.stem, facts.title, facts.about, facts.order, parts, str(path), facts.group)


def _parts(lines: list[str], tokens: list[Token], path: Path) -> Iterator[Prose | View]:
    """Prose and views in their order."""
    top = tokens[0].map or [0, 0]
    begin = top[1]
    for token in tokens:
        if token.type != "fence" or token.level or token.info.strip() != "view" or token.map is None:
            continue
        yield from _prose(lines[begin : token.map[0]])
        yield _view(token.content, token.map[0] + 1, path)
        begin = token.map[1]
    yield from _prose(lines[begin:])


def _prose(lines: list[str]) -> Iterator[Prose]:
    text = "".join(lines).strip()
    if text:
        yield Prose(text)


def _view(written: str, line: int, path: Path) -> View:
    where = f"{path}, line {line}"
    told = parse_yaml(written, dict[str, Any], where)
    if not isinstance(told.get("show"), str):
        raise RecordError(
            "this view does not say what to show", where=where, next_step="write a line such as 'show: figure'"
        )
    return View(told["show"], {name: value for name, value in told.items() if name != "show"}, line)
