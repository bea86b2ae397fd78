"""A batch as it came: read row by row and judged by itself, with all that is at fault in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tallystick.nouns.way import Way
from tallystick.reporting.faults import Came, Fault
from tallystick.reporting.forms import Told
from tallystick.reporting.kinds import STAGE_EVENTS, Kind, Row, instant_of
from tallystick.reporting.parts import more_than_all
from tallystick.reporting.persons import of_people, strange_columns
from tallystick.reporting.tokens import Token
from tallystick.reporting.vocabulary import Vocabulary

_EASTERNMOST = timedelta(hours=14)
_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True)
class Batch:
    """A batch of one kind, and whose token reports it. It is at fault where `faults` has any.

    `rows` are those of which every cell could be understood, each with its number in the file; `unread` are the
    others as they were written, and those that say something else of an id. `ways` are those through the processes.
    """

    kind: Kind
    token: Token
    rows: tuple[tuple[int, Row], ...]
    faults: tuple[Fault, ...]
    came: Came
    unread: tuple[Row, ...]
    ways: Mapping[str, Way]


def batch(kind: Kind, told: Told, token: Token, known: Vocabulary, now: datetime) -> Batch:
    """The batch with every fault that its rows have by themselves."""
    faults = [*told.faults, *strange_columns(told, kind.names), *_lacking(kind, told)]
    rows, unread, of_ids = list[tuple[int, Row]](), list[Row](), list[tuple[int, Row]]()
    for number, said in told.rows:
        its = {name: said.get(name, "") for name in kind.names if name in told.columns}
        row, wrong = _read(kind, number, its)
        of_person = list(of_people(number, its))
        wrong += of_person + _without(of_person, _unknown(kind, number, row, known))
        as_said = {name: row.get(name, its.get(name, "")) for name in kind.names}
        if wrong or len(row) < len(kind.columns):
            unread.append(as_said)
        else:
            rows.append((number, row))
        if row.keys() >= set(kind.key):
            of_ids.append((number, as_said))
        faults += [*wrong, *_too_early(number, row, now)]
        faults += _without(of_person, _not_theirs(kind, number, row, token))
    faults += more_than_all(kind, rows)
    for row, fault in _twice(kind, of_ids):
        unread.append(row)
        faults.append(fault)
    return Batch(kind, token, tuple(rows), tuple(faults), told.came, tuple(unread), known.ways)


def _without(of_person: list[Fault], faults: Iterable[Fault]) -> list[Fault]:
    """Faults of other cells than those that look like something about a person: they would repeat them."""
    columns = {fault.column for fault in of_person}
    return [fault for fault in faults if fault.column not in columns]


def _lacking(kind: Kind, told: Told) -> Iterator[Fault]:
    for column in kind.columns:
        if column.is_required and column.name not in told.columns:
            yield Fault(1, column.name, "the column is not there", f"name the columns {', '.join(kind.names)}")
    for name in told.twice:
        yield Fault(1, name, "two columns have this name", "leave one of them out")


def _read(kind: Kind, number: int, said: Mapping[str, str]) -> tuple[Row, list[Fault]]:
    """The row as it is kept, without the cells that cannot be read, and what is wrong with its cells."""
    row, faults = dict[str, str](), list[Fault]()
    for column in kind.columns:
        cell = said.get(column.name, "")
        if not cell and column.is_required:
            if column.name in said:
                faults.append(Fault(number, column.name, "the cell is blank", "fill it"))
            continue
        try:
            row[column.name] = column.read(cell) if cell else column.blank
        except ValueError as error:
            what, _, next_step = str(error).partition("; ")
            faults.append(Fault(number, column.name, f"'{cell[:40]}': {what}", next_step))
    if kind is STAGE_EVENTS:
        faults += _dated(number, row, said)
    return row, faults


def _dated(number: int, row: dict[str, str], said: Mapping[str, str]) -> Iterator[Fault]:
    """Give a stage event the day that its own clock showed; what its cells say against one another."""
    shown, day = row.get("at", "")[:10], row.get("day", "")
    if shown and day and shown != day:
        yield Fault(number, "day", f"the clock shows {shown}", "leave the day out, or give that one")
    if shown:
        row["day"] = shown
    if (event := row.get("event")) is None:
        return
    corrects = event == "correct"
    if not (said.get("at") or said.get("day") or corrects):
        yield Fault(number, "at", "nothing says when it was", "give the instant with its zone, or the day")
    if corrects != bool(said.get("corrects")):
        what = "a correction names no event" if corrects else f"'{event}' corrects nothing"
        yield Fault(number, "corrects", what, "name the event's id beside 'correct', and nothing beside others")
    if not said.get("stage") and event in ("enter", "exit"):
        yield Fault(number, "stage", "the cell is blank", "name the stage that was entered or left")


def _unknown(kind: Kind, number: int, row: Row, known: Vocabulary) -> Iterator[Fault]:
    """Names that nobody knows, of the cells that could be read."""
    wrong = {name: known.unknown(kind.name, name, said) for name, said in row.items() if said}
    if row.get("stage") and row.get("process") and wrong["process"] is None:
        wrong["stage"] = known.unknown_stage(row["process"], row["stage"], row.get("event", "correct"))
    for name, told in wrong.items():
        if told is not None:
            yield Fault(number, name, *told)


def _too_early(number: int, row: Row, now: datetime) -> Iterator[Fault]:
    latest = (now + _EASTERNMOST).date()
    at = instant_of(row)
    if at is not None and at > now + _AHEAD:
        yield Fault(
            number, "at", f"it is only {now:%Y-%m-%d %H:%M} UTC", "report it once it was; look at the clock's zone"
        )
    elif row.get("day") and date.fromisoformat(row["day"]) > latest:
        yield Fault(number, "day", f"the day {row['day']} is still to come", "report it once it was")


def _not_theirs(kind: Kind, number: int, row: Row, token: Token) -> Iterator[Fault]:
    for scope in kind.scopes:
        if scope in row and not token.may(scope, row[scope]):
            yield Fault(
                number, scope, f"this token does not report for '{row[scope]}'", f"ask for a token with --{scope}"
            )


def _twice(kind: Kind, rows: list[tuple[int, Row]]) -> Iterator[tuple[Row, Fault]]:
    """Rows that say something else than one before of their id; one told twice in the same words counts once."""
    first: dict[str, tuple[int, Row]] = {}
    for number, row in rows:
        before, other = first.setdefault(kind.id_of(row), (number, row))
        if other != row:
            says = f"row {before} has the same {', '.join(kind.key)} and says something else"
            fault = Fault(number, kind.key[-1], says, "keep the one that is right; a correction has an id of its own")
            yield row, fault
