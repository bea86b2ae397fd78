"""Answers kept for as long as they are true: by state and address, the ones asked for longest ago given up first."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

_LEAST = 600
_PACKS = ("text/", "application/json", "application/xml", "application/atom", "image/svg", "application/feed")


@dataclass(frozen=True)
class Kept:
    """One whole answer."""

    status: int
    headers: Mapping[str, str] = field(hash=False)
    body: bytes

    @cached_property
    def etag(self) -> str:
        """Names what is said, however it is packed."""
        told = f"{self.status}{self.headers.get('content-type')}".encode() + self.body
        return f'W/"{hashlib.sha256(told).hexdigest()[:20]}"'

    @cached_property
    def packed(self) -> bytes | None:
        """The body packed by gzip, where that makes it smaller."""
        if len(self.body) < _LEAST or not self.headers.get("content-type", "").startswith(_PACKS):
            return None
        made = gzip.compress(self.body, 6, mtime=0)
        return made if len(made) < len(self.body) else None

    @property
    def size(self) -> int:
        """What it takes in memory, near enough."""
        return len(self.body) + len(self.packed or b"") + 1000


Key = tuple[str, ...]
"""The state's tag, then all of the request that the answer depends on."""


class Store:
    """Answers by key, so many bytes of them. One thread works with it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self.bytes = 0

    def get(self, key: Key) -> Kept | None:
        """What was answered."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Key, answer: Kept) -> None:
        """Keep it; what is larger than an eighth of all there is room for is not kept."""
        if answer.size > self._most // 8:
            return
        self._drop(key)
        self._kept[key] = answer
        self.bytes += answer.size
        while self.bytes > self._most:
            self._drop(next(iter(self._kept)))

    def keep_only(self, tag: str) -> None:
        """Give up what was answered in other states."""
        for key in [key for key in self._kept if key[0] != tag]:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self.bytes -= found.size
