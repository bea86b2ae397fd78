"""Which recipients are taken for natural persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.nouns.source import WITHHELD
from tallystick.sources.persons import looks_like_a_person
from tests.sources.readings import ROW, Line, lines


def is_person(name: str) -> bool:
    with DuckDB() as engine:
        return bool(engine.run(f"SELECT {looks_like_a_person(quoted(name))}").fetchall()[0][0])


@pytest.mark.parametrize(
    "name",
    [
        "DOE, JANE", "DOE, JANE Q", "JANE Q DOE", "Doe Jane", "JANE DOE JR.", "GEAR, JOHN W", "XIOMARA ROE DOE",
        "VIRGINIA ROE", "ROE JANE Q PHD", "JANE Q ROE ATTORNEY AT LAW", "JANE ROE DBA ROE KENNELS", "ROE XIOMARA",
    ],
)  # fmt: skip
def test_a_name_with_no_word_of_an_organisation_is_a_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "PALANTIR TECHNOLOGIES INC.", "CLEARVIEW AI", "QUANTICO TACTICAL", "SNAP, INC", "ESCONDIDO, CITY OF",
        "J.D. POWER", "DELL MARKETING L.P.", "BRINK'S, INCORPORATED", "PARAGON SYSTEMS", "JOHN DEERE COMPANY", "",
        "DOUGLAS CNTY BD COMMISSIONERS", "STATE POLICE, VIRGINIA", "PUBLIC SAFETY ARIZONA", "SCC DEH", "AARDVARK",
    ],
)  # fmt: skip
def test_an_organisations_name_is_not_a_persons(name: str) -> None:
    assert not is_person(name)


def test_a_persons_name_and_identifiers_are_withheld_and_the_amount_stays(tmp_path: Path) -> None:
    line = Line(tmp_path)
    published = line.add(
        lines(ROW, 'k2,070,2025-01-03,9.00,"DOE, JANE Q",XYZ123DEF456,', "k3,070,2025-01-03,1,ACME LLC,,")
    )
    assert line.rows(published, "recipient_name, recipient_uei, amount_usd::VARCHAR") == [
        ("ACME LLC", "ABC123DEF456", "10.50"),
        (WITHHELD, WITHHELD, "9.00"),
        ("ACME LLC", None, "1.00"),
    ]


def test_a_row_that_says_it_is_a_sole_proprietors_is_withheld(tmp_path: Path) -> None:
    line = Line(tmp_path, more="    persons: {remark: [sole]}")
    published = line.add(lines(ROW, "k2,070,2025-01-03,9.00,BRIGHT SIGNS,XYZ123DEF456,sole"))
    assert line.rows(published, "recipient_name, recipient_uei")[1] == (WITHHELD, WITHHELD)


def test_an_organisation_known_by_its_source_is_not_withheld_whatever_its_name_looks_like(tmp_path: Path) -> None:
    line = Line(tmp_path, more="    organisations: {payee: [BRIGHT SIGNAL]}")
    published = line.add(
        lines(
            ROW,
            "k2,070,2025-01-03,9.00,BRIGHT SIGNAL,XYZ123DEF456,",
            "k3,070,2025-01-03,9.00,BRIGHT ROE,XYZ123DEF457,",
        )
    )
    assert line.rows(published, "recipient_name")[1:] == [("BRIGHT SIGNAL",), (WITHHELD,)]


def test_withheld_is_not_blank(tmp_path: Path) -> None:
    line = Line(tmp_path)
    published = line.add(lines(ROW, "k2,070,2025-01-03,9.00,JANE Q ROE,,", "k3,070,2025-01-03,9.00,,XYZ123DEF457,"))
    assert line.rows(published, "recipient_name, recipient_uei")[1:] == [(WITHHELD, None), (None, "XYZ123DEF457")]
