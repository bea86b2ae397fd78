"""A token that names offices tells of its own units and theirs alone; parts of a whole are no more than it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tallystick.reporting.batch import Batch
from tallystick.reporting.door import make_token
from tallystick.reporting.faults import Refusal
from tallystick.reporting.log import Log
from tallystick.reporting.tokens import Token
from tests.reporting.made import EVENTS, NOW, accepted, batch_of, events, refused, token

OWNED = f"{EVENTS},owner"
ADA = "installation,Ada County,survey"
TRAINING = "agency,role,course,day,measure,count,revision"
OF = "Ada County,officer,basics,2026-03-09"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.of(tmp_path) as log:
        yield log


def of_office(log: Log, name: str, office: str) -> Token:
    return make_token(log, name, {"process": ("installation",), "office": (office,)})[0]


def owned(*rows: str, by: Token) -> Batch:
    return batch_of("stage_events", OWNED, *rows, by=by)


def test_an_office_neither_ends_nor_corrects_nor_takes_the_unit_of_another(log: Log) -> None:
    seattle, denver = of_office(log, "Seattle", "SEA"), of_office(log, "Denver", "DEN")
    accepted(log, owned(f"e1,{ADA},enter,,2026-03-01,,SEA", by=seattle))
    for row in (
        "e2,installation,Ada County,gave_up,withdraw,,2026-03-02,,",
        "e3,installation,Ada County,survey,correct,,,e1,",
        "e4,installation,Ada County,survey,exit,,2026-03-02,,DEN",
    ):
        assert "unit: another office reports this unit" in refused(log, owned(row, by=denver))
    assert log.position() == 1
    accepted(log, owned(f"e5,{ADA},exit,,2026-03-02,,", by=seattle))


def test_an_office_gives_no_unit_to_another(log: Log) -> None:
    seattle = of_office(log, "Seattle", "SEA")
    told = refused(log, owned(f"e1,{ADA},enter,,2026-03-01,,DEN", by=seattle))
    assert "owner: this token does not report for 'DEN'" in told


def test_another_token_of_the_office_goes_on_with_its_units_and_so_does_the_programme(log: Log) -> None:
    accepted(log, owned(f"e1,{ADA},enter,,2026-03-01,,SEA", by=of_office(log, "Seattle", "SEA")))
    accepted(log, owned(f"e2,{ADA},exit,,2026-03-02,,", by=of_office(log, "Seattle nights", "SEA")))
    programme = token(log, process=("installation",))
    accepted(log, events("e3,installation,Ada County,order,exit,,2026-03-04,", by=programme))


def test_a_unit_without_an_owner_is_its_first_reporters(log: Log) -> None:
    seattle, denver = of_office(log, "Seattle", "SEA"), of_office(log, "Denver", "DEN")
    accepted(log, events(f"e1,{ADA},enter,,2026-03-01,", by=seattle))
    assert "another office" in refused(log, events(f"e2,{ADA},exit,,2026-03-02,", by=denver))
    accepted(log, events(f"e2,{ADA},exit,,2026-03-02,", by=seattle))


@pytest.mark.parametrize("part", ["current", "overdue"])
def test_a_part_of_more_people_than_there_are_is_refused(log: Log, part: str) -> None:
    rows = (f"{OF},required,10,1", f"{OF},{part},12,1")
    with pytest.raises(Refusal, match=f"row 3, count: 12 are {part}, of 10 required"):
        batch_of("training", TRAINING, *rows, by=token(log), now=NOW)
    accepted(log, batch_of("training", TRAINING, *rows, f"{OF},{part},9,2", by=token(log), now=NOW))
