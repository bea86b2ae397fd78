"""How much one reader, and all readers together, may ask of a server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Lengths in characters, times in seconds, sizes in bytes.

    `at_once` documents are made at a time and `waiting` more may wait; whoever comes then is told to come again.
    Of all these places one address has at most `share`; addresses take turns.
    After `first` a reader of a page has what there is of it, and the rest when it is there. For all else he waits
    `patience` for a document, which is made to its end all the same; a statement that an engine works
    on for longer than `seconds` is given up. `kept` is what documents made before may take in memory, `listeners` how
    many follow the news, `report` how long a reported batch may be and `reporting` how many are taken at a time,
    `header_seconds` how long the head of a request may take to come, `giving_seconds` how long a reader may take
    nothing of an answer. Who comes over more `connections` is told to come again.
    """

    url: int = 4096
    parameters: int = 60
    value: int = 500
    body: int = 262_144
    report: int = 8 << 20
    reporting: int = 64
    at_once: int = 4
    waiting: int = 24
    share: int = 20
    first: float = 0.4
    patience: float = 8.0
    seconds: float = 30.0
    kept: int = 96_000_000
    listeners: int = 200
    header_seconds: float = 10.0
    giving_seconds: float = 60.0
    connections: int = 400
