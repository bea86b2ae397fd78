"""Codes and descriptions that changed places or partners."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tallystick.checks.pairs import crossed_pair, rematched_pair
from tallystick.checks.profile import profiles
from tallystick.checks.subject import Subject
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Column, Expect, Pair, Publication

TOLD = Publication(
    grain="one action",
    columns={"psc_code": Column(), "psc_name": Column()},
    expect=Expect(pairs=[Pair(code="psc_code", name="psc_name")]),
)
RIGHT = [("R425", "ENGINEERING SUPPORT"), ("S206", "GUARD SERVICES"), ("1305", "AMMUNITION, THROUGH 30MM")] * 40


def subject(folder: Path, name: str, rows: list[tuple[str, str]], told: Publication = TOLD) -> Subject:
    engine, path = DuckDB(), folder / f"{name}.parquet"
    values = ", ".join(f"('7012/FY2024', 'm', {i}, '{code}', '{text}')" for i, (code, text) in enumerate(rows))
    engine.write(f"SELECT * FROM (VALUES {values}) t(scope, member, source_row, psc_code, psc_name)", path)
    release = Release(Provenance("s", name, as_of=date(2025, 1, 1)), name, 1, datetime(2025, 1, 1, tzinfo=UTC))
    return Subject(release, "t", told, "scope", path, profiles(engine, path, told), engine)


def test_a_description_in_the_codes_place_is_found(tmp_path: Path) -> None:
    (found,) = crossed_pair(subject(tmp_path, "a", [*RIGHT, *[(name, code) for code, name in RIGHT[:2]]]))
    assert (found.severity, found.count, found.scope) == (Severity.SEVERE, 2, "7012/FY2024")


def test_codes_that_take_over_another_codes_description_are_found(tmp_path: Path) -> None:
    slid = [("R425", "GUARD SERVICES"), ("S206", "ENGINEERING SUPPORT"), *RIGHT[2:]]
    before, now = subject(tmp_path, "a", RIGHT), subject(tmp_path, "b", slid)
    (found,) = rematched_pair(now, before, ("7012/FY2024",))
    assert (found.severity, found.count) == (Severity.SEVERE, 2)
    assert "was the name of" in found.says


@pytest.mark.parametrize(
    "rows", [RIGHT, [("R425", "ENGINEERING AND TECHNICAL SUPPORT"), *RIGHT], [*RIGHT, ("9999", "GUARD SERVICES")]]
)
def test_words_put_anew_and_new_codes_are_no_swap(rows: list[tuple[str, str]], tmp_path: Path) -> None:
    before, now = subject(tmp_path, "a", RIGHT), subject(tmp_path, "b", rows)
    assert not list(crossed_pair(now))
    assert not list(rematched_pair(now, before, ("7012/FY2024",)))
