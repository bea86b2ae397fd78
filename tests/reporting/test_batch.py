"""A batch is read whole or refused whole, and who sent it is told every wrong row, why, and what to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReleaseError, TallystickError
from tallystick.reporting.cells import count, instant
from tallystick.reporting.commit import body_of
from tallystick.reporting.faults import Refusal
from tallystick.reporting.forms import Form, told_in
from tallystick.reporting.kinds import KINDS, OFFICE_COUNTS, STAGE_EVENTS, TRAINING
from tallystick.reporting.log import Log
from tallystick.reporting.tokens import Token
from tests.reporting.made import COUNTS, EVENTS, NOW, batch_of, counts, events, judged, token


@pytest.fixture
def by(tmp_path: Path) -> Iterator[Token]:
    with Log.of(tmp_path) as log:
        yield token(log)


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("e1,installation,Ada County,survay,enter,2026-03-09T09:00:00-05:00,,", "stage", "did you mean survey"),
        (
            "e1,instalation,Ada County,survey,enter,2026-03-09T09:00:00-05:00,,",
            "process",
            "did you mean installation",
        ),
        ("e1,installation,Ada County,survey,enter,2026-03-09T09:00:00,,", "at", "no zone"),
        (
            "e1,installation,Ada County,survey,enter,2026-03-11T09:00:00-05:00,,",
            "at",
            "it is only 2026-03-10 15:00 UTC",
        ),
        ("e1,installation,Ada County,survey,enter,,2026-03-12,", "day", "still to come"),
        ("e1,installation,Ada County,survey,enter,2026-03-09T23:30:00-05:00,2026-03-10,", "day", "shows 2026-03-09"),
        ("e1,installation,Ada County,survey,enter,,,", "at", "nothing says when"),
        ("e1,installation,Ada County,survey,begin,,2026-03-09,", "event", "enter, exit, withdraw or correct"),
        ("e1,installation,Ada County,,enter,,2026-03-09,", "stage", "blank"),
        ("e1,installation,Ada County,survey,correct,,2026-03-09,", "corrects", "names no event"),
        ("e1,installation,Ada County,survey,enter,,2026-03-09,e0", "corrects", "corrects nothing"),
        ('e1,installation,"ROE, JANE",survey,enter,,2026-03-09,', "unit", "name of a person"),
        ("e1,installation,Jane Q Roe,survey,enter,,2026-03-09,", "unit", "name of a person"),
        ("A 123 456 789,installation,Ada County,survey,enter,,2026-03-09,", "event_id", "alien number"),
        ("e1,installation,Ada County 208-555-0100,survey,enter,,2026-03-09,", "unit", "telephone number"),
        (",installation,Ada County,survey,enter,,2026-03-09,", "event_id", "blank"),
    ],
)
def test_a_stage_event_that_cannot_be_so_is_refused_with_its_row_and_column(
    by: Token, row: str, column: str, says: str
) -> None:
    good = "e0,installation,Ada County,survey,enter,,2026-03-08,"
    with pytest.raises(Refusal) as refused:
        events(good, row, by=by)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, column)]
    told = refused.value.faults[0]
    assert says in told.says + told.next_step
    assert told.next_step


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("SEA,2026-03-09,arrests,-1,", "count", "never negative"),
        ("SEA,2026-03-09,arrests,1.5,", "count", "whole number"),
        ("SEA,2026-03-09,arrests,,", "count", "blank"),
        ("SEA,2026-03-12,arrests,1,", "day", "still to come"),
        ("SEA,9.3.2026,arrests,1,", "day", "year-month-day"),
        ("SEE,2026-03-09,arrests,1,", "office", "did you mean SEA"),
        ("SEA,2026-03-09,arests,1,", "measure", "did you mean arrests"),
        ("SEA,2026-03-09,arrests,1,0", "revision", "1 for the first"),
    ],
)
def test_a_count_that_cannot_be_so_is_refused_with_its_row_and_column(
    by: Token, row: str, column: str, says: str
) -> None:
    with pytest.raises(Refusal) as refused:
        counts("DEN,2026-03-09,arrests,3,1", row, by=by)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, column)]
    assert says in refused.value.faults[0].says + refused.value.faults[0].next_step


def test_every_bad_row_is_told_at_once_and_none_is_kept(by: Token) -> None:
    with pytest.raises(Refusal) as refused:
        counts("SEA,2026-03-09,arrests,-1,", "SEA,2026-03-09,removals,2,", "DENN,2026-13-09,arests,x,", by=by)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [
        (2, "count"), (4, "count"), (4, "day"), (4, "measure"), (4, "office"),
    ]  # fmt: skip
    assert "2 of 3 rows" in str(refused.value)


def test_a_day_may_be_over_in_guam_before_it_begins_in_hawaii_and_no_later(by: Token) -> None:
    assert counts("SEA,2026-03-11,arrests,1,1", by=by, now=datetime(2026, 3, 10, 10, tzinfo=UTC)).rows
    with pytest.raises(Refusal, match="still to come"):
        counts("SEA,2026-03-11,arrests,1,1", by=by, now=datetime(2026, 3, 10, 9, tzinfo=UTC))


@pytest.mark.parametrize("column", ["name", "alien_number", "date_of_birth", "remarks"])
def test_a_column_that_no_report_has_is_refused_whatever_it_is(by: Token, column: str) -> None:
    with pytest.raises(Refusal) as refused:
        batch_of("office_counts", f"{COUNTS},{column}", "SEA,2026-03-09,arrests,1,1,x", by=by)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(1, column)]


def test_a_column_that_identifies_people_is_called_that(by: Token) -> None:
    with pytest.raises(Refusal, match="would identify people"):
        batch_of("office_counts", f"{COUNTS},alien_number", "SEA,2026-03-09,arrests,1,1,x", by=by)


def test_what_a_cell_says_of_a_person_is_not_repeated(by: Token) -> None:
    with pytest.raises(Refusal) as refused:
        events('e1,installation,"ROE, JANE",survey,enter,,2026-03-09,', by=by)
    assert "ROE" not in str(refused.value)


def test_a_row_of_json_lines_that_lacks_what_others_have_is_blank_there(by: Token) -> None:
    rows = [
        {"office": "SEA", "day": "2026-03-09", "measure": "arrests", "count": 3},
        {"office": "SEA", "day": "2026-03-09", "measure": "removals"},
    ]
    data = "\n".join(map(json.dumps, rows)).encode()
    with pytest.raises(Refusal, match="row 2, count: the cell is blank"):
        judged(OFFICE_COUNTS, told_in(data, Form.JSON_LINES), by)


def test_one_id_with_two_contents_is_refused_and_one_told_twice_is_not(by: Token) -> None:
    same = counts("SEA,2026-03-09,arrests,1,1", "SEA,2026-03-09,arrests,1,", by=by)
    assert len(same.rows) == 2
    with pytest.raises(Refusal, match="row 2 has the same office, day, measure, revision"):
        counts("SEA,2026-03-09,arrests,1,1", "SEA,2026-03-09,arrests,2,1", by=by)


def test_a_token_reports_for_nothing_that_it_was_not_made_for(tmp_path: Path) -> None:
    with Log.of(tmp_path) as log:
        theirs = token(log, office=("SEA",), measure=("arrests",))
    assert counts("SEA,2026-03-09,arrests,1,1", by=theirs).rows
    for row, column in (("DEN,2026-03-09,arrests,1,1", "office"), ("SEA,2026-03-09,removals,1,1", "measure")):
        with pytest.raises(Refusal) as refused:
            counts(row, by=theirs)
        assert [fault.column for fault in refused.value.faults] == [column]
    with pytest.raises(Refusal, match="does not report for 'installation'"):
        events("e1,installation,Ada County,survey,enter,,2026-03-09,", by=theirs)


def test_the_three_forms_say_the_same(by: Token) -> None:
    row = {"office": "SEA", "day": "2026-03-09", "measure": "arrests", "count": 4, "revision": 1}
    typed = {**row, "day": date(2026, 3, 9), "count": 4.0}
    forms = {
        Form.CSV: "\ufeffoffice,day,measure,count,revision\r\n\r\nSEA,2026-03-09,arrests,4,1\r\n".encode(),
        Form.JSON_LINES: json.dumps(row).encode() + b"\n\n",
        Form.WORKBOOK: one_sheet(list(row), [typed]),
    }
    made = [judged(OFFICE_COUNTS, told_in(data, form), by) for form, data in forms.items()]
    assert made[0].rows[0][1] == made[1].rows[0][1] == made[2].rows[0][1]
    assert len({body_of(OFFICE_COUNTS, [one for _, one in each.rows]) for each in made}) == 1


def test_a_workbook_of_events_is_the_batch_that_its_csv_is(by: Token) -> None:
    columns = EVENTS.split(",")
    cells = ["e1", "installation", "Ada County", "survey", "enter", "", "2026-03-08", ""]
    typed = dict(zip(columns, cells, strict=True)) | {"day": date(2026, 3, 8)}
    from_csv = events(",".join(cells), by=by)
    book = judged(STAGE_EVENTS, told_in(one_sheet(columns, [typed]), Form.WORKBOOK), by)
    assert [row for _, row in book.rows] == [row for _, row in from_csv.rows]


def one_sheet(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    """A workbook as a person keeps one: days are days, and numbers are numbers."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [row[name] for name in columns])
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "form", "says"),
    [
        (b"", Form.CSV, "empty"),
        (b"office,day\n", Form.CSV, "no row"),
        (b"office,day\n\xff,x\n", Form.CSV, "not UTF-8"),
        (b"PK\x03\x04 no workbook", Form.WORKBOOK, ""),
        (b"office\n" + b"SEA\n" * 20_001, Form.CSV, "20,001 rows"),
    ],
)
def test_what_is_no_batch_at_all_says_so(data: bytes, form: Form, says: str) -> None:
    with pytest.raises(ReleaseError) as refused:
        told_in(data, form)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("data", "form", "told"),
    [
        (b"office,day\nSEA\nDEN,x\n", Form.CSV, {2: "1 cells, and there are 2 columns"}),
        (b'office,day\nSEA,x\n"DEN,2026\n', Form.CSV, {3: "from here on this cannot be taken apart"}),
        (b'[1]\n{"office": "SEA"}\n{', Form.JSON_LINES, {1: "not a JSON object", 3: "not JSON"}),
        (b'{"office": {"a": 1}}\n{"day": true}\n', Form.JSON_LINES, {1: "not a single text", 2: "not a single text"}),
        (b'{"office": "SEA", "office": "DEN"}\n', Form.JSON_LINES, {1: "stands twice"}),
    ],
)
def test_a_line_that_is_no_row_is_told_beside_the_others(data: bytes, form: Form, told: dict[int, str]) -> None:
    found = told_in(data, form)
    assert {fault.row: says in fault.says for fault in found.faults for says in [told[fault.row]]} == dict.fromkeys(
        told, True
    )
    assert found.came.rows == len(found.rows) + len(told)


_CELL = st.text(max_size=12) | st.sampled_from(["SEA", "2026-03-09", "arrests", "4", "1", "enter", "e1", "survey"])


@given(st.binary(max_size=300), st.sampled_from(list(Form)))
def test_any_bytes_are_a_batch_or_an_error_that_says_what_and_what_next(data: bytes, form: Form) -> None:
    with suppress(TallystickError):
        told = told_in(data, form)
        assert told.rows or told.faults


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(EVENTS.split(","), _CELL)), min_size=1, max_size=4))
def test_any_rows_are_accepted_as_they_stand_or_refused_with_a_row_and_a_column(rows: list[dict[str, str]]) -> None:
    data = "\n".join(map(json.dumps, rows)).encode()
    anyone = Token("0", "An invented office", {"process": ("*",)}, NOW)
    made, refused = None, None
    try:
        made = judged(STAGE_EVENTS, told_in(data, Form.JSON_LINES), anyone)
    except Refusal as error:
        refused = error
    if made is not None:
        assert len(body_of(STAGE_EVENTS, [row for _, row in made.rows]).splitlines()) == 1 + len(rows)
    for fault in refused.faults if refused else ():
        assert fault.row <= len(rows)
        assert fault.column in STAGE_EVENTS.names
        assert fault.says
        assert fault.next_step
    assert made or (refused and refused.faults)


@given(st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2199, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_an_instant_keeps_its_clock_and_its_zone(clock: datetime, minutes: int) -> None:
    told = clock.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    kept = datetime.fromisoformat(instant(told.isoformat()))
    assert (kept, kept.replace(tzinfo=None)) == (told, clock)


@given(st.integers())
def test_a_count_is_a_whole_number_of_at_least_zero_and_nothing_else(number: int) -> None:
    if 0 <= number < 10**9:
        assert int(count(str(number))) == number
    else:
        with pytest.raises(ValueError, match=r"count|number"):
            count(str(number))


def test_each_kind_is_told_by_its_columns() -> None:
    assert set(KINDS) == {"stage_events", "office_counts", "training"}
    assert TRAINING.scopes == ("agency", "measure")


DESCRIBED = f"{EVENTS},state,model,size,owner"
ENTERS = "e1,installation,Ada County,survey,enter,,2026-03-09,,"


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ("FX,,,", "state", "there is no state 'FX'"),
        (",,a few,", "size", "write how many officers there are"),
        (",,-3,", "size", "write how many officers there are"),
        (",,0,", "size", "leave it blank where it is not known"),
        (',,,"ROE, JANE"', "owner", "name of a person"),
    ],
)
def test_what_a_unit_cannot_be_is_refused_with_its_row_and_column(
    cells: str, column: str, says: str, by: Token
) -> None:
    with pytest.raises(Refusal) as refused:
        batch_of("stage_events", DESCRIBED, ENTERS + cells, by=by)
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (2, column)
    assert says in f"{fault.says}; {fault.next_step}"


def test_a_unit_is_described_alike_in_the_three_forms(by: Token) -> None:
    cells = ["e1", "installation", "Ada County", "survey", "enter", "", "2026-03-09", "", "FL", "Jail", "12", "IT"]
    row: dict[str, object] = dict(zip(DESCRIBED.split(","), cells, strict=True))
    forms = {
        Form.CSV: f"{DESCRIBED}\n{','.join(cells)}\n".encode(),
        Form.JSON_LINES: json.dumps(row | {"size": 12}).encode(),
        Form.WORKBOOK: one_sheet(list(row), [row | {"size": 12, "day": date(2026, 3, 9)}]),
    }
    made = [judged(STAGE_EVENTS, told_in(data, form), by).rows[0][1] for form, data in forms.items()]
    assert made[0] == made[1] == made[2] == row


def test_a_row_that_describes_no_unit_is_the_row_that_it_was_before_units_could_be(by: Token) -> None:
    (_, before), (_, blank), (_, said) = (
        batch_of("stage_events", header, row, by=by).rows[0]
        for header, row in ((EVENTS, ENTERS[:-1]), (DESCRIBED, ENTERS + ",,,"), (DESCRIBED, ENTERS + "FL,,,"))
    )
    old = hashlib.sha256("\x1f".join(before[name] for name in EVENTS.split(",")).encode()).digest()[:16]
    assert STAGE_EVENTS.digest(before) == STAGE_EVENTS.digest(blank) == old
    assert STAGE_EVENTS.digest(said) != old
