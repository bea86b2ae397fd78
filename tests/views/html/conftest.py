"""Visits to documents, without a server, over the small capture or over what the project carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.routing import compile_path

from tallystick.bench import Bench
from tallystick.views.asked import Asked
from tallystick.views.html.routes import ROUTES
from tallystick.views.pages.read import pages
from tallystick.views.visit import Document, Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import languages
from tests.real_home import real_pipeline


@dataclass(frozen=True)
class Reader:
    """Someone who visits documents over one bench."""

    bench: Bench

    def visit(self, path: str, asked: Asked | None = None, lang: str = "en") -> Visit:
        """The visit to a path."""
        catalog = self.bench.pipeline.catalog
        links = ServerLinks({"lang": (lang,)} if lang != "en" else {})
        return Visit(self.bench, pages(catalog), languages(catalog)[lang], links, path, asked or {})

    def gets(self, path: str, asked: Asked | None = None, lang: str = "en") -> Document:
        """The document that lies at a path. Raises what its maker raises."""
        make, parts = _made_at(path)
        return make(self.visit(path, asked, lang), parts)

    def reads(self, path: str, asked: Asked | None = None, lang: str = "en") -> str:
        """The text of the document, as HTML."""
        return self.gets(path, asked, lang).body.decode()


def _made_at(path: str) -> tuple[Callable[[Visit, Mapping[str, str]], Document], Mapping[str, str]]:
    for route in ROUTES:
        found = compile_path(route.path)[0].match(path)
        if found:
            return route.make, found.groupdict()
    raise AssertionError(f"no route leads to {path}")


@pytest.fixture(scope="session")
def small_reader(small_bench: Bench) -> Reader:
    """A reader of the small capture."""
    return Reader(small_bench)


@pytest.fixture(scope="session")
def starter_reader(starter_home: Path) -> Reader:
    """A reader of the starter edition."""
    return Reader(Bench(real_pipeline(starter_home)))
