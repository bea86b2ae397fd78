"""Says the comparison of a check as a reader would: `about 9e6` of US dollars is *about $9 million*."""

from __future__ import annotations

from decimal import Decimal

from tallystick.claims.compare import NUMBER, number

_SIGNS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "=": "exactly"}
_SIZES = ((12, "trillion"), (9, "billion"), (6, "million"))


def comparison_in_words(states: str, unit: str) -> str:
    """The words of `is:` with their signs in words and their numbers in the unit of the figure they are held to.

    Money of a million and more that was not written out is said in millions and billions, at the digits written;
    every other number is written out. The unit is '' where none is known.
    """
    sign = next((sign for sign in _SIGNS if states.strip().startswith(sign)), "")
    said = f"{_SIGNS[sign]} {states.strip()[len(sign) :].strip()}" if sign else states
    return NUMBER.sub(lambda found: _number(found[0], unit), said)


def retold(because: str, states: str | None, unit: str) -> str:
    """Why a figure is what it is, its comparison told as readers are told it."""
    return because.replace(f"'{states}'", f"'{comparison_in_words(states, unit)}'") if states else because


def _number(text: str, unit: str) -> str:
    if text.endswith("%"):
        return text
    value = number(text).value
    sign, dollar = "-" if value < 0 else "", "$" if unit == "USD" or "$" in text else ""
    short = any(letter in text for letter in "eEKMB")
    if dollar and short:
        for power, name in _SIZES:
            if abs(value) >= Decimal(10) ** power:
                return f"{sign}{dollar}{abs(value).scaleb(-power):f} {name}"
    return f"{sign}{dollar}{abs(value):,f}"
