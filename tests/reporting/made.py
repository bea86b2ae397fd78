"""Made-up words, tokens and batches: an invented process of an invented programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tallystick.reporting.batch import Batch, batch
from tallystick.reporting.commit import Receipt, commit
from tallystick.reporting.door import make_token
from tallystick.reporting.forms import Form, told_in
from tallystick.reporting.kinds import KINDS
from tallystick.reporting.log import Log
from tallystick.reporting.tokens import Token
from tallystick.reporting.vocabulary import Vocabulary

NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)
WORDS = Vocabulary(
    {"installation": frozenset({"survey", "order", "test"})},
    {"installation": frozenset({"gave_up"})},
    {
        ("stage_events", "process"): frozenset({"installation"}),
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
    """The batch of a header and rows, written as CSV."""
    data = "\n".join([header, *rows]).encode()
    return batch(KINDS[kind], told_in(data, Form.CSV), by, WORDS, now)


def events(*rows: str, by: Token) -> Batch:
    return batch_of("stage_events", EVENTS, *rows, by=by)


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
