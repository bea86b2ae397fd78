"""Says how many people a plan needs: as rows, and as charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tallystick.nouns.plan import Between, Need
from tallystick.views.shown import Chart, Column, Mark, Shown

if TYPE_CHECKING:
    from tallystick.processes.staffed import Staffed

PEOPLE = [
    "people", "share_within_target", "share_low", "share_high", "median_days", "ninth_decile_days", "waiting_days",
    "busy", "runs", "verdict",
]  # fmt: skip
_CERTAIN = ("surely enough", "not certain", "surely too few")
"""What may be said of a number of which the queues settle."""
SWINGS = [
    "input", "a_quarter_less", "less_low", "less_high", "a_quarter_more", "more_low", "more_high",
]  # fmt: skip
_OF_PEOPLE = (
    Column("people", "people"),
    Column("verdict", "what is certain"),
    Column("share_within_target", "share in time", "share"),
    Column("share_low", "from", "share"),
    Column("share_high", "to", "share"),
    Column("median_days", "days, half of them", "days"),
    Column("ninth_decile_days", "days, nine of ten", "days"),
    Column("waiting_days", "days in queues", "days"),
    Column("busy", "how busy", "share"),
    Column("runs", "runs", "count"),
)
_OF_SWINGS = (
    Column("input", "input"),
    Column("a_quarter_more", "a quarter more", "share"),
    Column("more_low", "from", "share"),
    Column("more_high", "to", "share"),
    Column("a_quarter_less", "a quarter less", "share"),
    Column("less_low", "from", "share"),
    Column("less_high", "to", "share"),
)


def need_rows(found: Need) -> Iterator[dict[str, Any]]:
    """One row for each number of people that was tried."""
    for people, one in found.tried.items():
        share = one.within_target
        yield {
            "people": people,
            "share_within_target": round(share.value, 4),
            "share_low": round(max(0.0, share.low), 4),
            "share_high": round(min(1.0, share.high), 4),
            "median_days": _days(one.median_days),
            "ninth_decile_days": _days(one.ninth_decile_days),
            "waiting_days": _days(one.waiting_days),
            "busy": round(one.busy[found.role].value, 4),
            "runs": len(one.seeds),
            "verdict": found.verdict(people),
        }


def certain(found: Need) -> Iterator[tuple[str, str]]:
    """What is certain, and what is not, each with the numbers of people of which it is so."""
    for says in _CERTAIN:
        if numbers := [str(people) for people in found.tried if found.verdict(people) == says]:
            yield says, ", ".join(numbers)


def _days(told: Between) -> float:
    return round(told.value, 1)


def swing_rows(found: Staffed) -> Iterator[dict[str, Any]]:
    """One row for each input, the one that swings the share the most first."""
    for swing in found.swings:
        yield {
            "input": swing.what,
            "a_quarter_less": round(swing.less.value, 4),
            "less_low": round(swing.less.low, 4),
            "less_high": round(swing.less.high, 4),
            "a_quarter_more": round(swing.more.value, 4),
            "more_low": round(swing.more.low, 4),
            "more_high": round(swing.more.high, 4),
        }


def people_shown(found: Need) -> Shown:
    """The share in time by the number of people, drawn as bars."""
    rows = tuple(row | {"people": str(row["people"])} for row in need_rows(found))
    chart = Chart(Mark.BARS, "people", "share_within_target", "share", ends=("share_low", "share_high"))
    return Shown("Share in time by the number of people", columns=_OF_PEOPLE, rows=rows, chart=chart)


def swings_shown(found: Staffed) -> Shown:
    """What each input does to the share, drawn as two bars each."""
    ends = ("more_low", "more_high", "less_low", "less_high")
    chart = Chart(Mark.BARS, "input", "a_quarter_more", "share", beside="a_quarter_less", adds_up=False, ends=ends)
    return Shown("What the share hangs on the most", columns=_OF_SWINGS, rows=tuple(swing_rows(found)), chart=chart)
