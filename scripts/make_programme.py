"""Makes up an installation programme under 287(g), for demonstration and tests: it is no record of anything.

    python -m scripts.make_programme FOLDER [AGENCIES] [SEED]

Writes a records folder to be laid over the project's own: the process `synthetic_onboarding_287g`, flagged synthetic,
with the stages of `onboarding_287g`, and its events. No figure has them unless it asks for that process by its name.

    tallystick show share_within_target --where process=synthetic_onboarding_287g --by stage --records FOLDER

Stages last log-normal times of made-up means, those after the signing stretched by one factor until the median from
the signing on is 200 days, by the estimate of `median_days_in_stage`: half of the installations took longer than
that, an inspector reported of 2017 (OIG-18-77). Some withdraw, some tests fail and send an installation back, and the
programme is looked at before all are done.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import log, sqrt
from pathlib import Path
from random import Random

import msgspec
import yaml
from statsmodels.duration.survfunc import SurvfuncRight

from tallystick.catalog import Catalog
from tallystick.nouns.process import Process
from tallystick.nouns.sizes import SIZES
from tallystick.settings import bundled_records
from tallystick.tables.processes import processes
from tallystick.views.cli.scaffold import process as begun

OF, NAME = "onboarding_287g", "synthetic_onboarding_287g"
AGENCIES, SEED = 400, 287
HALF_TAKE_DAYS = 200
_BETWEEN, _HALVINGS = (0.25, 4.0), 12
FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
# Made up: the mean days of each stage and their spread (standard deviation over mean), before they are stretched.
STAGES = {
    "interest": (20, 0.8), "pending": (25, 0.9), "it_agreement": (35, 0.8), "site_survey": (15, 0.6),
    "ordering": (30, 0.7), "delivery": (45, 0.5), "installation": (20, 0.6), "testing": (7, 0.8),
    "acceptance": (5, 0.8), "training_scheduling": (25, 0.6), "training": (28, 0.1), "manager_assignment": (14, 1.2),
}  # fmt: skip
INSTALLING = ("it_agreement", "site_survey", "ordering", "delivery", "installation", "testing", "acceptance")
BESIDE = ("training_scheduling", "training", "manager_assignment")
FAILS, WITHDRAWS = 0.15, 0.06
STATES = ("FLORIDA", "TEXAS", "GEORGIA", "TENNESSEE", "VIRGINIA", "OKLAHOMA")
OWNERS = ("invented office A", "invented office B", "invented office C")
_DESCRIBED = 'state=rows.state.max(), size=rows["size"].max(), owner=rows.owner.max()'


@dataclass(frozen=True)
class Happened:
    """One event of one made-up installation, `days` after its interest."""

    unit: str
    event: str
    days: float


def programme(process: Process, agencies: int, seed: int) -> tuple[list[Happened], dict[str, date]]:
    """What happened to every installation to the last day, and on which day each began."""
    random = Random(seed)
    units = [f"installation {number:04}" for number in range(1, agencies + 1)]
    span = (LAST - FIRST).days
    began = {unit: FIRST + timedelta(days=int(random.random() * span)) for unit in units}
    watched = {unit: (LAST - day).days for unit, day in began.items()}

    def made(factor: float) -> list[Happened]:
        drawn = [one for unit in units for one in _went(process, unit, Random(f"{seed} {unit}"), factor)]
        withdrawn = _withdrawn(drawn, Random(f"{seed} withdrawals"))
        return [one for one in withdrawn if round(one.days) <= watched[one.unit]]

    low, high = _BETWEEN
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _median(made(middle), watched) < HALF_TAKE_DAYS else (low, middle)
    return made(high), began


def _median(events: list[Happened], watched: dict[str, int]) -> float:
    """Half were accepted or withdrew so many days after the signing; who waits still counts as far as watched."""
    signed = {one.unit: round(one.days) for one in events if one.event == "moa_signed"}
    done = {one.unit: round(one.days) for one in events if one.event in ("accepted", "withdrawn")}
    days = [done.get(unit, watched[unit]) - day for unit, day in signed.items()]
    curve = SurvfuncRight([max(length, 0.5) for length in days], [unit in done for unit in signed])
    return float(curve.quantile(0.5))


def _went(process: Process, unit: str, random: Random, factor: float) -> Iterator[Happened]:
    """Every event of one installation to its acceptance; of what follows the signing all is stretched by `factor`."""
    now = 0.0
    yield Happened(unit, process.stages["interest"].enters, now)
    for stage in ("interest", "pending"):
        now += _length(random, stage)
        yield Happened(unit, process.stages[stage].leaves, now)
    signed, todo = now, list(INSTALLING)
    while todo:
        stage = todo.pop(0)
        now += factor * _length(random, stage)
        if stage == "testing" and random.random() < FAILS:
            todo = ["installation", "testing", "acceptance"]
            yield Happened(unit, process.stages["installation"].enters, now)
        else:
            yield Happened(unit, process.stages[stage].leaves, now)
    now = signed
    for stage in BESIDE:
        begin = signed if stage == "manager_assignment" else now
        now = begin + _length(random, stage)
        yield Happened(unit, process.stages[stage].leaves, now)


def _length(random: Random, stage: str) -> float:
    mean, spread = STAGES[stage]
    variance = log(1 + spread**2)
    return random.lognormvariate(log(mean) - variance / 2, sqrt(variance))


def _withdrawn(events: list[Happened], random: Random) -> list[Happened]:
    """The events without those after a withdrawal."""
    ends: dict[str, float] = {}
    for unit in dict.fromkeys(one.unit for one in events):
        if random.random() < WITHDRAWS:
            ends[unit] = random.random() * max(one.days for one in events if one.unit == unit)
    kept = [one for one in events if one.days <= ends.get(one.unit, one.days)]
    return kept + [Happened(unit, "withdrawn", days) for unit, days in ends.items()]


def write(folder: Path, agencies: int = AGENCIES, seed: int = SEED) -> None:
    """Write the records folder."""
    process = processes(Catalog((bundled_records(),)))[OF]
    events, began = programme(process, agencies, seed)
    files = {**begun(NAME), f"processes/{NAME}.yml": _flagged(process)}
    told = "state=rows.state.max()"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.replace(told, _DESCRIBED), encoding="utf-8")
    states = Random(seed)
    where = {unit: states.choice(STATES) for unit in began}
    described = {unit: (where[unit], states.choice(SIZES), states.choice(OWNERS)) for unit in began}
    with (folder / f"registers/{NAME}_dates.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["unit", "event", "happened_date", "state", "size", "owner", "because", "citation"])
        for number, one in enumerate(events):
            day = (began[one.unit] + timedelta(days=round(one.days))).isoformat()
            because = f"made up: event {number} of seed {seed}"
            rows.writerow([one.unit, one.event, day, *described[one.unit], because, "a generator"])


def _flagged(process: Process) -> str:
    """The process of the record as YAML, made a synthetic one of which every stage is told."""
    told = msgspec.to_builtins(process)
    told |= {"title": f"Made up: {process.title}", "about": "Made up by a generator. No record of anything."}
    told |= {"synthetic": True, "milestones": f"{NAME}_milestones", "units": f"{NAME}_units"}
    told["stages"] = {name: stage | {"told": True} for name, stage in told["stages"].items()}
    told.pop("name")
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]), *map(int, sys.argv[2:]))
