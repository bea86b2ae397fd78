"""Going the rounds of publishers: each in its turn, and the failure of one is its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tallystick.errors import UsageError
from tallystick.pipeline import Pipeline
from tallystick.rounds import FIRST_WAIT, Rounds, Told
from tallystick.settings import Network, Settings
from tests.sources.fetch.publisher import Answer, Publisher, Time, publisher, ranged

SOURCE = """
title: {name}
publisher: a test
licence: us-public-domain
citation: https://files.example.gov
cadence: weekly
always_known: true
restates: keys
releases:
  match: ['{name}\\.csv']
refresh:
  - interface: plain_files
    hosts: [files.example.gov]
    pause_seconds: 0
    files:
      - {{url: "https://files.example.gov/{name}.csv", name: {name}.csv}}
publishes:
  {name}_published:
    grain: one code
    key: [code]
    columns: {{code: {{required: true}}, name: {{}}}}
"""
WEEKLY = timedelta(days=1)


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as running:
        yield running


@pytest.fixture
def own(settings: Settings, site: Publisher, tmp_path: Path) -> Settings:
    """Two sources: that of `alpha` breaks, `beta` comes after it and does not."""
    for name in ("alpha", "beta"):
        folder = tmp_path / "own" / "sources" / "us" / name
        folder.mkdir(parents=True)
        (folder / "source.yml").write_text(SOURCE.format(name=name))
    site.routes["files.example.gov/alpha.csv"] = [Answer(b"gone", 404)]
    site.routes["files.example.gov/beta.csv"] = ranged(b"code,name\n1,one\n2,two\n")
    return replace(settings, records=(*settings.records, tmp_path / "own"), network=Network(loopback=site.address))


def test_a_source_that_fails_holds_up_no_other_and_is_asked_again_sooner(own: Settings, site: Publisher) -> None:
    told: list[Told] = []
    time = Time()
    rounds = Rounds(Pipeline(own), told.append, clock=time.clock)
    both = rounds.sources(["alpha", "beta"])
    assert not rounds.once(both)
    assert [(one.name, one.new, one.failed is not None) for one in told[:2]] == [
        ("alpha", (), True),
        ("beta", ("beta.csv",), False),
    ]
    assert told[2].edition == Pipeline(own).edition().id
    told.clear()
    assert rounds.once(both), "it is nobody's turn"
    assert not told
    time.now += FIRST_WAIT
    site.routes["files.example.gov/alpha.csv"] = ranged(b"code,name\n3,three\n")
    assert rounds.once(both)
    assert [(one.name, one.new) for one in told[:1]] == [("alpha", ("alpha.csv",))]
    told.clear()
    time.now += WEEKLY
    assert rounds.once(both)
    assert {one.name: (one.new, one.unchanged) for one in told} == {"alpha": ((), 1), "beta": ((), 1)}


def test_the_wait_after_failures_doubles_and_is_never_longer_than_the_usual_turn(own: Settings) -> None:
    time = Time()
    told: list[Told] = []
    rounds = Rounds(Pipeline(own), told.append, clock=time.clock)
    (alpha,) = rounds.sources(["alpha"])
    waits = []
    for _ in range(10):
        before = time.now
        while not told:
            time.now += timedelta(minutes=5)
            rounds.once([alpha])
        waits.append(time.now - before)
        told.clear()
    assert waits[1:4] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]
    assert waits[-1] == WEEKLY


def test_one_who_was_killed_in_the_middle_leaves_the_next_to_go_on(own: Settings, site: Publisher) -> None:
    environment = {
        **os.environ,
        "TALLYSTICK_HOME": str(own.home),
        "TALLYSTICK_RECORDS": str(own.records[-1]),
        "TALLYSTICK_LOOPBACK": site.address,
    }
    command = [sys.executable, "-m", "tallystick", "watch", "alpha", "beta"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as went:
        assert went.stdout is not None
        assert "watching 2 sources" in went.stdout.readline()
        with pytest.raises(UsageError, match="another process watches"), Rounds(Pipeline(own), print).alone():
            pass
        told = iter(went.stdout.readline, "")
        assert any("beta: new: beta.csv" in line for line in told), went.communicate()
        went.kill()
        went.communicate()
    assert [release.name for release in Pipeline(own).ledger.releases()] == ["beta.csv"]
    site.routes["files.example.gov/alpha.csv"] = ranged(b"code,name\n3,three\n")
    again = [*command, "--once", "--every", "0s"]
    ran = subprocess.run(again, env=environment, capture_output=True, text=True, check=True)
    assert "alpha: new: alpha.csv" in ran.stdout
    assert "beta: nothing new" in ran.stdout
    assert "is in force" in ran.stdout


def test_a_source_that_does_not_say_where_is_not_watched(own: Settings) -> None:
    rounds = Rounds(Pipeline(own), print)
    assert {"alpha", "beta", "naics_codes"} <= {source.id.rsplit("/", 1)[-1] for source in rounds.sources()}
    with pytest.raises(UsageError, match="does not say where"):
        rounds.sources(["sam_opportunities", "starter_actions"])
