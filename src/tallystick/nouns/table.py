"""Table: what several releases or sources mean together. One function over other tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import getdoc, signature
from typing import Any

Function = Callable[..., Any]


@dataclass(frozen=True)
class Derivation:
    """A named pure function whose parameter names are the tables it is made from.

    `rows_of` is set when the function maps the rows of one published table, its first parameter, one release
    at a time: then it is the table `rows_of` together with the other functions that say so, and where two of
    them hold the same scope the one of higher `precedence` is believed.
    `across` are the columns by which rows are found again in another Edition, where the key is made from columns
    that some releases lack; it need not be unique. `whole_key` is the column without which a row has no key but
    `across`: such a row is amended through these, where they single out one row on either side.
    `keyed` gives, for an input whose rows are summed up under a key that they do not all carry, the function that
    puts it on those that lack it: so the rows behind a sum are found again.
    `by` are columns of the table and of every input but its lookups, whose values are worked out one by one: what
    stands of a value is made from the rows of that value alone. Only what changed is then worked out again.
    `within` gives, for an input in `keyed`, the columns that decide the key of a row that lacks it: the function asks
    no rows but those that agree in them. A key that it makes up is made up for these alone, and no row states it.
    `ours` are the columns that the function works out itself: they may change although the publisher said nothing
    new.
    """

    name: str
    function: Function
    inputs: tuple[str, ...]
    rows_of: str | None = None
    precedence: int = 0
    key: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    whole_key: str | None = None
    keyed: Mapping[str, Function] = field(default_factory=dict, hash=False)
    ours: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    within: Mapping[str, Sequence[str]] = field(default_factory=dict, hash=False)

    @property
    def classifies(self) -> bool:
        """Whether the function asks for `taxonomy`, the rules that say what the money buys."""
        return "taxonomy" in signature(self.function).parameters

    @property
    def definition(self) -> str:
        """What the table is, in words: the function's docstring."""
        return getdoc(self.function) or ""


def table(
    *,
    key: list[str],
    keyed: Mapping[str, Function] | None = None,
    by: list[str] | None = None,
    within: Mapping[str, Sequence[str]] | None = None,
) -> Callable[[Function], Derivation]:
    """Make a function over tables a table of its own name; `key` are the columns that tell its rows apart.

    `keyed`, `by` and `within` are told of at `Derivation`.
    """

    def derive(function: Function) -> Derivation:
        return Derivation(
            function.__name__, function, _tables(function),
            key=tuple(key), keyed=keyed or {}, by=tuple(by or ()), within=within or {},
        )  # fmt: skip

    return derive


def rows_of(
    name: str,
    *,
    precedence: int,
    key: list[str],
    across: list[str] | None = None,
    whole_key: str | None = None,
    ours: list[str] | None = None,
) -> Callable[[Function], Derivation]:
    """Make a function that maps one published table's rows a part of the table `name`."""

    def derive(function: Function) -> Derivation:
        kept = (tuple(key), tuple(across or ()), whole_key)
        return Derivation(
            function.__name__, function, _tables(function), name, precedence, *kept, ours=tuple(ours or ())
        )

    return derive


def _tables(function: Function) -> tuple[str, ...]:
    return tuple(name for name in signature(function).parameters if name != "taxonomy")
