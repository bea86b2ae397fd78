"""Says forecasts and how they turned out, in rows and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from tallystick.nouns.forecast import HEARD_WITHIN, PARTS, WITHIN, Ahead, Forecast, Judged, Said, Score, Stored

UNITS = [
    "unit", "title", "state", "entered_date", "is_start_known", "watched_until_date", "due_date",
    "chance_in_time", "expected_date", "expected_date_low", "expected_date_high",
    *(f"chance_within_{days}_days" for days in WITHIN),
    "naive_chance_in_time", "naive_expected_date", *(f"naive_chance_within_{days}_days" for days in WITHIN),
    "unknown_because",
]  # fmt: skip
FLOWS = ["what", "within_days", "expected", "low", "high", "naive_expected", "naive_low", "naive_high"]
PAST = [
    "unit", "title", "state", "entered_date", "said_of_date", "due_date", "chance_in_time",
    *(f"chance_within_{days}_days" for days in WITHIN), "expected_date", "expected_date_low", "expected_date_high",
    "done_date", "became",
]  # fmt: skip
SCORES = ["measure", "of", "judged", "days", "model", "naive", "difference_low", "difference_high", "verdict"]
_LOW, _MIDDLE, _HIGH = range(len(PARTS))


def unit_rows(forecast: Forecast | None) -> Iterator[dict[str, Any]]:
    """One row a unit under way; those that are due first come first."""
    for unit in forecast.units if forecast else ():
        yield {
            "unit": unit.unit,
            "title": unit.title,
            "state": unit.state,
            "entered_date": unit.entered,
            "is_start_known": unit.is_start_known,
            "watched_until_date": unit.watched,
            "due_date": unit.due,
            "chance_in_time": unit.model.in_time,
            "expected_date": _day(unit, unit.model, _MIDDLE),
            "expected_date_low": _day(unit, unit.model, _LOW),
            "expected_date_high": _day(unit, unit.model, _HIGH),
            **_chances("", unit.model),
            "naive_chance_in_time": unit.naive.in_time,
            "naive_expected_date": _day(unit, unit.naive, _MIDDLE),
            **_chances("naive_", unit.naive),
            "unknown_because": "; ".join(_unknown(unit)) or None,
        }


def past_rows(judged: Judged) -> Iterator[dict[str, Any]]:
    """One row a unit of the last past day with any under way: what was said of it, and what became of it."""
    for one in judged.last:
        yield {
            "unit": one.said.unit,
            "title": one.said.title,
            "state": one.said.state,
            "entered_date": one.said.entered,
            "said_of_date": one.said.counts_from,
            "due_date": one.said.due,
            "chance_in_time": one.said.model.in_time,
            **_chances("", one.said.model),
            "expected_date": _day(one.said, one.said.model, _MIDDLE),
            "expected_date_low": _day(one.said, one.said.model, _LOW),
            "expected_date_high": _day(one.said, one.said.model, _HIGH),
            "done_date": one.left,
            "became": "done" if one.left else "still under way" if one.is_open else "ended otherwise",
        }


def _unknown(unit: Ahead) -> Iterator[str]:
    """Why a chance or a day of a unit is unknown."""
    if unit.unknown is not None:
        yield unit.unknown
        return
    if unit.due is None:
        yield NO_TARGET
    elif unit.model.in_time is None:
        yield DUE_UNWATCHED
    if unit.model.days[_MIDDLE] is None:
        yield NEVER_HALF
    elif unit.model.days[_HIGH] is None:
        yield NEVER_MOST
    if not unit.is_start_known:
        yield NO_START


def _day(unit: Ahead, said: Said, part: int) -> date | None:
    days = said.days[part]
    return None if days is None else unit.counts_from + timedelta(days)


def _chances(whose: str, said: Said) -> dict[str, float | None]:
    told = zip(WITHIN, said.chances or (None,) * len(WITHIN), strict=True)
    return {f"{whose}chance_within_{days}_days": chance for days, chance in told}


def flow_rows(forecast: Forecast | None) -> Iterator[dict[str, Any]]:
    """Arrivals and completions of the whole process, by how many days ahead."""
    for flow in forecast.flows if forecast else ():
        yield {
            "what": flow.what,
            "within_days": flow.within,
            "expected": flow.model[_MIDDLE],
            "low": flow.model[_LOW],
            "high": flow.model[_HIGH],
            "naive_expected": flow.naive[_MIDDLE],
            "naive_low": flow.naive[_LOW],
            "naive_high": flow.naive[_HIGH],
        }


def score_rows(scores: Sequence[Score]) -> Iterator[dict[str, Any]]:
    """What was lost by each measure, beside the naive forecast of the same days."""
    for one in scores:
        yield {
            "measure": one.measure,
            "of": one.of,
            "judged": one.judged,
            "days": one.days,
            "model": round(one.model, 4),
            "naive": round(one.naive, 4),
            "difference_low": None if one.low is None else round(one.low, 4),
            "difference_high": None if one.high is None else round(one.high, 4),
            "verdict": one.verdict,
        }


def told_beside(kept: Sequence[Stored], judged: Judged) -> tuple[str, ...]:
    """What is read with every forecast: how many were kept or held back, and how good they were."""
    told = kept_says(kept, judged)
    if not judged.scores:
        return (*told, NOT_JUDGED)
    lost = [f"{one.measure} of {one.of}" for one in judged.scores if is_lost(one)]
    return (*told, *([f"The method does not surely beat the naive one at: {', '.join(lost)}."] if lost else []))


def kept_says(kept: Sequence[Stored], judged: Judged) -> tuple[str, ...]:
    """How many forecasts were kept, how many of them ahead, and on how many days something was held back."""
    ahead = sum(one.is_ahead for one in kept)
    says = "No forecast of an earlier day was kept."
    if kept:
        says = (
            f"Forecasts kept: {len(kept)}; {ahead} made ahead, {len(kept) - ahead} afterwards of past days, from "
            "what was known then."
        )
    if not judged.held_back:
        return (says,)
    first, last = judged.held_back[0], judged.held_back[-1]
    return (
        says,
        f"Judged besides: forecasts of {len(judged.held_back)} days from {first} to {last}, for which all that was "
        "told later was held back.",
    )


NO_TARGET = "no target was set, so that there is no chance of meeting it"
DUE_UNWATCHED = "it was due after it was last watched: whether it was done by then is not told"
NEVER_HALF = "so many are never done that no day has half of them done"
NEVER_MOST = "so many are never done that no day has nine of ten done"
NO_START = "when it began is unknown: it counts from when it came to notice"


NO_TARGET_SET = (
    "No target was set for this by anyone whose word is held, so that the chance of meeting one is unknown; the "
    "chance of being done within so many days stands instead. A target written in the process's file is reckoned "
    "with."
)


def not_heard_of(made: Forecast | None) -> str | None:
    """How many are not told as under way, since nobody has watched them for over a year; None where all were."""
    gone = [unit.watched for unit in made.units if not unit.heard_of] if made else []
    if not gone:
        return None
    return (
        f"{len(gone)} more are not heard of since days from {min(gone)} to {max(gone)}, over {HEARD_WITHIN} days "
        "before: what became of them is unknown, and they do not count as under way."
    )


def last_watched(made: Forecast) -> str:
    """Up to which days those under way were watched, and on which day they are taken to be under way still."""
    heard = [unit for unit in made.units if unit.heard_of]
    if not heard:
        return "None is heard of any more."
    first, last = min(unit.watched for unit in heard), max(unit.watched for unit in heard)
    watched = f"on {last}" if first == last else f"on days from {first} to {last}"
    given = f"chances and days are given that they are still under way on {heard[0].counts_from}"
    return f"They were last watched {watched}; {given}."


def why_none(made: Forecast | None) -> str:
    """Why nothing is said of any unit: none was ever watched, or all that are known of are done."""
    if made is None or made.last_entered is None:
        return "None was ever watched under way, so that nothing can be said of any."
    return (
        f"None is known to be under way on {made.day}, the last day watched: the last that is told of came on "
        f"{made.last_entered}, and each was done or gone by then. Of whoever came since nothing held tells."
    )


NOT_JUDGED = (
    "None can be judged yet, so that how good these are is unknown: too little ended on days of which releases tell. "
    "They are judged as truth arrives; 'tallystick forecast' makes and judges those of past days with --look-back."
)
RESTS = (
    "It is taken that units go on as those did that were under way in the last 120 days, and come as in the last six "
    "weeks. The naive forecast gives each the same chance every day, and as many arrivals and completions as in the "
    "days before."
)
"""What every forecast rests on."""
SCORED = (
    "Brier and pinball are losses: the smaller the better. Inside is how much of the truth lay in the interval of 80 "
    "percent, at its ends in part; 80 percent is what is wanted. That days look in part at the same truth is counted "
    "in the intervals of the differences."
)
"""How scores are to be read."""
NO_FLOWS = "Nothing tells of those that came in lately: how many will come, and be done, is unknown."


def is_lost(score: Score) -> bool:
    """Whether a measure that compares does not favour the method."""
    return score.measure != "inside" and score.verdict != "beats the naive one"
