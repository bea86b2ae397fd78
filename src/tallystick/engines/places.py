"""The places of a statement at which values are bound, called as an engine calls them."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import Dialect


def called(sql: str, grammar: type[Dialect], name: Callable[[int], str]) -> str:
    """The statement with a name in the place of each question mark, counted from 1, but for those within text."""
    made, end, number = [], 0, 0
    for token in grammar().tokenize(sql):
        if sql[token.start : token.end + 1] == "?":
            number += 1
            made += [sql[end : token.start], name(number)]
            end = token.end + 1
    return "".join([*made, sql[end:]])
