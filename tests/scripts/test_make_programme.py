"""The made-up programme is as slow as the one reported, says that it is made up, and is the same for one seed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from scipy import stats
from scripts.make_programme import HALF_TAKE_DAYS, LAST, NAME, OF, programme, write

from tallystick.catalog import Catalog
from tallystick.nouns.process import Process, faults
from tallystick.nouns.sizes import SIZES
from tallystick.settings import bundled_records
from tallystick.tables.processes import process_faults, processes


@pytest.fixture(scope="module")
def onboarding() -> Process:
    return processes(Catalog((bundled_records(),)))[OF]


def median_from_the_signing(folder: Path) -> float:
    """By SciPy's curve, of the rows as they were written; an installation that withdrew is done too."""
    with (folder / f"registers/{NAME}_dates.csv").open(encoding="utf-8") as file:
        days = {(row["unit"], row["event"]): date.fromisoformat(row["happened_date"]) for row in csv.DictReader(file)}
    done, watched = list[float](), list[float]()
    for (unit, event), signed in days.items():
        if event == "moa_signed":
            end = days.get((unit, "accepted"), days.get((unit, "withdrawn")))
            (done if end else watched).append(((end or LAST) - signed).days)
    curve = stats.ecdf(stats.CensoredData(uncensored=done, right=watched)).sf
    return float(
        next(length for length, left in zip(curve.quantiles, curve.probabilities, strict=True) if left <= 0.5)
    )


@pytest.mark.parametrize("seed", [287, 1, 2, 3])
def test_half_of_the_installations_take_over_the_days_reported(tmp_path: Path, seed: int) -> None:
    write(tmp_path, seed=seed)
    assert abs(median_from_the_signing(tmp_path) - HALF_TAKE_DAYS) <= 1


def test_no_event_of_a_stage_comes_before_it_begins(onboarding: Process) -> None:
    events, _ = programme(onboarding, 60, 1)
    first: dict[tuple[str, str], float] = {}
    last: dict[tuple[str, str], float] = {}
    for one in events:
        first.setdefault((one.unit, one.event), one.days)
        last[one.unit, one.event] = one.days
    for stage in onboarding.stages.values():
        for (unit, event), left in last.items():
            assert event != stage.leaves or left >= first[unit, stage.enters]


def test_one_seed_gives_one_programme_that_is_flagged_and_without_fault(tmp_path: Path) -> None:
    for name in ("one", "again"):
        write(tmp_path / name, agencies=20, seed=5)
    one, again = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "again")
    )
    assert one == again
    catalog = Catalog((bundled_records(), tmp_path / "one"))
    assert list(process_faults(catalog)) == []
    made = processes(catalog)[NAME]
    assert made.synthetic
    assert list(faults(made)) == []


def test_one_that_does_not_say_so_is_refused(tmp_path: Path) -> None:
    write(tmp_path, agencies=2, seed=5)
    path = tmp_path / f"processes/{NAME}.yml"
    path.write_text(path.read_text().replace("synthetic: true", "synthetic: false"))
    (fault,) = process_faults(Catalog((tmp_path,)))
    assert fault.where == f"{path}, synthetic"


def test_each_installation_has_a_state_a_size_and_an_owner(tmp_path: Path) -> None:
    write(tmp_path, agencies=40, seed=5)
    with (tmp_path / f"registers/{NAME}_dates.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    told = {unit: {(row["state"], row["size"], row["owner"]) for row in rows if row["unit"] == unit}
            for unit in {row["unit"] for row in rows}}  # fmt: skip
    assert all(len(each) == 1 for each in told.values())
    assert {size for ((_, size, _),) in told.values()} == set(SIZES)
    assert len({owner for ((_, _, owner),) in told.values()}) == 3
