"""A series of many small files is read as one, and what several tables are made from is derived once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tests.test_snapshots import SOURCE

TABLES = '''
from tallystick import table


@table(key=["as_of", "town"])
def fair_stalls(fair_stalls_published):
    """The stalls of each town on each day of a list."""
    return fair_stalls_published.select("as_of", "town", "stalls")


@table(key=["town"])
def fair_most(fair_stalls):
    """The most stalls of each town."""
    return fair_stalls.group_by("town").aggregate(most=fair_stalls.stalls.max())


@table(key=["town"])
def fair_beside(fair_stalls, fair_most):
    """The stalls of each town that are the most it had."""
    return fair_stalls.join(fair_most, "town").filter(lambda both: both.stalls == both.most).select("town", "most")
'''
METRICS = '''
from tallystick import metric


@metric(unit="count", by=["town"])
def most_stalls(fair_beside):
    """The most stalls of the towns, added up."""
    return fair_beside.most.sum()


@metric(unit="count", by=["town"])
def stalls_told(fair_stalls):
    """Stalls told by all lists together."""
    return fair_stalls.stalls.sum()
'''
LISTS = 17


@pytest.fixture
def bench(settings: Settings, tmp_path: Path) -> Bench:
    """Seventeen lists of two towns; the stalls of one grow by one with each list."""
    own = tmp_path / "records"
    files = {"sources/us/fair_stalls/source.yml": SOURCE, "tables/fair.py": TABLES, "metrics/fair.py": METRICS}
    for name, text in files.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text)
    made = Settings(home=settings.home, records=(bundled_records(), own), threads=1, memory_limit="1GB")
    pipeline = Pipeline(made)
    for n in range(1, LISTS + 1):
        _list(pipeline, tmp_path, n)
    return Bench(pipeline)


def _list(pipeline: Pipeline, folder: Path, n: int) -> None:
    path = folder / f"stalls_202501{n:02}.csv"
    path.write_text(f"stretch,town,stalls\nfair,Ash,{n}\nfair,Elm,5\n")
    pipeline.add(pipeline.catalog.source("fair_stalls"), path, Provenance("fair_stalls", path.name))


def _files(bench: Bench, table: str) -> list[Path]:
    return sorted((bench.pipeline.settings.home / "derived" / table).glob("*.parquet"))


def _value(bench: Bench, metric: str) -> object:
    return bench.ask(Question(metric)).rows[0]["value"]


def test_many_small_files_are_gathered_into_one_with_the_same_rows(bench: Bench, tmp_path: Path) -> None:
    ash, elm = LISTS * (LISTS + 1) // 2, 5 * LISTS
    assert _value(bench, "stalls_told") == ash + elm
    assert len(_files(bench, "fair_stalls_published")) == 1
    _list(bench.pipeline, tmp_path, LISTS + 1)
    assert _value(Bench(bench.pipeline), "stalls_told") == ash + elm + LISTS + 1 + 5
    assert len(_files(bench, "fair_stalls_published")) == 2


def test_what_two_tables_are_made_from_is_derived_once_and_kept(bench: Bench) -> None:
    assert _value(bench, "most_stalls") == LISTS + 5 * LISTS
    assert [len(_files(bench, name)) for name in ("fair_stalls", "fair_beside", "fair_most")] == [1, 1, 0]
