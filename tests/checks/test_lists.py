"""Lists beside the other lists of their day, their own keys before, and the registers of names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tallystick.checks.dossier import Dossier, Held, Row, Rows
from tallystick.checks.judge import judge_whole
from tallystick.nouns.expected import Excludes, Kinds, LookedUp
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import (
    Cadence,
    Column,
    Dated,
    Expect,
    Publication,
    Releases,
    RowCount,
    Source,
    Type,
)

OWN, OTHER, REGISTER = "made_waiting", "made_signed", "made_counties"
DAY = date(2025, 10, 17)
TOLD = Publication(
    grain="one request",
    key=["state", "agency"],
    columns={"state": Column(), "agency": Column(), "county": Column(), "signed": Column(type=Type.DATE)},
    expect=Expect(
        past=["signed"],
        lasting=["signed"],
        excludes=[Excludes(table=OTHER, key=["state", "agency"])],
        looked_up=[LookedUp(column="county", list=REGISTER, name="county", within={"state": "state"})],
    ),
)
COUNTIES = ("Franklin County", "Pope County", "St. Lucie County", "Lake County", "Walton County", "Salt County")


def _release(name: str, day: date = DAY) -> Release:
    return Release(Provenance("made", name, as_of=day), name, 1, datetime(2026, 1, 1, tzinfo=UTC))


def _rows(count: int, **of_all: object) -> Rows:
    made = ({"scope": "all", "state": "OHIO", "agency": f"Office {n} of the sheriff", "county": COUNTIES[n % 6],
             "signed": date(2025, 3, 1), "source_row": n + 2} for n in range(count))  # fmt: skip
    return tuple({**row, **of_all} for row in made)


REGISTERED: Held = (_release("counties.csv"), tuple({"state": "Ohio", "county": name} for name in COUNTIES))


def _found(
    rows: Rows,
    others: Mapping[str, Held] | None = None,
    before: Rows = (),
    name: str = "list_10172025.xlsx",
    expect: Expect = TOLD.expect,
) -> dict[str, Finding]:
    note = Dated(sha256="corrected.xlsx", because="a slip", as_of=DAY)
    source = Source(
        title="Made", publisher="Made", licence="none", citation="none", cadence=Cadence.WEEKLY,
        publishes={OWN: structs.replace(TOLD, expect=expect)}, id="made",
        releases=Releases(match=[r"list_(?P<month>\d\d)(?P<day>\d\d)(?P<year>\d{4})\.xlsx"], dated=[note]),
    )  # fmt: skip
    last = {(OWN, "all"): (_release("before.xlsx"), before)} if before else {}
    held = {REGISTER: REGISTERED, **(others or {})}
    return {f.kind: f for f in judge_whole(Dossier(_release(name), source, {OWN: rows}, {}, held, last))}


def _with(rows: Rows, place: int, **cells: object) -> Rows:
    return tuple({**row, **cells} if n == place else row for n, row in enumerate(rows))


def test_an_ordinary_list_gives_no_finding() -> None:
    assert _found(_rows(40), {OTHER: (_release("signed.xlsx"), ())}, _rows(38)) == {}


@pytest.mark.parametrize(("both", "severity"), [(1, Severity.NOTE), (9, Severity.NOTE), (10, Severity.WARNING)])
def test_a_key_in_two_lists_that_exclude_each_other_is_told_with_both_rows(both: int, severity: Severity) -> None:
    signed = (_release("signed.xlsx"), _rows(both, county="elsewhere"))
    found = _found(_rows(40), {OTHER: signed}, _rows(40))["already_listed"]
    assert (found.count, found.severity) == (both, severity)
    assert found.evidence[0]["row"] == 2


def test_another_list_under_this_ones_name_is_severe() -> None:
    signed = (_release("signed.xlsx"), _rows(40))
    before = tuple({**row, "agency": f"Other {row['agency']}"} for row in _rows(30))
    assert _found(_rows(40), {OTHER: signed}, before)["list_of_another"].severity is Severity.SEVERE


@given(year=st.sampled_from([1, 1025, 1925, 2052, 5025, 9999]))
def test_a_year_far_off_is_a_warning_with_its_row(year: int) -> None:
    found = _found(_with(_rows(20), 7, signed=date(year, 7, 7)))
    assert found["impossible_date"].evidence[0]["row"] == 9
    assert "name_contradicts" not in found


def test_one_day_to_come_is_a_warning_and_many_mean_that_the_name_is_wrong() -> None:
    later = date(2025, 11, 3)
    assert _found(_with(_rows(20), 7, signed=later))["future_date"].severity is Severity.WARNING
    wrong = _found(_rows(20, signed=later))["name_contradicts"]
    assert (wrong.severity, wrong.scope) == (Severity.SEVERE, None)


def test_a_name_that_somebody_corrected_is_a_warning_with_the_reason() -> None:
    found = _found(_rows(20), name="list_10172024.xlsx")["name_contradicts"]
    assert found.severity is Severity.WARNING
    assert "2024-10-17" in found.says


@given(st.sampled_from(COUNTIES), st.data())
def test_a_county_with_a_letter_lost_is_near_to_its_own_name(county: str, data: st.DataObject) -> None:
    lost = data.draw(st.integers(1, len(county) - 1).filter(lambda n: county[n] not in " ." and county[n - 1] != "."))
    wrong = county[:lost] + county[lost + 1 :]
    found = _found(_with(_rows(12), 3, county=wrong)).get("misspelt")
    assert found is not None
    assert found.evidence[0]["county"] == wrong


@pytest.mark.parametrize(
    "same", ["franklin county", "Franklin", "Saint Lucie County", "St Lucie", "Franklin  County"]
)
def test_a_county_written_another_way_is_not_misspelt(same: str) -> None:
    assert "misspelt" not in _found(_with(_rows(12), 3, county=same))


def test_a_date_that_another_release_told_otherwise_is_a_note_and_of_many_a_warning() -> None:
    changed = _with(_rows(40), 3, signed=date(2025, 3, 2))
    assert _found(changed, before=_rows(40))["revised_value"].severity is Severity.NOTE
    assert _found(_rows(40, signed=date(2025, 3, 2)), before=_rows(40))["revised_value"].severity is Severity.WARNING


def test_one_key_with_two_dates_in_one_list_is_told() -> None:
    twice: Row = {**_rows(1)[0], "signed": date(2025, 4, 1), "source_row": 99}
    assert _found((*_rows(20), twice))["several_values"].count == 1


@pytest.mark.parametrize(
    "damaged", ["Waria-labelon County", "Lake&nbsp;County", "Ca\u00c3\u00b1on County", "<b>Lake"]
)
def test_markup_and_bytes_read_wrongly_are_told_with_their_row(damaged: str) -> None:
    found = _found(_with(_rows(12), 3, agency=damaged))["corrupted_text"]
    assert found.evidence[0] == {"table": OWN, "row": 5, "column": "agency", "says": damaged}


def test_a_part_exchanged_in_many_words_is_told() -> None:
    spoilt = tuple({**row, "agency": row["agency"].replace("ffi", "button")} for row in _rows(12))
    assert "corrupted_text" in _found(spoilt, before=_rows(12))


def _kinds(rows: Rows, *words: str) -> Rows:
    return tuple({**row, "model": words[n % len(words)]} for n, row in enumerate(rows))


KINDS = Expect(kinds=[Kinds(column="model", known=["Jail", "Task Force"])])


def test_a_kind_renamed_is_told_as_unknown_and_as_gone() -> None:
    before = _kinds(_rows(60), "Jail Model", "Task Force Model")
    found = _found(_kinds(_rows(60), "Jail Model", "Street Patrol Model"), before=before, expect=KINDS)
    assert (found["unknown_category"].severity, found["unknown_category"].count) == (Severity.SEVERE, 30)
    assert (found["category_gone"].severity, found["category_gone"].count) == (Severity.SEVERE, 30)


def test_a_kind_whose_rows_are_lost_is_severe_and_in_a_list_that_may_empty_is_not() -> None:
    before, rows = _kinds(_rows(60), "Jail Model", "Task Force Model"), _kinds(_rows(60), "Jail Model")
    assert _found(rows, before=before, expect=KINDS)["category_gone"].severity is Severity.SEVERE
    empties = Expect(kinds=KINDS.kinds, rows=RowCount(falls=1))
    assert "category_gone" not in _found(rows, before=before, expect=empties)


def test_a_kind_written_another_way_or_little_used_is_let_be() -> None:
    before = _kinds(_rows(60), "Jail Model", "Task Force Model")
    rows = _kinds(_rows(60), "jail  office", "TASK FORCE MODEL")
    assert _found(rows, before=before, expect=KINDS) == {}
    one = tuple({**row, "model": "Else"} if n == 7 else row for n, row in enumerate(rows))
    assert _found(one, before=before, expect=KINDS)["unknown_category"].severity is Severity.WARNING


@given(st.sampled_from([-1, 1]), st.integers(40, 90))
def test_a_column_that_slid_by_a_row_is_severe_with_what_was_said_before(step: int, count: int) -> None:
    rows = _rows(count)
    slid = tuple(
        {**row, "county": rows[(n + step) % count]["county"], "sheet_row": n + 2} for n, row in enumerate(rows)
    )
    found = _found(slid, before=rows)["shifted_column"]
    assert (found.severity, found.scope) == (Severity.SEVERE, "all")
    assert found.evidence[0]["county"] != found.evidence[0]["was"]


def test_a_column_that_slid_is_seen_at_the_borders_of_states_without_a_list_before() -> None:
    states = [f"State {n}" for n in range(12)]
    register = tuple({"state": state, "county": f"{state} {name}"} for state in states for name in COUNTIES)
    rows = tuple({**row, "agency": f"{row['state']} office {n}"} for n, row in enumerate(register))
    slid = tuple({**row, "county": rows[max(n - 1, 0)]["county"]} for n, row in enumerate(rows))
    others = {REGISTER: (_release("counties.csv"), register)}
    assert "shifted_column" not in _found(_placed(rows), others)
    found = _found(_placed(slid), others)["shifted_column"]
    assert (found.severity, found.count) == (Severity.SEVERE, 11)


@pytest.mark.parametrize(("again", "is_told"), [(4, False), (5, True), (30, True)])
def test_a_block_of_rows_pasted_again_is_severe(again: int, is_told: bool) -> None:
    rows = _rows(60)
    pasted = tuple({**row, "county": None, "source_row": n + 100} for n, row in enumerate(rows[:again]))
    found = _found((*rows, *pasted), before=rows)
    assert ("doubled_rows" in found) is is_told
    if is_told:
        told = found["doubled_rows"]
        assert (told.severity, told.scope, told.count) == (Severity.SEVERE, "all", again)
        assert (told.evidence[0]["row"], told.evidence[0]["again"]) == (2, 100)


def test_rows_that_came_again_before_too_or_contradict_one_another_are_not_doubled() -> None:
    rows = _rows(60)
    assert "doubled_rows" not in _found((*rows, *rows[:20]), before=(*rows, *rows[:18]))
    renewed = tuple({**row, "signed": date(2025, 5, 5)} for row in rows[:20])
    assert "doubled_rows" not in _found((*rows, *renewed), before=rows)


def test_words_corrected_here_and_there_did_not_slide() -> None:
    rows = _rows(60)
    mended = tuple({**row, "county": "Lake County"} if n % 3 == 0 else row for n, row in enumerate(rows))
    assert "shifted_column" not in _found(mended, before=rows)


def test_a_list_put_out_under_the_name_of_one_that_does_not_exclude_it_is_severe() -> None:
    unlike = Expect(unlike=[Excludes(table=OTHER, key=["state", "agency"])])
    waiting = tuple({**row, "agency": f"Waiting {row['agency']}"} for row in _rows(30))
    others = {OTHER: (_release("waiting.xlsx"), waiting)}
    assert _found(waiting, others, _rows(90), expect=unlike)["list_of_another"].severity is Severity.SEVERE
    assert _found((*_rows(90), *waiting), others, _rows(90), expect=unlike) == {}


def _placed(rows: Rows) -> Rows:
    return tuple(
        {"scope": "all", "signed": date(2025, 3, 1), "source_row": n + 2, **row} for n, row in enumerate(rows)
    )
