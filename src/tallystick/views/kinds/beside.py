"""Caveats with the figures that they are about, where several figures stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallystick.views.shown import Beside
from tallystick.views.words import Words


def by_figure(pairs: Sequence[tuple[str, Iterable[str]]], words: Words) -> tuple[Beside, ...]:
    """Each caveat once, those of all figures first; `pairs` are what each figure is called, and its caveats."""
    about: dict[str, list[str]] = {}
    for title, caveats in pairs:
        for caveat in dict.fromkeys(caveats):
            about.setdefault(caveat, []).append(title)
    groups: dict[tuple[str, ...], list[str]] = {}
    for caveat, titles in about.items():
        groups.setdefault(tuple(titles), []).append(caveat)
    ordered = sorted(groups.items(), key=lambda group: len(group[0]) < len(pairs))
    return tuple(Beside(_named(titles, len(pairs), words), tuple(caveats)) for titles, caveats in ordered)


def flat(groups: Iterable[Beside]) -> tuple[str, ...]:
    """Each caveat as a sentence of its own, what it is about before it."""
    return tuple(f"{one.about}: {caveat}" if one.about else caveat for one in groups for caveat in one.says)


def _named(titles: Sequence[str], of: int, words: Words) -> str:
    if of == 1:
        return ""
    return words("All of these") if len(titles) == of else "; ".join(titles)
