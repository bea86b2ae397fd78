"""Made-up words, tokens and batches: an invented process of an invented programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tallystick.nouns.process import Loop, Overall, Process, Stage, Unit
from tallystick.nouns.way import way_of
from tallystick.reporting.batch import Batch, batch
from tallystick.reporting.commit import Receipt, commit
from tallystick.reporting.door import make_token
from tallystick.reporting.faults import Refusal
from tallystick.reporting.forms import Form, Told, told_in
from tallystick.reporting.kinds import KINDS, Kind
from tallystick.reporting.log import Log
from tallystick.reporting.tokens import Token
from tallystick.reporting.vocabulary import Vocabulary

NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)
PROCESS = Process(
    title="An invented process",
    about="For tests.",
    unit=Unit(called="site", means="an invented site"),
    events=dict.fromkeys(("begun", "surveyed", "ordered", "tested", "trained"), "for tests"),
    stages={
        "survey": Stage(means="a look", enters="begun", leaves="surveyed", then=["order", "training"]),
        "order": Stage(means="what it needs", enters="surveyed", leaves="ordered"),
        "test": Stage(means="whether it works", enters="ordered", leaves="tested", then=[]),
        "training": Stage(means="who uses it", enters="surveyed", leaves="trained", then=[], may_be_skipped=True),
    },
    loops=[Loop(back_from="test", to="order", because="what fails is ordered anew")],
    exits={"gave_up": "nobody wants it"},
    overall=Overall(enters="begun", leaves="tested"),
    name="installation",
)
WORDS = Vocabulary(
    {"installation": way_of(PROCESS)},
    {
        ("stage_events", "process"): frozenset({"installation"}),
        ("stage_events", "state"): frozenset({"FL", "Florida"}),
        ("office_counts", "office"): frozenset({"SEA", "DEN"}),
        ("office_counts", "measure"): frozenset({"arrests", "removals"}),
        ("training", "measure"): frozenset({"required", "current", "overdue"}),
    },
)
ALL: Mapping[str, tuple[str, ...]] = {"process": ("*",), "office": ("*",), "agency": ("*",)}
EVENTS = "event_id,process,unit,stage,event,at,day,corrects"
COUNTS = "office,day,measure,count,revision"


def token(log: Log, **scopes: tuple[str, ...]) -> Token:
    """A token of an invented office, for everything unless scopes are named."""
    return make_token(log, "An invented office", scopes or ALL)[0]


def batch_of(kind: str, header: str, *rows: str, by: Token, now: datetime = NOW) -> Batch:
    """The batch of a header and rows, written as CSV. Raises `Refusal` where it is at fault by itself."""
    data = "\n".join([header, *rows]).encode()
    return judged(KINDS[kind], told_in(data, Form.CSV), by, now)


def judged(kind: Kind, told: Told, by: Token, now: datetime = NOW) -> Batch:
    """The batch in what was told. Raises `Refusal` where it is at fault by itself."""
    made = batch(kind, told, by, WORDS, now)
    if made.faults:
        raise Refusal(made.faults, made.came)
    return made


def events(*rows: str, by: Token) -> Batch:
    return batch_of("stage_events", EVENTS, *rows, by=by)


def at_fault(*rows: str, by: Token) -> Batch:
    """The same, with whatever is at fault in it."""
    data = "\n".join([EVENTS, *rows]).encode()
    return batch(KINDS["stage_events"], told_in(data, Form.CSV), by, WORDS, NOW)


def counts(*rows: str, by: Token, now: datetime = NOW) -> Batch:
    return batch_of("office_counts", COUNTS, *rows, by=by, now=now)


def accepted(log: Log, batch: Batch, now: datetime = NOW) -> Receipt:
    """The receipt of a batch that must be accepted."""
    (made,) = commit(log, [batch], now)
    assert isinstance(made, Receipt), made
    return made


def refused(log: Log, batch: Batch, now: datetime = NOW) -> str:
    """Why a batch is refused that must be."""
    (made,) = commit(log, [batch], now)
    assert not isinstance(made, Receipt)
    return str(made)


def log_in(home: Path) -> Log:
    return Log.of(home)
