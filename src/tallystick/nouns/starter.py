"""The starter edition: the few releases that the project itself carries, each with its citation."""

from __future__ import annotations

from datetime import date

from tallystick.nouns.written import Words, Written


class StarterRelease(Written, frozen=True, kw_only=True):
    """One file of the starter edition.

    `source` is the source that reads it. `derived_from` and `original_sha256` name the originals, `captured`
    their day, `citation` the publisher's address, `published` the day they were put out, where those are known.
    `left_out` says what of them is not carried, `called_out` what a reader must know of the rest. `sha256` and
    `rows` are of the file itself.
    """

    source: Words
    file: Words
    rows: int
    sha256: Words
    citation: Words
    derived_from: Words
    original_sha256: Words
    captured: date | None = None
    published: date | None = None
    left_out: Words
    called_out: list[str] = []


class Starter(Written, frozen=True, kw_only=True):
    about: Words
    releases: list[StarterRelease]
