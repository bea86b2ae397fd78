"""Keeps figures of different things apart: a limit of one instrument is no measure of what another was used for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tallystick.claims.arithmetic import names_in
from tallystick.nouns.claim import Check

Apart = Callable[[str], Sequence[str]]


def set_against(check: Check, checks: Sequence[Check], apart: Apart) -> tuple[str, str]:
    """Why the sum of `check` may not be worked out: by which dimension its figures differ, and that in words.

    Both are empty when it may.

    `apart` gives the dimensions of a metric by which its figures are kept apart.
    """
    if check.arithmetic is None:
        return "", ""
    named = {one.name: one for one in checks if one.name}
    found: dict[str, dict[str, str]] = {}
    for name in names_in(check.arithmetic):
        for dimension, value in _of(name, named, apart):
            found.setdefault(dimension, {})[name] = value
    for dimension, values in found.items():
        if len(set(values.values())) > 1:
            told = " and ".join(f"'{name}' is of {value}" for name, value in values.items())
            return dimension, f"figures of one {dimension} are not set against those of another: {told}"
    return "", ""


def _of(name: str, named: dict[str, Check], apart: Apart) -> Iterator[tuple[str, str]]:
    """Each dimension by which the figure called `name`, or one that it is made of, is kept apart, and its value."""
    check = named.get(name)
    if check is None:
        return
    if check.arithmetic is not None:
        for other in names_in(check.arithmetic):
            if other != name:
                yield from _of(other, named, apart)
    if check.metric is not None:
        for dimension in apart(check.metric):
            wanted = check.where.get(dimension, "any")
            yield dimension, wanted if isinstance(wanted, str) else ", ".join(sorted(wanted))
