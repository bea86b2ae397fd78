"""Replays the log up to an instant: a home of its own with all that had been told by then, and nothing else."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime

from tallystick.errors import UsageError
from tallystick.pipeline import Pipeline
from tallystick.reporting.kinds import KINDS
from tallystick.reporting.log import FILE, Log
from tallystick.reporting.seal import Sealer


@dataclass(frozen=True)
class Replayed:
    """How many batches and rows had been told by an instant, and when the last of them was; None before the first."""

    batches: int
    rows: int
    last: datetime | None


def replay(log: Log, until: datetime, into: Pipeline) -> Replayed:
    """Append every batch told up to an instant to the log of an empty home, byte by byte, and seal it there.

    Tokens and what was done with them stay behind. Raises `UsageError` for a home that has a log, and `ArchiveError`.
    """
    home = into.settings.home
    if (home / FILE).exists():
        raise UsageError("this folder holds reports already", where=str(home), next_step="name a new folder")
    batches = log.until(until)
    with Log.of(home) as its:
        secret = log.secret()
        with its.writing():
            its.share(secret)
            for batch in batches:
                its.append(batch, KINDS[batch.kind], list(csv.DictReader(batch.body.decode().splitlines())))
        Sealer(into, its).seal_all()
    return Replayed(len(batches), sum(batch.rows for batch in batches), batches[-1].told_at if batches else None)
