"""How descriptions of codes are held against one another: by their words alone."""

from __future__ import annotations

from typing import Any


def spelled(description: Any) -> Any:
    """The words of a code's description: capitals, `&` written out, any other sign one space.

    Lists of codes and the releases that print their descriptions differ in case, spaces and punctuation only;
    descriptions that agree in their words are one description. `description` is a text expression; NULL and
    what has no word give NULL.
    """
    words = description.upper().replace("&", " AND ").re_replace("[^A-Z0-9]+", " ")
    return words.strip().nullif("")
