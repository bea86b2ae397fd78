"""A table over all rows is derived when asked for, and kept by what it was made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tallystick.bench import Bench
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.edition import Edition
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.tables.fingerprint import fingerprint
from tallystick.tables.kept import keep
from tests.tables.conftest import Captured

LINES = (
    "ICE,P1,ACME,10.00,2026-01-01,0,CONT_AWD_A1",
    "ICE,P1,ACME,-4.00,2026-02-01,P00001,CONT_AWD_A1",
    "CBP,P2,BETA,7.00,2026-01-01,0,CONT_AWD_A2",
)


def kept(pipeline: Pipeline) -> list[Path]:
    return sorted((pipeline.settings.home / "derived").glob("awards/*"))


def opened(pipeline: Pipeline, edition: Edition) -> DuckDB:
    return DuckDB(pipeline.built(edition), read_only=True)


def test_building_derives_no_awards_and_the_first_question_over_them_does(captured: Captured) -> None:
    bench = Bench(captured(LINES))
    bench.ask(Question("obligations"))
    assert kept(bench.pipeline) == []
    bench.ask(Question("ceiling"))
    assert len(kept(bench.pipeline)) == 1


def test_the_kept_rows_are_those_of_the_view(captured: Captured) -> None:
    pipeline = captured(LINES)
    edition = pipeline.edition()
    with opened(pipeline, edition) as engine:
        derived = fingerprint(engine, "awards")
        keep(engine, "awards", edition, pipeline.graph, pipeline.warehouse)
        assert fingerprint(engine, "awards") == derived
    assert derived.startswith("2-")


def test_editions_of_the_same_rows_share_what_is_kept_and_others_do_not(captured: Captured) -> None:
    pipeline = captured(LINES)
    edition = pipeline.edition()
    again = replace(edition, known_on=date(2026, 8, 1))
    merged = replace(edition, merged=(("name:BETA", "name:ACME"),))
    for files, one in ((1, edition), (1, again), (2, merged)):
        with opened(pipeline, one) as engine:
            keep(engine, "awards", one, pipeline.graph, pipeline.warehouse)
        assert len(kept(pipeline)) == files


def test_a_lookup_stays_the_table_it_is(captured: Captured) -> None:
    pipeline = captured(LINES)
    edition = pipeline.edition()
    with opened(pipeline, edition) as engine:
        keep(engine, "psc_by_name", edition, pipeline.graph, pipeline.warehouse)
    assert not (pipeline.settings.home / "derived" / "psc_by_name").exists()
