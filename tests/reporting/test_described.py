"""Batches of before units could be described are sealed, known and asked beside those that describe them."""

from __future__ import annotations

import csv
from pathlib import Path

from tallystick.bench import Bench
from tallystick.pipeline import Pipeline
from tallystick.reporting.kinds import STAGE_EVENTS
from tallystick.reporting.log import Log, Logged
from tallystick.reporting.seal import Sealer
from tallystick.settings import Settings, bundled_records
from tests.reporting.made import EVENTS, NOW, accepted, batch_of, token

OLD = "e1,installation,Ada County,survey,enter,,2026-03-01,"
NEW = "e2,installation,Ada County,survey,exit,,2026-03-03,,FL,Jail,12,IT"


def test_both_kinds_of_batches_lie_in_one_segment(tmp_path: Path) -> None:
    line = Pipeline(Settings(tmp_path, (bundled_records(),), threads=1, memory_limit="2GB"))
    body = f"{EVENTS}\n{OLD}\n"
    with Log.of(tmp_path) as log:
        by = token(log)
        logged = Logged(1, "stage_events", "An invented office", "a" * 64, 1, NOW, "20260310_0001", 1, body.encode())
        with log.writing():
            log.append(logged, STAGE_EVENTS, list(csv.DictReader(body.splitlines())))
        again = accepted(log, batch_of("stage_events", EVENTS, OLD, by=by))
        assert (again.new, again.known) == (0, 1)
        described = batch_of("stage_events", f"{EVENTS},state,model,size,owner", NEW, by=by)
        assert accepted(log, described).new == 1
        (release,) = Sealer(line, log).seal_all()
    rows = Bench(line).engine.query("SELECT * FROM reported_stage_events").to_pylist()
    told = sorted((row["event_id"], row["state"], row["model"], row["size"], row["owner"]) for row in rows)
    assert told == [("e1", None, None, None, None), ("e2", "FL", "Jail", "12", "IT")]
    assert {row["release_id"] for row in rows} == {release.id}
