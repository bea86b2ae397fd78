"""Batches that wait are judged against the log and appended to it in one transaction, on the disk together."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from tallystick.errors import TallystickError, UsageError
from tallystick.reporting.batch import Batch
from tallystick.reporting.faults import Fault, Refusal
from tallystick.reporting.kinds import Kind, Row
from tallystick.reporting.log import Act, Log, Logged
from tallystick.reporting.order import out_of_order
from tallystick.reporting.whose import of_others

SEGMENT_ROWS = 50_000
"""A segment of the log that has so many rows takes no further batch."""


@dataclass(frozen=True)
class Receipt:
    """What came of a batch: its sha256, how many rows are `new` and how many were `known`, when and as whose.

    Rows that were all known are no new batch: `batch` is then the one that has the first of them.
    """

    kind: str
    batch: str
    rows: int
    new: int
    known: int
    author: str
    told_at: datetime


def commit(log: Log, batches: Sequence[Batch], now: datetime) -> list[Receipt | TallystickError]:
    """Append each batch that nothing speaks against, in it or in the log; for each its receipt, or why not.

    Once this returns, what has a receipt is on the disk. Raises `ArchiveError` when it could not be: then none is.
    """
    with log.writing():
        return [_one(log, batch, now) for batch in batches]


def body_of(kind: Kind, rows: Sequence[Row]) -> bytes:
    """Rows as a batch keeps them: CSV under a header, a line each, no cell of which holds a line's end."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(kind.names)
    writer.writerows([row[name] for name in kind.names] for row in rows)
    return text.getvalue().encode()


def _one(log: Log, batch: Batch, now: datetime) -> Receipt | TallystickError:
    kind, token = batch.kind, log.token(batch.token.id)
    if token is None or token.revoked:
        return UsageError("this token holds no more", next_step="ask whoever keeps this bench for another")
    ids = {kind.id_of(row): (number, row) for number, row in reversed(batch.rows)}
    known = log.known(kind, ids)
    new = sorted((told for told_id, told in ids.items() if told_id not in known), key=lambda told: told[0])
    otherwise = [ids[told_id] for told_id, (digest, _) in known.items() if digest != kind.digest(ids[told_id][1])]
    faults = [*batch.faults, *(_told_otherwise(kind, *told) for told in otherwise)]
    faults += _against_units(log, batch, new, [*batch.unread, *(row for _, row in otherwise)])
    if faults:
        refusal = Refusal(faults, batch.came)
        says = f"{kind.name}: {refusal.says}"
        log.note(Act(now, token.id, token.name, "refused", says, rows=refusal.rows, at_fault=refusal.at_fault))
        return refusal
    if not new:
        (_, before), *_ = known.values()
        log.note(Act(now, token.id, token.name, "repeated", kind.name, before, len(batch.rows)))
        return Receipt(kind.name, before, len(batch.rows), 0, len(batch.rows), token.name, now)
    logged = _appended(log, batch, [row for _, row in new], now)
    return Receipt(
        kind.name, logged.sha256, len(batch.rows), len(new), len(batch.rows) - len(new), token.name, logged.told_at
    )


def _told_otherwise(kind: Kind, number: int, row: Row) -> Fault:
    next_step = "report it as the next revision" if "revision" in kind.key else "give a correction an id of its own"
    said = kind.id_of(row).replace("|", ", ")
    return Fault(number, kind.key[-1], f"'{said}' was reported before and said something else", next_step)


def _against_units(log: Log, batch: Batch, new: Sequence[tuple[int, Row]], unsure: Sequence[Row]) -> Iterator[Fault]:
    """What the new rows of each unit say against its way, where no row that is `unsure` could explain it."""
    kind = batch.kind
    if not kind.unit:
        return
    by_unit, their_unsure = defaultdict[str, list[tuple[int, Row]]](list), defaultdict[str, list[Row]](list)
    for number, row in new:
        by_unit[kind.unit_of(row)].append((number, row))
    for row in unsure:
        their_unsure[kind.unit_of(row)].append(row)
    for unit, its in by_unit.items():
        way = batch.ways[its[0][1]["process"]]
        told = log.told_of(kind, unit)
        yield from of_others(batch.token, log.first_author(kind, unit), told, its)
        yield from out_of_order(way, told, its, their_unsure[unit])


def _appended(log: Log, batch: Batch, rows: Sequence[Row], now: datetime) -> Logged:
    number, before = log.end()
    told_at = max(now, before) if before else now  # a clock that was put back never reorders the log
    body = body_of(batch.kind, rows)
    segment, filled = _segment(log.last(batch.kind.name), told_at)
    logged = Logged(
        number + 1, batch.kind.name, batch.token.name, hashlib.sha256(body).hexdigest(), len(rows),
        told_at, segment, filled + len(rows), body,
    )  # fmt: skip
    log.append(logged, batch.kind, rows)
    log.note(Act(told_at, batch.token.id, batch.token.name, "accepted", batch.kind.name, logged.sha256, len(rows)))
    return logged


def _segment(last: Logged | None, told_at: datetime) -> tuple[str, int]:
    """The segment of the next batch, of the day it is told on, and how many rows it has so far."""
    day = f"{told_at:%Y%m%d}"
    if last is None or not last.segment.startswith(day):
        return f"{day}_0001", 0
    if last.filled < SEGMENT_ROWS:
        return last.segment, last.filled
    return f"{day}_{int(last.segment[-4:]) + 1:04}", 0
