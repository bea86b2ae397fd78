"""The menu: the pages by the headings that they stand under, in the order in which each heading comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallystick.nouns.page import FIRST, Page

REGISTERS = "/registers"
_RECORD = "The record"


@dataclass(frozen=True)
class Entry:
    """A link of the menu."""

    title: str
    path: str

    def current(self, here: str) -> str:
        """How a reader who is at `here` has it marked: as this page, as the one above it, or not at all."""
        if here == self.path:
            return "page"
        return "true" if here.startswith(f"{self.path}/") else ""


@dataclass(frozen=True)
class Group:
    """A heading and the links below it."""

    title: str
    entries: tuple[Entry, ...]


def menu(pages: Iterable[Page], with_registers: bool) -> tuple[Group, ...]:
    """The pages, in their order, by their headings; those that name none stand last, under ''."""
    found: dict[str, list[Entry]] = {}
    for page in sorted(pages, key=lambda page: not page.group):
        path = "/" if page.name == FIRST else f"/{page.name}"
        found.setdefault(page.group, []).append(Entry(page.title, path))
    if with_registers:
        found.setdefault(_RECORD, []).append(Entry("Registers", REGISTERS))
    return tuple(Group(title, tuple(entries)) for title, entries in found.items())
