"""A visit: what one reader asked for, and what the makers of documents need to answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tallystick.bench import Bench
from tallystick.nouns.page import Page
from tallystick.views.asked import Asked
from tallystick.views.words import Words


class Links(Protocol):
    """Where links lead: to a server's URLs, or to the files of a published site."""

    @property
    def live(self) -> bool:
        """Whether a server answers there: whether forms and events work."""
        ...

    def to(self, path: str, asked: Asked | None = None) -> str:
        """The link to the document at `path` (`/claims/x`) with these parameters, in the visit's language and day."""
        ...

    def whole(self, path: str, asked: Asked | None = None) -> str:
        """The same link with the site's scheme and host, for what leaves the site: feeds, embeds, metadata."""
        ...

    def keeping(self, **other: str) -> Links:
        """Such links with another `lang` or `as_known_on` to keep; '' keeps none."""
        ...

    def each(self, figures: int) -> bool:
        """Whether each of so many figures of a breakdown leads to a why of its own, or all to that of the whole."""
        ...

    def asset(self, name: str) -> str:
        """The link to a file that pages need: a stylesheet, a script."""
        ...


@dataclass(frozen=True)
class Visit:
    """One reader's question to the workbench, over the bench of the day that it was asked as known on.

    `here` is the path that was asked for, with its parameters `asked`.
    """

    bench: Bench
    pages: Mapping[str, Page]
    words: Words
    links: Links
    here: str
    asked: Asked = field(default_factory=dict, hash=False)

    def with_(self, name: str, value: str) -> Asked:
        """What was asked, with another value of one parameter."""
        return {**self.asked, name: (value,)}

    def without(self, name: str) -> Asked:
        """What was asked, less one parameter."""
        return {other: values for other, values in self.asked.items() if other != name}

    def one(self, name: str, default: str = "") -> str:
        """The last value of a parameter."""
        return self.asked.get(name, (default,))[-1]


@dataclass(frozen=True)
class Document:
    """What a visit gets: bytes, what they are, and whether all went well."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
