"""Lists beside the other lists of their day, their own keys before, and the registers of names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.checks.dossier import Dossier, Held, Row, Rows
from tallystick.checks.judge import judge_whole
from tallystick.nouns.expected import Excludes, LookedUp
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Cadence, Column, Dated, Expect, Publication, Releases, Source, Type

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
    rows: Rows, others: Mapping[str, Held] | None = None, before: Rows = (), name: str = "list_10172025.xlsx"
) -> dict[str, Finding]:
    note = Dated(sha256="corrected.xlsx", because="a slip", as_of=DAY)
    source = Source(
        title="Made", publisher="Made", licence="none", citation="none", cadence=Cadence.WEEKLY,
        publishes={OWN: TOLD}, id="made",
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
