"""Walks from the pages to every document that they link to, and has each made by the makers that the server calls."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from starlette.routing import compile_path

from tallystick.bench import Bench
from tallystick.errors import TallystickError, UsageError
from tallystick.nouns.page import Page
from tallystick.views.asked import day_of
from tallystick.views.html import routes
from tallystick.views.html.render import document
from tallystick.views.publish.evidence import evidence
from tallystick.views.publish.links import NOT_FOUND, StaticLinks
from tallystick.views.publish.names import Wanted
from tallystick.views.visit import Document, Visit
from tallystick.views.words import Words

ASSETS = Path(routes.__file__).parent / "assets"
Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Desk:
    """What visits of a published site share: the bench, the pages, the words of each language, the site's address."""

    bench: Bench
    pages: Mapping[str, Page]
    languages: Mapping[str, Words]
    site: str = ""

    def visit(self, wanted: Wanted, want: Callable[[Wanted], None]) -> Visit:
        """The visit that makes a document; what its links lead to is told to `want`."""
        known_on = day_of(wanted.asked)
        links = StaticLinks(wanted.file, want, wanted.language, self.site)
        words = self.languages[wanted.language]
        return Visit(self._known(known_on), self.pages, words, links, wanted.path, wanted.asked)

    def _known(self, day: date | None) -> Bench:
        return self.bench.at(day) if day else self.bench


@dataclass(frozen=True)
class Walk:
    """Every document that can be reached. `missing` says what could not be made, and what links to it."""

    desk: Desk
    missing: list[str] = field(default_factory=list, init=False, repr=False, compare=False)
    _by: dict[str, tuple[Wanted, str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _waiting: deque[Wanted] = field(default_factory=deque, init=False, repr=False, compare=False)

    def documents(self, starts: Iterator[Wanted], told: Told) -> Iterator[tuple[Wanted, Document]]:
        """Each document once, beginning with `starts`; `told` hears how far the walk has come."""
        for one in starts:
            self._want(one, "the start")
        done = 0
        while self._waiting:
            wanted = self._waiting.popleft()
            told(wanted.file, done, len(self._by))
            made = self._made(wanted)
            if made is not None:
                yield wanted, made
            done += 1

    def _want(self, wanted: Wanted, by: str, at_once: bool = False) -> None:
        key = wanted.file.casefold()
        if key not in self._by:
            self._by[key] = wanted, by
            (self._waiting.appendleft if at_once else self._waiting.append)(wanted)
        elif self._by[key][0] != wanted:
            self.missing.append(f"{by}: {wanted} and {self._by[key][0]} would lie in one file")

    def _made(self, wanted: Wanted) -> Document | None:
        by = self._by[wanted.file.casefold()][1]
        # in another language it is made next: the engine still has what both are made of
        visit = self.desk.visit(wanted, lambda other: self._want(other, wanted.file, _says_the_same(other, wanted)))
        try:
            made = made_at(wanted.path, visit)
        except TallystickError as error:
            self.missing.append(f"{by}: its link to {wanted.path} leads nowhere: {error.what}")
            return None
        if made is None or made.status != 200:
            self.missing.append(f"{by}: its link to {wanted.path} leads nowhere: nothing makes such a document")
            return None
        return made


def _says_the_same(one: Wanted, other: Wanted) -> bool:
    return (one.path, one.told) == (other.path, other.told)


def made_at(path: str, visit: Visit) -> Document | None:
    """The document at a path, as its maker makes it; None where there is none."""
    if path.startswith("/assets/"):
        file = ASSETS / path.removeprefix("/assets/")
        return Document(file.read_bytes()) if file.is_file() else None
    if path == NOT_FOUND:
        told = UsageError("there is nothing at this address", next_step="begin at the first page")
        return replace(document("error.html", visit, 404, error=told), status=200)
    if path.startswith("/evidence/"):
        return evidence(visit, path.removeprefix("/evidence/").removesuffix(".zip"))
    for route in routes.ROUTES:
        found = compile_path(route.path)[0].match(path)
        if found:
            return route.make(visit, found.groupdict())
    return None
