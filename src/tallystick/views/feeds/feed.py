"""A feed: what is new, the newest first, whatever form readers take it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """One thing that is new. `id` is a tag URI (RFC 4151) that stays; `day` is when it could first be known."""

    id: str
    title: str
    link: str
    day: date
    says: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """The newest entries of one kind. `home` is the page that lists all of them, `here` the feed's own address."""

    id: str
    title: str
    says: str
    home: str
    here: str
    entries: tuple[Entry, ...]
    day: date
    language: str = "en"
