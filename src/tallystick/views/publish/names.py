"""The file of a published site that a document lies in: the same for the same document, on every machine."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache

from tallystick.views.asked import Asked
from tallystick.views.urls import unquoted
from tallystick.views.words import ENGLISH

_FIRST = "index"
_DATA = "/data"
_OF_NO_LANGUAGE = (_DATA, "/assets/", "/evidence/", "/llms.txt")
_ENDING = re.compile(r"\.(atom|css|csv|ftm|ico|js|json|pdf|png|svg|txt|xlsx|xml|zip)$")
_LONGEST = 60
_DIGITS = 10
_MOST = 50_000


@dataclass(frozen=True, order=True)
class Wanted:
    """A document that something links to: its path, its parameters in a fixed order, the language of its words."""

    path: str
    told: tuple[tuple[str, tuple[str, ...]], ...] = ()
    language: str = ENGLISH

    @property
    def asked(self) -> Asked:
        """The parameters."""
        return dict(self.told)

    @property
    def file(self) -> str:
        """Where it lies below the site's folder; parameters become a readable start and a hash of all of them.

        English lies at the root, any other language in a folder of its own; what has no words lies at the root.
        """
        return _file(self)


def wanted(path: str, asked: Asked | None = None, language: str = ENGLISH) -> Wanted:
    """What a link asks for. The order of parameters, and of the values of a filter, makes no other document."""
    told = {name: tuple(map(str, values)) for name, values in (asked or {}).items() if name != "lang" and values}
    if "where" in told:
        told["where"] = tuple(sorted(told["where"]))
    spoken = ENGLISH if path.startswith(_OF_NO_LANGUAGE) else language
    return Wanted(unquoted(path), tuple(sorted(told.items())), spoken)


def relative(start: str, to: str) -> str:
    """The link from one file of the site to another."""
    here, there = start.split("/")[:-1], to.split("/")
    alike = 0
    while alike < min(len(here), len(there) - 1) and here[alike] == there[alike]:
        alike += 1
    return "/".join([*[".."] * (len(here) - alike), *there[alike:]])


@lru_cache(_MOST)
def _file(wanted: Wanted) -> str:
    """Where a document lies; most are linked to from many pages."""
    ending = _ENDING.search(wanted.path)
    stem = wanted.path[: ending.start()] if ending else wanted.path
    parts = [_plain(unquoted(part)) for part in stem.strip("/").split("/") if part] or [_FIRST]
    told = dict(wanted.told)
    form = told.pop("format", ("csv",))[-1] if wanted.path == _DATA else ""
    if told:
        parts.append(_parameters(told))
    if wanted.language != ENGLISH:
        parts.insert(0, wanted.language)
    return "/".join(parts) + (f".{form}" if form else ending[0] if ending else ".html")


def _parameters(told: Asked) -> str:
    said = "_".join(value for values in told.values() for value in values)
    digest = hashlib.sha256(json.dumps(sorted(told.items())).encode()).hexdigest()[:_DIGITS]
    return f"{re.sub(r'[^A-Za-z0-9_]+', '-', said)[:_LONGEST].strip('-_')}-{digest}".lstrip("-")


def _plain(part: str) -> str:
    """A part of a path as the name of a file on any system; what had to be changed stays apart by a hash."""
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", part).strip(".")
    return plain if plain == part else f"{plain}-{hashlib.sha256(part.encode()).hexdigest()[:_DIGITS]}"
