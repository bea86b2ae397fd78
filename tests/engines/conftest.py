"""One home with every source's sample in it, in DuckDB and in each other engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import pytest

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.engines.engine import named
from tallystick.engines.postgresql import PostgreSQL
from tallystick.engines.spark import Spark
from tallystick.nouns.source import RowCount, Source
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.tables.elsewhere import made_in
from tallystick.tables.graph import Graph
from tests.engines.cluster import spark


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster that speaks Spark Connect, and of the folder that it writes to."""
    with spark() as address:
        yield f"{address};tables={tmp_path_factory.mktemp('tables')}"


@pytest.fixture(scope="session", params=["postgresql", "spark"])
def elsewhere(request: pytest.FixtureRequest) -> str:
    """The address of each engine that is not the embedded one."""
    return str(request.getfixturevalue({"postgresql": "server", "spark": "cluster"}[request.param]))


def opened(address: str, name: str) -> PostgreSQL | Spark:
    """The engine at an address, with a place of that name."""
    return Spark(address, name) if address.startswith("sc://") else PostgreSQL(address, name)


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """The line over a home into which every source's sample was taken; a sample is as small as it can be."""
    folder = tmp_path_factory.mktemp("sampled")
    catalog = Catalog((bundled_records(),))
    sources = {name: _without_floor(source) for name, source in catalog.sources.items()}
    data = folder / "data"
    data.mkdir()
    for source in sources.values():
        for file in (source.folder / "sample").iterdir():
            if file.is_file():
                shutil.copy(file, data / file.name)
    vars(catalog)["sources"] = sources
    pipeline = Pipeline(Settings(folder / "home", (bundled_records(),), threads=2, memory_limit="2GB"))
    vars(pipeline)["catalog"] = catalog
    assert not pipeline.take_in(data).refused
    return pipeline


@dataclass(frozen=True)
class Two:
    """The tables of one Edition in two engines; `here` has the rows of each table, not a view of them."""

    here: DuckDB
    there: PostgreSQL | Spark
    graph: Graph


@pytest.fixture(scope="session")
def two(sampled: Pipeline, elsewhere: str) -> Iterator[Two]:
    edition = sampled.edition()
    with (
        DuckDB(sampled.built(edition), read_only=True, memory="2GB") as file,
        DuckDB(memory="2GB") as here,
        opened(elsewhere, f"tallystick_{edition.id}") as there,
    ):
        made_in(there, file, edition, sampled.graph)
        for name in sampled.graph.names:
            if sampled.graph.is_over_all_rows(name):  # worked out once for all that are made from it
                file.run(f"CREATE TEMP TABLE {named(name)} AS SELECT * FROM {named(name)}")
            here.take(name, file.query(f"SELECT * FROM {named(name)}"))
        yield Two(here, there, sampled.graph)


def _without_floor(source: Source) -> Source:
    publishes = {
        table: msgspec.structs.replace(
            publication, expect=msgspec.structs.replace(publication.expect, rows=RowCount(min=1))
        )
        for table, publication in source.publishes.items()
    }
    return msgspec.structs.replace(source, publishes=publishes)
