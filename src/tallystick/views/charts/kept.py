"""Drawings made once: a drawing is a function of what it shows, and pages show the same again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from threading import Event, Lock, Thread

_LETTERS = 64_000_000


class Kept:
    """Texts by what they are made of, as many as have room; those not asked for longest go first."""

    def __init__(self, letters: int) -> None:
        self._most = self._room = letters
        self._texts: OrderedDict[bytes, str] = OrderedDict()
        self._begun: dict[bytes, Event] = {}
        self._lock = Lock()

    def begin(self, about: object, make: Callable[[], str]) -> None:
        """Have the text made by another thread; who asks for it meanwhile waits for that."""
        key = _key(about)
        with self._lock:
            if key in self._texts or key in self._begun:
                return
            done = self._begun[key] = Event()
        Thread(target=self._made, args=(key, make, done), daemon=True).start()

    def kept(self, about: object, make: Callable[[], str]) -> str:
        """The text made for something of this `repr`. Two who ask at once may both make it: they make the same."""
        key = _key(about)
        if begun := self._begun.get(key):
            begun.wait()
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
                return self._texts[key]
        made = make()
        self._put(key, made)
        return made

    def _made(self, key: bytes, make: Callable[[], str], done: Event) -> None:
        """Make and keep it. What cannot be made is tried again by who asks for it, and fails there."""
        try:
            with suppress(Exception):
                self._put(key, make())
        finally:
            del self._begun[key]
            done.set()

    def _put(self, key: bytes, made: str) -> None:
        with self._lock:
            if key not in self._texts and len(made) <= self._most:
                self._texts[key] = made
                self._room -= len(made)
            while self._room < 0:
                self._room += len(self._texts.popitem(last=False)[1])


def _key(about: object) -> bytes:
    return sha256(repr(about).encode(errors="replace")).digest()


@cache
def drawings() -> Kept:
    """The drawings of this process."""
    return Kept(_LETTERS)
