"""The class of an agency by how many officers it employs, as an expression."""

from __future__ import annotations

from typing import Any

import ibis

from tallystick.nouns.sizes import BELOW, MOST


def size_of_agency(officers: Any) -> Any:
    """The class of so many officers; NULL where their number is unknown."""
    return ibis.cases((officers.isnull(), None), *((officers < least, name) for least, name in BELOW), else_=MOST)
