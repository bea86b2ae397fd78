"""Page: prose and views of the record, written by people as one Markdown file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FIRST = "overview"
"""The page that readers come to first."""


@dataclass(frozen=True)
class Prose:
    """A stretch of Markdown between two views, as written."""

    text: str


@dataclass(frozen=True)
class View:
    """A fenced `view` block: what to `show` (the name of a kind) and the kind's `options`, as written.

    `line` is where it begins in the file.
    """

    show: str
    options: dict[str, Any]
    line: int


@dataclass(frozen=True)
class Page:
    """A page of the workbench. `order` is its place in the menu, `about` one line that says what it is for,
    `group` the heading of the menu that it stands under.

    `file` is where it is written, for errors to say.
    """

    name: str
    title: str
    about: str
    order: int
    parts: tuple[Prose | View, ...]
    file: str = ""
    group: str = ""
