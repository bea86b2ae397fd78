"""Amendments by key: the state after any increments is the state of a full rebuild."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.engines.duckdb import DuckDB
from tallystick.tables.fingerprint import fingerprint
from tests.sources.readings import Line

RELEASES = r"""
  match: ['payments_(?P<as_of>\d{8})_(full|delta)\.csv']
  amends: ['payments_\d{8}_delta\.csv']
deletes: {column: change, value: D}
"""
SOURCE = """
title: Payments
publisher: An office
licence: us-public-domain
citation: https://example.gov/payments
cadence: monthly
releases:{releases}
publishes:
  payments_published:
    grain: one payment
    key: [payment_key]
    scope: [office_code]
    columns:
      change: {{of: change, type: code}}
      payment_key: {{of: key, type: code, required: true}}
      office_code: {{of: office, type: code}}
      amount_usd: {{of: amount, type: money}}
{more}
"""
PROVENANCE = ("release_id", "as_of", "member", "source_row", "scope", "misfits", "repairs", "change")
State = dict[str, tuple[str, int]]

Change = tuple[str, tuple[str, int] | None]
keys = st.sampled_from([f"k{number}" for number in range(6)])
payments = st.tuples(st.sampled_from(["070", "097"]), st.integers(-5, 5))
deltas = st.lists(st.dictionaries(keys, st.none() | payments, min_size=1, max_size=4), max_size=4)


def full(state: State) -> str:
    return "key,office,amount\n" + "".join(f"{k},{office},{amount}\n" for k, (office, amount) in state.items())


def delta(changes: dict[str, tuple[str, int] | None]) -> str:
    rows = [f"D,{key},,\n" if row is None else f"C,{key},{row[0]},{row[1]}\n" for key, row in changes.items()]
    return "change,key,office,amount\n" + "".join(rows)


def named(day: int, kind: str) -> str:
    return f"payments_{date(2026, 1, day):%Y%m%d}_{kind}.csv"


def state(line: Line, without: tuple[str, ...] = PROVENANCE) -> str:
    edition = line.pipeline.build()
    with DuckDB(line.pipeline.warehouse.edition(edition.id), read_only=True) as engine:
        return fingerprint(engine, "payments_published", without)


def new_line(folder: Path) -> Line:
    return Line(folder, releases=RELEASES, source=SOURCE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=st.dictionaries(keys, payments, min_size=1), changes=deltas)
def test_the_state_after_any_increments_is_that_of_the_whole_file(
    first: State, changes: list[dict[str, tuple[str, int] | None]]
) -> None:
    with TemporaryDirectory() as folder:
        increments, rebuilt, restated = (new_line(Path(folder) / name) for name in ("a", "b", "c"))
        now = dict(first)
        increments.add(full(first), named(1, "full"))
        for day, change in enumerate(changes, start=2):
            increments.add(delta(change), named(day, "delta"))
            state(increments)  # an Edition after each, as in real life
            now = {key: row for key, row in (now | change).items() if row is not None}
        for day, change in reversed(list(enumerate(changes, start=2))):
            rebuilt.add(delta(change), named(day, "delta"))
        rebuilt.add(full(first), named(1, "full"))
        assert state(increments, ()) == state(rebuilt, ())
        if now:
            restated.add(full(now), named(1, "full"))
            assert state(increments) == state(restated)
        else:
            assert state(increments).startswith("0-")


def test_a_later_restatement_of_a_scope_ends_what_amendments_said_there(tmp_path: Path) -> None:
    line = new_line(tmp_path)
    line.add(full({"k1": ("070", 1), "k2": ("097", 2)}), named(1, "full"))
    line.add(delta({"k1": ("070", 5), "k3": ("070", 3), "k4": ("097", 4)}), named(2, "delta"))
    line.add(full({"k1": ("070", 7)}), named(3, "full"))
    expected = new_line(tmp_path / "expected")
    expected.add(full({"k1": ("070", 7), "k2": ("097", 2), "k4": ("097", 4)}), named(1, "full"))
    assert state(line) == state(expected)


def test_what_a_delta_takes_away_comes_back_with_a_later_release(tmp_path: Path) -> None:
    line = new_line(tmp_path)
    line.add(full({"k1": ("070", 1), "k2": ("070", 2)}), named(1, "full"))
    line.add(delta({"k1": None}), named(2, "delta"))
    assert state(line).startswith("1-")
    line.add(full({"k1": ("070", 1), "k2": ("070", 2)}), named(3, "full"))
    assert state(line).startswith("2-")


def test_the_fingerprint_tells_a_row_that_stands_twice(tmp_path: Path) -> None:
    with DuckDB(tmp_path / "one.duckdb") as engine:
        engine.create("once", "SELECT 1 AS a UNION ALL SELECT 2")
        engine.create("turned", "SELECT 2 AS a UNION ALL SELECT 1")
        engine.create("thrice", "SELECT 1 AS a UNION ALL SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 2")
        assert fingerprint(engine, "once") == fingerprint(engine, "turned") != fingerprint(engine, "thrice")
