"""Puts the modifications of an award in their order."""

from __future__ import annotations

from typing import Any


def modification_order(modification: Any) -> Any:
    """Text that sorts as modification numbers follow one another on one day.

    The award itself is `0`. Then the scheme's letters in the alphabet (administrative modifications `A00001`
    before the contracting office's own `P00001`; `PZ0001` carries on where `P99999` ends, FAR 4.1603), then the
    number by its value: `P00009` before `P00010`, `9` before `10`. `modification` is a text expression; NULL
    gives NULL.
    """
    scheme = modification.re_extract(r"^([^0-9]*)", 1)
    number = modification.re_extract(r"^[^0-9]*(.*)$", 1)
    return scheme + number.lpad(12, "0")
