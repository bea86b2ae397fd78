"""A batch as it came: read row by row, judged by itself, and kept only if no row of it is at fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tallystick.reporting.faults import Fault, Refusal
from tallystick.reporting.forms import Told
from tallystick.reporting.kinds import STAGE_EVENTS, Kind, Row, instant_of
from tallystick.reporting.persons import of_people, strange_columns
from tallystick.reporting.tokens import Token
from tallystick.reporting.vocabulary import Vocabulary

_EASTERNMOST = timedelta(hours=14)
_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True)
class Batch:
    """Rows of one kind that are as they must be, each with its number in the file, and whose token reports them."""

    kind: Kind
    token: Token
    rows: tuple[tuple[int, Row], ...]


def batch(kind: Kind, told: Told, token: Token, known: Vocabulary, now: datetime) -> Batch:
    """The batch. Raises `Refusal` with every fault of every row."""
    faults = [*strange_columns(told, kind.names), *_lacking(kind, told)]
    rows: list[tuple[int, Row]] = []
    for number, said in told.rows:
        its = {name: said.get(name, "") for name in kind.names if name in told.columns}
        row, unread = _read(kind, number, its)
        faults += [*of_people(number, its), *unread, *_unknown(kind, number, row, known)]
        if not unread:
            faults += [*_too_early(number, row, now), *_not_theirs(kind, number, row, token)]
        rows.append((number, row))
    if not faults:
        faults += _twice(kind, rows)
    if faults:
        raise Refusal(faults, len(told.rows))
    return Batch(kind, token, tuple(rows))


def _lacking(kind: Kind, told: Told) -> Iterator[Fault]:
    for column in kind.columns:
        if column.is_required and column.name not in told.columns:
            yield Fault(1, column.name, "the column is not there", f"name the columns {', '.join(kind.names)}")
    for name in told.twice:
        yield Fault(1, name, "two columns have this name", "leave one of them out")


def _read(kind: Kind, number: int, said: Mapping[str, str]) -> tuple[Row, list[Fault]]:
    """The row as it is kept, and what is wrong with its cells."""
    row, faults = dict[str, str](), list[Fault]()
    for column in kind.columns:
        cell = said.get(column.name, "")
        try:
            row[column.name] = column.read(cell) if cell else column.blank
        except ValueError as error:
            what, _, next_step = str(error).partition("; ")
            faults.append(Fault(number, column.name, f"'{cell[:40]}': {what}", next_step))
        if not cell and column.is_required and column.name in said:
            faults.append(Fault(number, column.name, "the cell is blank", "fill it"))
    if kind is STAGE_EVENTS and not faults:
        return _dated(number, row)
    return row, faults


def _dated(number: int, row: dict[str, str]) -> tuple[Row, list[Fault]]:
    """A stage event with the day that its own clock showed."""
    faults = []
    corrects, taken_back = row["event"] == "correct", not (row["at"] or row["day"])
    shown = row["at"][:10]
    if shown and row["day"] and shown != row["day"]:
        faults.append(Fault(number, "day", f"the clock shows {shown}", "leave the day out, or give that one"))
    if taken_back and not corrects:
        faults.append(Fault(number, "at", "nothing says when it was", "give the instant with its zone, or the day"))
    if corrects != bool(row["corrects"]):
        what = "a correction names no event" if corrects else f"'{row['event']}' corrects nothing"
        faults.append(
            Fault(number, "corrects", what, "name the event's id beside 'correct', and nothing beside others")
        )
    if not row["stage"] and row["event"] in ("enter", "exit"):
        faults.append(Fault(number, "stage", "the cell is blank", "name the stage that was entered or left"))
    return {**row, "day": shown or row["day"]}, faults


def _unknown(kind: Kind, number: int, row: Row, known: Vocabulary) -> Iterator[Fault]:
    """Names that nobody knows, of the cells that could be read."""
    wrong = {name: known.unknown(kind.name, name, said) for name, said in row.items() if said}
    if row.get("stage") and row.get("event") and row.get("process") and wrong["process"] is None:
        wrong["stage"] = known.unknown_stage(row["process"], row["stage"], row["event"])
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
    elif row["day"] and date.fromisoformat(row["day"]) > latest:
        yield Fault(number, "day", f"the day {row['day']} is still to come", "report it once it was")


def _not_theirs(kind: Kind, number: int, row: Row, token: Token) -> Iterator[Fault]:
    for scope in kind.scopes:
        if not token.may(scope, row[scope]):
            yield Fault(
                number, scope, f"this token does not report for '{row[scope]}'", f"ask for a token with --{scope}"
            )


def _twice(kind: Kind, rows: list[tuple[int, Row]]) -> Iterator[Fault]:
    """Rows of one id that do not say the same; one told twice in the same words counts once."""
    first: dict[str, tuple[int, Row]] = {}
    for number, row in rows:
        before, other = first.setdefault(kind.id_of(row), (number, row))
        if other != row:
            yield Fault(
                number, kind.key[-1], f"row {before} has the same {', '.join(kind.key)} and says something else",
                "keep the one that is right; a later correction has an id of its own",
            )  # fmt: skip
