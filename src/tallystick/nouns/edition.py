"""Edition: the set of releases in force at an instant of knowledge, under one state of the records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec


@dataclass(frozen=True, order=True)
class Part:
    """One published file of one release: the table it fills, the Parquet's name and its content hash.

    `scopes` are the stretches of the series (`7012/FY2025`) that this release restates in this Edition;
    a release that only adds or amends rows by key has no scopes. `incomplete` are those of the scopes of which it
    holds a part only (a truncated capture): there a whole one of another source is believed. `order` counts the
    table's releases by the day they speak for: of two that state one key, the later is believed. `day` is the one
    that a snapshot stands for, beside others of its scopes; None of a release that takes the place of earlier ones.
    """

    table: str
    release: str
    parquet: str
    sha256: str
    scopes: tuple[str, ...]
    order: int = 0
    incomplete: tuple[str, ...] = ()
    day: date | None = None

    def stretch(self, scope: str) -> str:
        """What this part holds whole: the scope, or the scope on its own day."""
        return scope if self.day is None else f"{scope} on {self.day}"


@dataclass(frozen=True)
class Edition:
    """What a number is a function of. `known_on` is None for the newest Edition.

    `code` names our own commit and the state of the records; `parts` is sorted. `merged` has the recipients that
    people decided to be another, each with the one it stands as.
    """

    known_on: date | None
    code: str
    parts: tuple[Part, ...]
    merged: tuple[tuple[str, str], ...] = ()

    @cached_property
    def id(self) -> str:
        """Twelve hex digits over the parts and the code. Equal Editions have equal ids, whenever built."""
        told = [
            [
                p.table,
                p.release,
                p.sha256,
                list(p.scopes),
                p.order,
                list(p.incomplete),
                *([str(p.day)] if p.day else []),
            ]
            for p in self.parts
        ]
        return hashlib.sha256(json.dumps([self.code, told, *self.merged]).encode()).hexdigest()[:12]

    @property
    def listing(self) -> str:
        """What the Edition is made of, as JSON; `listed` reads it."""
        return msgspec.json.encode({"parts": self.parts, "merged": self.merged}).decode()

    def of(self, table: str) -> tuple[Part, ...]:
        return self._by_table.get(table, ())

    @cached_property
    def _by_table(self) -> Mapping[str, tuple[Part, ...]]:
        found: dict[str, list[Part]] = {}
        for part in self.parts:
            found.setdefault(part.table, []).append(part)
        return {table: tuple(parts) for table, parts in found.items()}


def listed(known_on: date | None, code: str, listing: str) -> Edition:
    """The Edition of a listing that `Edition.listing` wrote."""
    told = msgspec.json.decode(listing)
    merged = msgspec.convert(told["merged"], tuple[tuple[str, str], ...])
    return Edition(known_on, code, msgspec.convert(told["parts"], tuple[Part, ...]), merged)
