"""The starter edition: the few releases that the project itself carries, each with its citation."""

from __future__ import annotations

from datetime import date

from tallystick.nouns.written import Words, Written


class StarterRelease(Written, frozen=True, kw_only=True):
    """One file of the starter edition.

    `source` is the source that reads it; `derived_from` and `original_sha256` name the file as captured on
    `captured`, whose publisher's address is the `citation`; `left_out` says what of it is not carried and
    `called_out` what a reader must know of it.
    `sha256` and `rows` are of the file itself.
    """

    source: Words
    file: Words
    rows: int
    sha256: Words
    citation: Words
    derived_from: Words
    original_sha256: Words
    captured: date | None = None
    left_out: Words
    called_out: list[str] = []


class Starter(Written, frozen=True, kw_only=True):
    about: Words
    releases: list[StarterRelease]
