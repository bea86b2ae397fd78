"""Which of several sources speaks for a stretch that more than one of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum


class Grade(IntEnum):
    """How good what a source holds of a stretch is; the lower the better."""

    WHOLE = 0
    PART = 1
    AMENDMENTS = 2
    NOTHING = 3


Offer = tuple[str, str, Grade]
"""A stretch (of snapshots, a scope on a day), the source table that offers it, and how good what it offers is."""


def spoken_for(offers: Iterable[Offer]) -> Mapping[str, str]:
    """The source table that speaks for each stretch, of `offers` in the order of belief, the most believed first.

    A part gives way to a whole however much more its source is believed; among equals the most believed speaks.
    """
    best: dict[str, Offer] = {}
    for offer in offers:
        scope, _, grade = offer
        if scope not in best or grade < best[scope][2]:
            best[scope] = offer
    return {scope: table for scope, (_, table, _) in best.items()}
