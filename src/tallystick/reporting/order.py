"""What a unit's events say of it together: none ends before it began, and what is corrected was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from tallystick.reporting.faults import Fault
from tallystick.reporting.kinds import Row, instant_of


def corrected(events: Iterable[Row]) -> dict[str, Row]:
    """Events by id as the last correction of each has them; one corrected to no time at all did not happen."""
    stand: dict[str, Row] = {}
    for event in events:
        if event["event"] != "correct":
            stand[event["event_id"]] = event
        elif before := stand.get(event["corrects"]):
            stage = event["stage"] or before["stage"]
            stand[event["corrects"]] = {**before, "stage": stage, "at": event["at"], "day": event["day"]}
    return {name: event for name, event in stand.items() if event["day"]}


def out_of_order(told: Sequence[Row], new: Sequence[tuple[int, Row]]) -> Iterator[Fault]:
    """A fault for each new row with which a unit would leave a stage before it entered it, or correct nothing.

    Rows come in any order: an exit may be told first, and stands until the entry told later contradicts it.
    """
    named = {row["event_id"] for row in told if row["event"] != "correct"}
    named |= {row["event_id"] for _, row in new if row["event"] != "correct"}
    for number, row in new:
        if row["event"] == "correct" and row["corrects"] not in named:
            yield Fault(
                number, "corrects", f"nobody reported an event '{row['corrects']}' of this unit",
                "name the id of the event itself, and report it first or in the same batch",
            )  # fmt: skip
    stand = corrected([*told, *(row for _, row in new)])
    for stage in dict.fromkeys(event["stage"] for event in stand.values()):
        if told_badly := _left_too_early(stage, stand.values()):
            entered, left = told_badly
            for number, row in new:
                if {row["event_id"], row["corrects"]} & {entered["event_id"], left["event_id"]}:
                    yield Fault(
                        number, "at" if row["at"] else "day",
                        f"'{row['unit']}' would leave '{stage}' at {_shown(left)}, before it enters it at "
                        f"{_shown(entered)}",
                        "look at both times and their zones; correct the one that was told before with 'correct'",
                    )  # fmt: skip


def _left_too_early(stage: str, events: Iterable[Row]) -> tuple[Row, Row] | None:
    """The first entry of a stage and an exit before it, where no other entry can be missing; else None."""
    its = [event for event in events if event["stage"] == stage]
    entries = sorted((event for event in its if event["event"] == "enter"), key=_day_and_instant)
    exits = sorted((event for event in its if event["event"] == "exit"), key=_day_and_instant)
    if not exits or len(entries) < len(exits):
        return None
    return (entries[0], exits[0]) if _is_before(exits[0], entries[0]) else None


def _is_before(one: Row, other: Row) -> bool:
    """Whether one was before the other, for sure: by the clock where both have one, else by the day."""
    first, second = instant_of(one), instant_of(other)
    if first is not None and second is not None:
        return first < second
    return date.fromisoformat(one["day"]) < date.fromisoformat(other["day"])


def _day_and_instant(event: Row) -> tuple[str, str, str]:
    """What orders events: their day in UTC, their instant, and where both are alike their ids."""
    at = instant_of(event)
    return (at.date().isoformat() if at else event["day"], at.isoformat() if at else "", event["event_id"])


def _shown(event: Mapping[str, str]) -> str:
    return datetime.fromisoformat(event["at"]).isoformat(sep=" ") if event["at"] else event["day"]
