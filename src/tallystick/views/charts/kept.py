"""Drawings made once: a drawing is a function of what it shows, and pages show the same again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from threading import Lock

_LETTERS = 64_000_000


class Kept:
    """Texts by what they are made of, as many as have room; those not asked for longest go first."""

    def __init__(self, letters: int) -> None:
        self._most = self._room = letters
        self._texts: OrderedDict[bytes, str] = OrderedDict()
        self._lock = Lock()

    def kept(self, about: object, make: Callable[[], str]) -> str:
        """The text made for something of this `repr`. Two who ask at once may both make it: they make the same."""
        key = sha256(repr(about).encode(errors="replace")).digest()
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
                return self._texts[key]
        made = make()
        with self._lock:
            if key not in self._texts and len(made) <= self._most:
                self._texts[key] = made
                self._room -= len(made)
            while self._room < 0:
                self._room += len(self._texts.popitem(last=False)[1])
        return made


@cache
def drawings() -> Kept:
    """The drawings of this process."""
    return Kept(_LETTERS)
