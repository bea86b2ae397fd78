"""The agencies whose enforcement this is about, by the codes that contracts name them by."""

from __future__ import annotations

from typing import Any

# Sub-agencies of the Department of Homeland Security by their FPDS agency code.
_ABBREVIATIONS = (("7012", "ICE"), ("7014", "CBP"))


def abbreviated(sub_agency_code: Any, otherwise: Any = None) -> Any:
    """The abbreviation that readers know an agency by, `otherwise` (unknown, if not given) for one that has none."""
    return sub_agency_code.cases(*_ABBREVIATIONS, else_=otherwise)
