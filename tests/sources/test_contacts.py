"""What is withheld of a free text: people, their numbers and addresses, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.nouns.finding import Severity
from tallystick.sources.contacts import without_contacts
from tests.sources.readings import SOURCE, Line, finding, kinds, lines

ROW = "k1,070,2025-01-02,10.50,ACME LLC,ABC123DEF456,"


def masked(text: str) -> str:
    with DuckDB() as engine:
        return str(engine.run(f"SELECT {without_contacts(quoted(text))}").fetchall()[0][0])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("RADIOS. COR: JANE Q ROE, 202-555-0100", "RADIOS. COR: (withheld)"),
        ("VESTS ACOR JANE ROE, JANE.ROE@EXAMPLE.GOV, (202) 555-0100. BOOTS", "VESTS ACOR (withheld). BOOTS"),
        ("SEND TO JANE.ROE@EXAMPLE.GOV AND JOHN_DOE@EXAMPLE.COM", "SEND TO (withheld) AND (withheld)"),
        ("CHANGE THE COR FROM JANE ROE TO XIOMARA DOE.", "CHANGE THE COR FROM (withheld) TO (withheld)."),
        ("CHANGE COR TO ROE", "CHANGE COR TO (withheld)"),
        ("TO APPOINT JANE ROE AS COR AND REMOVE JOHN DOE", "TO APPOINT (withheld) AS COR AND REMOVE (withheld)"),
        ("MR. DOE HAS TAKEN OVER FROM MS. ROE.", "MR. (withheld) HAS TAKEN OVER FROM MS. (withheld)."),
        ("ATTN: JANE ROE- 440 SOME RD", "ATTN: (withheld) 440 SOME RD"),
        ("C/O  JANE ROE / JOHN DOE 6760 SOME AVENUE", "C/O  (withheld) 6760 SOME AVENUE"),
        ("EXPERT WITNESS SERVICES - JANE C. ROE", "EXPERT WITNESS SERVICES - (withheld)"),
        ("CALL 800.555.0100 OR 1-800-555-0101 EXT 22", "CALL (withheld) OR (withheld)"),
        ("POC: JANE ROE: 202 555-0100 & JOHN DOE 202 555-0101", "POC: (withheld)"),
        ("ACOR: JANE ROE, JANE.RO", "ACOR: (withheld)"),
    ],
)  # fmt: skip
def test_names_numbers_and_addresses_of_contacts_are_withheld(text: str, says: str) -> None:
    assert masked(text) == says


@pytest.mark.parametrize(
    "text",
    [
        "COR CHANGE", "CHANGE COR AND EXTEND POP TO 9/30/2025", "UPDATE INVOICING POINTS OF CONTACT (POCS).",
        "CONTRACT 70CMSW25FR0000151, HSCEMS-13-D-00001", "NSN 7110-000-0082-6112 DUNS 191067664",
        "CASES: 530 @ 200 ROUNDS PER CASE, $219.10", "PERIOD 2024-09-30 TO 2025-09-30", "NAICS 332994 PSC 1005",
        "PORT ISABEL DETENTION CENTER", "OFFICE OF THE CHIEF FINANCIAL OFFICER", "MS TEAMS", "AURORA, CO. BEDS",
        "CHANGE THE CONTRACTING OFFICER'S REPRESENTATIVE (COR), AND REVISE THE SOW", "PARAGON SYSTEMS INC", "",
    ],
)  # fmt: skip
def test_numbers_dates_places_and_offices_stay(text: str) -> None:
    assert masked(text) == text


@given(st.from_regex(r"[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}", fullmatch=True), st.sampled_from(["", "CALL ", "AT: "]))
@settings(max_examples=10, deadline=None)
def test_a_telephone_number_is_withheld_wherever_it_stands(number: str, before: str) -> None:
    assert masked(f"{before}{number} TODAY") == f"{before}(withheld) TODAY"


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;()/'&-@", max_size=60))
@settings(max_examples=15, deadline=None)
def test_masking_a_masked_text_changes_nothing_more_than_it_withholds(text: str) -> None:
    once = masked(text)
    assert "\x01" not in once
    assert "\x02" not in once
    assert once == text or "(withheld)" in once


def test_a_release_says_how_many_cells_were_withheld_and_not_what_they_said(tmp_path: Path) -> None:
    source = SOURCE.replace("    drop: {{free text nobody may read: [remark]}}", "").replace(
        "      recipient_uei:", "      remark: {{mask: contacts}}\n      recipient_uei:"
    )
    line = Line(tmp_path, source=source)
    published = line.add(
        lines(ROW + "COR: JANE ROE 202-555-0100", 'k2,070,2025-01-03,9.00,"DOE, JANE Q",XYZ123DEF456,BOOTS')
    )
    assert line.rows(published, "remark, recipient_name") == [
        ("COR: (withheld)", "ACME LLC"),
        ("BOOTS", "(withheld)"),
    ]
    note = finding(published, "withheld_cell")
    assert (note.severity, note.count) == (Severity.NOTE, 3)
    assert {row["column"]: row["cells"] for row in note.evidence} == {
        "remark": 1, "recipient_name": 1, "recipient_uei": 1,
    }  # fmt: skip
    assert "ROE" not in repr(note)


def test_a_text_that_repeats_the_name_of_the_person_the_row_is_about_is_withheld_whole(tmp_path: Path) -> None:
    source = SOURCE.replace("    drop: {{free text nobody may read: [remark]}}", "").replace(
        "      recipient_uei:", "      remark: {{mask: contacts}}\n      recipient_uei:"
    )
    line = Line(tmp_path, source=source)
    published = line.add(
        lines(
            'k1,070,2025-01-03,9.00,"ROEMER, JANE Q",XYZ123DEF456,WITNESS / J. ROEMER',
            'k2,070,2025-01-03,9.00,"ROEMER, JANE Q",XYZ123DEF456,BOATHOUSE LEASE',
            "k3,070,2025-01-03,9.00,ROEMER LLC,XYZ123DEF457,BOOTS OF ROEMER",
        )
    )
    assert line.rows(published, "remark") == [("(withheld)",), ("BOATHOUSE LEASE",), ("BOOTS OF ROEMER",)]


def test_a_release_with_nothing_withheld_has_no_such_note(tmp_path: Path) -> None:
    line = Line(tmp_path)
    assert "withheld_cell" not in kinds(line.add(lines(ROW + "none")))
