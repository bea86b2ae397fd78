"""A process that is begun is as it must be, and whatever is wrong with one is told at once with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallystick.catalog import Catalog
from tallystick.errors import RecordError
from tallystick.nouns.process import Process, faults
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph
from tallystick.tables.processes import process_faults, processes, unknown_in
from tallystick.views.cli import scaffold
from tests.views.cli.conftest import Run

PROCESSES = processes(Catalog((bundled_records(),)))
WRONG = (
    ("enters: applied, leaves: read}", "enters: read, leaves: applied, then: [nowhere]}"),
    ("    enters: read\n", "    enters: raed\n"),
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A records folder with the process that 'new process' begins."""
    scaffold.write(scaffold.process("permits"), tmp_path / "mine")
    return tmp_path / "mine"


@pytest.mark.parametrize("process", PROCESSES.values(), ids=PROCESSES)
def test_every_process_is_as_it_must_be(process: Process) -> None:
    assert list(faults(process)) == []


def test_the_tables_that_processes_name_are_there(catalog: Catalog) -> None:
    names = Graph(catalog).derived_names
    without = {name: one for name, one in PROCESSES.items() if not one.counted_by}
    assert list(unknown_in(catalog, without, names, ())) == []
    assert set(PROCESSES) > {"requests_287g", "contracts", "recommendations", "inspections", "onboarding_287g"}


def test_a_process_that_is_begun_has_no_fault(own: Path) -> None:
    catalog = Catalog((bundled_records(), own))
    assert list(process_faults(catalog)) == []
    assert processes(catalog)["permits"].overall.leaves == "issued"


def test_all_that_is_wrong_with_a_process_is_told_at_once(run: Run, own: Path) -> None:
    path = own / "processes/permits.yml"
    for right, wrong in WRONG:
        path.write_text(path.read_text().replace(right, wrong))
    found = run("check", "--records", "mine", "--format", "json")
    assert found.code == RecordError.exit_code
    told = {row["where"].removeprefix(str(path)): row["says"] for row in json.loads(found.out)}
    assert told == {
        ", stages, reading": "it ends with 'applied' before it starts with 'read'",
        ", stages, reading, then": "no stage is called 'nowhere'",
        ", stages, deciding, enters": "no event is called 'raed'",
    }


def test_a_table_or_metric_that_a_process_names_and_nobody_makes_is_told(own: Path) -> None:
    path = own / "processes/permits.yml"
    path.write_text(path.read_text().replace("units: permits_units", "units: permits_unitz"))
    catalog = Catalog((own,))
    (fault,) = unknown_in(catalog, processes(catalog), {"permits_milestones", "permits_units"}, ())
    assert fault.what == "no table is called 'permits_unitz'"
    assert fault.where == f"{path}, units"
    assert "permits_units" in fault.next_step
