"""What is made before anyone asks for it."""

from __future__ import annotations

from tallystick.current import Current
from tallystick.settings import Settings
from tallystick.views.web.warm import entries, sheets
from tallystick.views.web.workbench import Workbench
from tests.views.web.conftest import Server


def test_a_sheet_of_each_kind_of_place_that_has_a_subject_is_made_and_lies_where_it_is_told_to(
    small_home: Settings, served: Server
) -> None:
    current = Current(small_home, seats=1)
    try:
        told = sheets(Workbench(current, {}, {}))
        with current.bench() as bench:
            on_entries = {schema.one for schema in bench.kept.schemas.values()}  # these lie on the entries' own pages
            kinds = [
                name
                for name, one in bench.sheets.items()
                if name not in on_entries and bench.table(one.subject.table)
            ]
    finally:
        current.close()
    assert len(told) == len(kinds) > 0
    assert {served.get(path).status_code for path, _ in told} == {200}


def test_an_entry_of_each_register_is_made_and_lies_where_it_is_told_to(small_home: Settings, served: Server) -> None:
    current = Current(small_home, seats=1)
    try:
        told = entries(Workbench(current, {}, {}))
        with current.bench() as bench:
            registers = [name for name in bench.kept.schemas if bench.kept.of(name)]
    finally:
        current.close()
    assert [path.split("/")[2] for path, _ in told] == registers != []
    assert {served.get(path).status_code for path, _ in told} == {200}
