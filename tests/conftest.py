"""What several tests need: a fresh home, the records, and the real releases where they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings as of_properties
from xdist.scheduler import LoadScopeScheduling

from tallystick.bench import Bench
from tallystick.catalog import Catalog
from tallystick.pipeline import compiled_before
from tallystick.settings import Settings, bundled_records
from tallystick.tables.graph import Graph
from tests.bound_once import BoundOnce
from tests.engines.server import postgresql, programs
from tests.guarded import arrests, home_of
from tests.real_home import home_of_everything, home_of_the_starter, real_pipeline

_BROWSER = "tests/browser/"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL; the tests are skipped, saying so, where there is none."""
    if programs() is None:
        pytest.skip("needs PostgreSQL: on Debian, 'sudo apt-get install postgresql'")
    with postgresql() as url:
        yield url


@pytest.fixture
def database(server: str) -> Iterator[str]:
    """The address of an empty database of that PostgreSQL."""
    import psycopg  # a driver that most tests do without

    name = f"d{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield f"{server.rpartition('/')[0]}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real releases; the test is skipped, saying so, where there is none."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get("TALLYSTICK_DATA", beside))
    if not folder.is_dir():
        pytest.skip("needs the real releases: set TALLYSTICK_DATA or put them at ../shared/data")
    return folder


@pytest.fixture(scope="session")
def real_home(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds every real release, made once a run for all its processes. It is only read.

    Editions and tables that nobody asked for yet may be added to it: they lie under names that tell what they are
    made of. A test that decides or adds a release does it in a home of its own.
    """
    return home_of_everything(real_data, _of_the_run(tmp_path_factory))


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the starter edition, made once a run for all its processes. It is only read."""
    return home_of_the_starter(_of_the_run(tmp_path_factory))


def _of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def guarded_home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home of made-up arrests, some of few people. It is only read."""
    return home_of(tmp_path_factory.mktemp("guarded"), arrests())


@pytest.fixture(scope="session")
def real_bench(real_home: Path) -> Bench:
    """A bench over every real release: only to be asked."""
    return Bench(real_pipeline(real_home))


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Records of the same bytes give the same graph: each is compiled once for all tests, and for what they start."""
    made: dict[str, Graph] = {}
    kept = _of_the_run(tmp_path_factory) / "compiled.sqlite"

    def graph(its: Catalog, *_: object) -> Graph:
        if its.fingerprint not in made:
            made[its.fingerprint] = Graph(its, compiled_before(kept, its).recall)
        return made[its.fingerprint]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALLYSTICK_COMPILED", str(kept))
        patch.setattr("tallystick.pipeline.Graph", graph)
        patch.setattr("tallystick.pipeline.build", BoundOnce(kept.with_name("empty")))
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", records=(bundled_records(),), threads=1, memory_limit="2GB")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog((bundled_records(),))


def pytest_configure() -> None:
    """No property is timed: on a busy machine the first example of one takes long."""
    of_properties.register_profile("untimed", deadline=None)
    of_properties.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One module first that needs the home of every release, the others that do only after all that do not.

    While one process makes that home, the other then has work that does not wait for it.
    """
    waiting = {item.path for item in items if "real_home" in getattr(item, "fixturenames", ())}
    first = next((item.path for item in items if item.path in waiting), None)
    items.sort(key=lambda item: 0 if item.path == first else 1 + (item.path in waiting))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: what they hold may tell the time, and every process must name them alike."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """A module's tests stay in one process, and all that use a browser: its servers work out every page once."""
    return _ByModuleOrBrowser(config, log)


class _ByModuleOrBrowser(LoadScopeScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        return _BROWSER if nodeid.startswith(_BROWSER) else str(super()._split_scope(nodeid))
