"""What readers see at the head of a column, for the names that metrics and tables have."""

from __future__ import annotations

_DIMENSIONS = {
    "aor": "area",
    "as_of": "day",
    "county_fips": "county",
    "federal_action_obligation_usd": "USD obligated",
    "psc": "product or service code",
    "psc_name": "product or service",
    "naics": "industry code",
    "naics_name": "industry",
    "piid": "contract number",
    "object_class_name": "object class",
    "funding_source": "source of money",
}
_UNITS = {"USD": "USD", "share": "%", "days": "days", "per_day": "a day", "index": "index"}


def dimension_title(name: str) -> str:
    """`fiscal_year` is headed *fiscal year*, `aor` *area*."""
    return _DIMENSIONS.get(name, name.replace("_", " "))


def metric_title(metric: str, unit: str) -> str:
    """`obligations` in USD is headed *obligations, USD*; a unit that the name tells already is left out."""
    words = metric.replace("_", " ")
    told = _UNITS.get(unit, "")
    said = not told or words.endswith(told.replace("a day", "per day")) or unit == "days"
    return words if said else f"{words}, {told}"


def unit_title(unit: str) -> str:
    """What is written after a figure of the unit; '' where the figure or its name says it."""
    return {"days": "days", "per_day": "a day", "ratio": "times", "index": "of 10,000"}.get(unit, "")
