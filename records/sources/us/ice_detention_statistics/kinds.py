"""Kinds of tables that the publisher repeats, and the tabs that they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .labels import Labels
from .words import telling

_LONGEST_TITLE = 1000


@dataclass(frozen=True)
class Kind:
    """One titled table that the publisher repeats from release to release.

    `said` are its titles over the years, told by their words; or `like` is a pattern of them. A tab is published for
    its main tables (`is_main`), which every release has had. `heads` are row labels that begin a group of rows, with
    what the group is called; where `by_area`, every area of responsibility is one. `adds` says along which labels
    counts add up to `total`.
    """

    title: str
    said: tuple[str, ...]
    unit: str = "persons"
    rows: Labels = None
    columns: Labels = None
    groups: Labels = None
    heads: tuple[tuple[str, str], ...] = ()
    by_area: bool = False
    like: str = ""
    is_main: bool = True
    adds: tuple[str, ...] = ("row",)


@dataclass(frozen=True)
class Tab:
    """One of the workbook's tabs. `names` matches the sheet's name, `titles` a line that stands on the tab."""

    tab: str
    names: str
    titles: str
    kinds: tuple[Kind, ...] = ()

    def kind(self, title: str) -> Kind | None:
        """What a title is of; None where no rule knows it."""
        if len(title) > _LONGEST_TITLE:
            return None
        return self._by_words.get(telling(title)) or next(
            (kind for kind in self.kinds if kind.like and re.fullmatch(kind.like, title, re.IGNORECASE)), None
        )

    @cached_property
    def groups(self) -> frozenset[str]:
        """Lines of words that head the rows below them."""
        return frozenset(group for kind in self.kinds for group in kind.groups or ())

    @cached_property
    def row_labels(self) -> frozenset[str]:
        """Labels of rows, as far as they are not open."""
        return frozenset(row for kind in self.kinds for row in kind.rows or ())

    @cached_property
    def _by_words(self) -> dict[frozenset[str], Kind]:
        return {telling(said): kind for kind in self.kinds for said in kind.said}
