"""What a unit's events say of it together: where they lead is a way that its process allows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches

from tallystick.nouns.way import Way
from tallystick.reporting.faults import Fault
from tallystick.reporting.history import Contradiction, contradictions
from tallystick.reporting.kinds import Row

Numbered = tuple[int, Row]


def corrected(events: Iterable[Row]) -> dict[str, Row]:
    """Events by id as the last correction of each has them; one corrected to no time at all did not happen."""
    told = list(events)
    stand: dict[str, Row] = {event["event_id"]: event for event in told if event["event"] != "correct"}
    for event in told:
        if event["event"] == "correct" and (before := stand.get(event["corrects"])):
            stage = event["stage"] or before["stage"]
            stand[event["corrects"]] = {**before, "stage": stage, "at": event["at"], "day": event["day"]}
    return {name: event for name, event in stand.items() if event["day"]}


def out_of_order(
    way: Way, told: Sequence[Row], new: Sequence[Numbered], unsure: Sequence[Row] = ()
) -> Iterator[Fault]:
    """A fault for each new row with which a unit would go a way that its process does not allow.

    What contradicted itself before is not held against what is new, nor what a row of the batch could explain that is
    `unsure`: it could not be read, or its id was told before and said something else.
    """
    yield from _of_corrections(way, told, new, unsure)
    found = contradictions(way, corrected([*told, *(row for _, row in new)]).values())
    before = {one.key for one in contradictions(way, corrected(told).values())} if found else set()
    for one in found:
        if one.key not in before and not any(_could_explain(way, one, row) for row in unsure):
            yield from _told(one, new)


def _could_explain(way: Way, one: Contradiction, row: Row) -> bool:
    """Whether a row would resolve a contradiction once it is as it must be: by a stage that it means, or corrects."""
    if not one.open_to or row["corrects"]:
        return row["corrects"] in (one.event["event_id"], one.other["event_id"])
    return bool(one.open_to & {row["stage"], *get_close_matches(row["stage"], way.stages, n=1, cutoff=0.5)})


def _of_corrections(way: Way, told: Sequence[Row], new: Sequence[Numbered], unsure: Sequence[Row]) -> Iterator[Fault]:
    rows = [*told, *(row for _, row in new), *unsure]
    named = {row["event_id"]: row["event"] for row in rows if row["event"] != "correct"}
    for number, row in new:
        what = named.get(row["corrects"])
        if row["event"] != "correct":
            continue
        if what is None:
            yield Fault(
                number, "corrects", f"nobody reported an event '{row['corrects']}' of this unit",
                "name the id of the event itself, and report it first or in the same batch",
            )  # fmt: skip
        elif what in ("enter", "exit") and row["stage"] in way.exits:
            yield Fault(
                number, "stage", f"'{row['stage']}' ends the process, and what is corrected is '{what}' of a stage",
                "name a stage; to say that it never happened leave 'at' and 'day' blank and report a 'withdraw'",
            )  # fmt: skip


def _told(one: Contradiction, new: Sequence[Numbered]) -> Iterator[Fault]:
    """The contradiction as faults of the rows that bring it about: of its event, else of the other, else of all."""
    event, other = (_about(each["event_id"], new) for each in (one.event, one.other))
    its = [*event, *other] if one.is_of_both else event or other
    for number, row in its or new:
        column = one.column if one.column == "stage" else "at" if row["at"] else "day"
        yield Fault(number, column, one.says, one.next_step)


def _about(event_id: str, new: Collection[Numbered]) -> list[Numbered]:
    return [(number, row) for number, row in new if event_id in (row["event_id"], row["corrects"])]
