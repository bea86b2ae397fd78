"""The way of one unit through its process, event by event, and what of it the process does not allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tallystick.nouns.way import Way
from tallystick.reporting.kinds import Row
from tallystick.reporting.moments import Moments


@dataclass(frozen=True)
class Contradiction:
    """An event that cannot be as told beside an `other` of the unit; `column` is where that shows.

    `is_of_both` where the other may be the wrong one as well. `open_to` are stages of which an event that is not told
    yet could resolve it.
    """

    event: Row
    other: Row
    column: str
    says: str
    next_step: str
    is_of_both: bool = False
    open_to: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, str, str]:
        """The same for the same contradiction of a unit, whatever else is told of it."""
        return self.event["event_id"], self.other["event_id"], self.column


@dataclass
class _Gone:
    """How far a unit has come: by stage the event by which it was last `at` it, and what `entered` it unless it left.

    `unentered` are the first leavings of stages that nothing entered so far, `ended` the withdrawal. `entries` and
    `exits` count what there is of each stage in all.
    """

    way: Way
    entries: Counter[str]
    exits: Counter[str]
    at: dict[str, Row] = field(default_factory=dict)
    entered: dict[str, Row] = field(default_factory=dict)
    unentered: dict[str, Row] = field(default_factory=dict)
    ended: Row | None = None


def contradictions(way: Way, events: Iterable[Row]) -> list[Contradiction]:
    """What does not fit in the events of a unit, as they were last corrected.

    They are taken in the order of their instants or, where one has only a day, of their days. Where neither tells
    which was first, they are taken in an order that the process allows, if there is one.
    """
    told = [event for event in events if event["event"] == "withdraw" or event["stage"] in way.place]
    gone = _Gone(
        way,
        Counter(event["stage"] for event in told if event["event"] == "enter"),
        Counter(event["stage"] for event in told if event["event"] == "exit"),
    )
    found, moments = list[Contradiction](), Moments(told)
    while first := moments.first():
        event = moments.take(min(first, key=lambda one: _rank(gone, one)))
        wrong = _wrong(gone, event)
        if wrong is not None:
            found.append(wrong)
        _go(gone, event)
    return found


def shown(event: Row) -> str:
    """When an event was, as it was told."""
    return datetime.fromisoformat(event["at"]).isoformat(sep=" ") if event["at"] else event["day"]


def _rank(gone: _Gone, event: Row) -> tuple[int, int, str]:
    """What comes first of events that no clock tells apart: what the process allows, onward before back."""
    stage, kind = event["stage"], event["event"]
    place = gone.way.place.get(stage, len(gone.way.stages))
    if kind == "withdraw":
        rank = 5
    elif _wrong(gone, event) is not None:
        rank = 4
    elif kind == "exit":
        rank = 0 if stage in gone.entered else 3
    else:
        rank = 2 if _passed(gone, stage) else 1
    return rank, place, event["event_id"]


def _go(gone: _Gone, event: Row) -> None:
    """Take an event as it was told, allowed or not."""
    stage = event["stage"]
    if event["event"] == "withdraw":
        gone.ended = gone.ended or event
    elif event["event"] == "exit":
        if gone.entered.pop(stage, None) is None and stage not in gone.at:
            gone.unentered[stage] = event
        gone.at[stage] = event
    else:
        if gone.way.loops[stage] & gone.at.keys():
            for passed in _passed(gone, stage):
                del gone.at[passed]
        gone.at[stage] = gone.entered[stage] = event


def _wrong(gone: _Gone, event: Row) -> Contradiction | None:
    if gone.ended is not None:
        return _after_the_end(gone.ended, event)
    if event["event"] == "withdraw":
        return None
    return _of_leaving(gone, event) if event["event"] == "exit" else _of_entering(gone, event)


def _after_the_end(ended: Row, event: Row) -> Contradiction:
    does = {"enter": f"enter '{event['stage']}'", "exit": f"leave '{event['stage']}'"}.get(event["event"], "withdraw")
    return Contradiction(
        event, ended, "at" if event["at"] else "day",
        f"'{event['unit']}' would {does} at {shown(event)}, after it withdrew at {shown(ended)}",
        "correct the withdrawal with 'correct' if it did not happen; what begins anew is a unit of its own",
        is_of_both=True,
    )  # fmt: skip


def _of_leaving(gone: _Gone, event: Row) -> Contradiction | None:
    stage = event["stage"]
    if stage in gone.entered:
        return None
    if stage not in gone.at:
        return _of_skipping(gone, event)
    if gone.way.again[stage]:
        return None  # it may have come back, and the entry is told late
    return Contradiction(
        event, gone.at[stage], "stage",
        f"'{event['unit']}' would leave '{stage}' at {shown(event)}, and left it at {shown(gone.at[stage])}",
        "leave it out where it is the same; correct the one that was told before with 'correct'",
    )  # fmt: skip


def _of_entering(gone: _Gone, event: Row) -> Contradiction | None:
    stage = event["stage"]
    if stage in gone.entered:
        return Contradiction(
            event, gone.entered[stage], "stage",
            f"'{event['unit']}' would enter '{stage}' at {shown(event)}, and is there since "
            f"{shown(gone.entered[stage])}",
            "leave it out where it is the same entry; else tell before it, or in the same batch, when it left",
            open_to=_with_again(gone.way, stage),
        )  # fmt: skip
    if stage in gone.unentered and gone.entries[stage] >= gone.exits[stage]:
        left = gone.unentered[stage]
        return Contradiction(
            event, left, "at" if event["at"] else "day",
            f"'{event['unit']}' would leave '{stage}' at {shown(left)}, before it enters it at {shown(event)}",
            "look at both times and their zones; correct the one that was told before with 'correct'",
            is_of_both=True, open_to=_with_again(gone.way, stage),
        )  # fmt: skip
    if passed := _passed(gone, stage):
        return None if gone.way.loops[stage] & gone.at.keys() else _back(gone, event, passed)
    return _of_skipping(gone, event)


def _with_again(way: Way, stage: str) -> frozenset[str]:
    """The stages by which a unit may come to one again, itself among them; none where it may not."""
    back = way.again[stage]
    return back | {stage} | {to for to in way.stages if way.loops[to] and stage in way.later[to]} if back else back


def _passed(gone: _Gone, stage: str) -> list[str]:
    """The stages that a unit was at and that come no sooner than one."""
    return [one for one in gone.at if one == stage or one in gone.way.later[stage]]


def _back(gone: _Gone, event: Row, passed: list[str]) -> Contradiction:
    stage = event["stage"]
    last = max(passed, key=lambda one: (gone.at[one]["day"], gone.way.place[one]))
    loops = sorted(gone.way.again[stage])
    return Contradiction(
        event, gone.at[last], "stage",
        f"'{event['unit']}' would go back to '{stage}' at {shown(event)}, after '{last}' at {shown(gone.at[last])}, "
        f"and no loop of '{gone.way.process}' allows that",
        f"loops lead back to it from {', '.join(loops)}: tell of that before it, or in the same batch"
        if loops
        else "correct whichever is wrong; what begins anew is a unit of its own",
        open_to=_with_again(gone.way, stage),
    )  # fmt: skip


def _of_skipping(gone: _Gone, event: Row) -> Contradiction | None:
    stage, way = event["stage"], gone.way
    before = [one for one in gone.at if stage in way.later[one]]
    if not before or way.straight[stage] & gone.at.keys():
        return None
    last = max(before, key=lambda one: way.place[one])
    between = sorted(way.straight[stage] & way.later[last], key=lambda one: way.place[one])
    return Contradiction(
        event, gone.at[last], "stage",
        f"'{event['unit']}' would come to '{stage}' at {shown(event)} from '{last}', and what lies "
        f"between may not be skipped",
        f"tell of {' or '.join(between)} before it, or in the same batch",
        open_to=frozenset(between),
    )  # fmt: skip
