"""Says targets in rows and as one whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tallystick.nouns.target import Standing, TargetShown

FACTS = [
    "target", "what", "value_number", "per", "comparison", "area", "from_date", "to_date", "said_by", "said_date",
    "said_where", "official", "contested", "contested_because", "because", "citation",
]  # fmt: skip
FIGURES = ["series", "grain", "in_force", "actual", "actual_is", "gap", "reached", "trend", "met", "periods"]
_MANY = {"facility": "facilities"}
ACTUAL_IS = {"year": "annualised"}
"""What must be said of an actual, by what its target counts over."""
ANNUALISED = (
    "An annualised actual is what was observed a day, times 365: of a year that is not over, or of a part of one, it "
    "says what a whole year at that rate would come to, and nobody has counted that many."
)
UNKNOWN = dict.fromkeys(FIGURES) | {"periods": 0}


def target_rows(shown: Sequence[TargetShown]) -> Iterator[dict[str, Any]]:
    """One row a standing; a target without one has a row that says what would settle it."""
    for target in shown:
        facts = {name: target.facts[name] for name in FACTS} | {"settled_by": target.facts["settled_by"]}
        for standing in target.standings:
            yield facts | standing.group | _figures(target, standing)
        if not target.standings:
            yield facts | UNKNOWN


def _figures(target: TargetShown, standing: Standing) -> dict[str, Any]:
    its = {"actual_is": ACTUAL_IS.get(target.facts["per"])}
    return {name: its[name] if name in its else getattr(standing, name) for name in FIGURES}


def target_whole(target: TargetShown) -> dict[str, Any]:
    """All of a target as JSON holds it."""
    unknown = None if target.standings else "no series held observes it"
    return {
        **target.facts,
        "edition": target.edition,
        "unknown_because": unknown,
        "standings": [standing.group | _figures(target, standing) for standing in target.standings],
        "caveats": target.caveats,
    }


def target_table(shown: Sequence[TargetShown]) -> list[dict[str, Any]]:
    """The rows as people read them: a target's name and number once."""
    rows = []
    for target in shown:
        head = {"target": target.name, "asks": asks(target)}
        for standing in target.standings or (None,):
            rows.append(
                head | (_said(target, standing) if standing else {"series": "nothing held", "actual": "unknown"})
            )
            head = {"target": "", "asks": ""}
    return rows


def asks(target: TargetShown) -> str:
    """`at least 3,000 a day, contested`."""
    facts = target.facts
    per = "" if facts["per"] == "total" else f" a {facts['per']}"
    each = " each" if facts["area"] == "each" else ""
    number = f"{facts['value_number'].normalize():,f}"
    return f"{facts['comparison']} {number}{per}{each}" + (", contested" if target.is_contested else "")


def _said(target: TargetShown, standing: Standing) -> dict[str, Any]:
    share = "unknown" if standing.met is None else f"{standing.met:.1%}"
    periods = f"{share} of {times(standing)}"
    actual_is = ACTUAL_IS.get(target.facts["per"], "")
    known = standing.actual is not None
    return {
        **{name: cell if cell is not None else "" for name, cell in standing.group.items()},
        "series": standing.series,
        "in_force": standing.in_force,
        "actual": f"{_number(standing.actual)} {actual_is}".strip() if known else "unknown",
        "gap": _number(standing.gap),
        "trend_30_days": _number(standing.trend),
        "met": periods,
    }


def times(standing: Standing) -> str:
    """`1,431 days`: over how many periods of which length a target was observed."""
    grain = standing.grain if standing.periods == 1 else _MANY.get(standing.grain, f"{standing.grain}s")
    return f"{standing.periods or 0:,} {grain}"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.1f}"


def target_notes(shown: Sequence[TargetShown], in_full: bool) -> list[str]:
    """Who said a target and where, why it is contested, what would settle what is unknown, caveats, the Edition."""
    told = []
    for target in shown:
        facts = target.facts
        if in_full:
            told.append(
                f"{facts['what']}. Said by {facts['said_by']}"
                + (f", {facts['said_date']}" if facts["said_date"] else "")
            )
            told.append(f"{facts['said_where']}; {facts['because']}. {facts['citation']}")
            told.append("Official." if facts["official"] == "yes" else "Not official.")
        if in_full and facts["contested_because"]:
            told.append(f"Contested: {facts['contested_because']}.")
        if in_full or not target.standings:
            told.append(f"What would settle {target.name}: {facts['settled_by']}.")
    told += [ANNUALISED] * any(target.facts["per"] == "year" and target.standings for target in shown)
    told += dict.fromkeys(caveat for target in shown for caveat in target.caveats)
    if not in_full:
        told.append("Who said each, where, and why it is contested: tallystick targets NAME")
    return [*told, *(f"Edition {edition}" for edition in {target.edition for target in shown})]
