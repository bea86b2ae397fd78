"""Notices under the Privacy Act, from whole issues of the Federal Register and from its list of documents."""

from __future__ import annotations

import html
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from tallystick.catalog import Catalog
from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tallystick.sources.read import reader

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "Nd"]), min_size=1, max_size=12)


def notice(number: str, subject: str, action: str = "", dates: str = "", rest: str = "") -> str:
    told = [html.escape(text) for text in (subject, action, dates)]
    return (
        f"<NOTICE><PREAMB><AGENCY>HARBOURS</AGENCY><SUBJECT>{told[0]}</SUBJECT>"
        f"<ACT><HD>ACTION:</HD><P>{told[1]}</P></ACT><DATES><HD>DATES:</HD><P>{told[2]}</P></DATES>"
        "<FURINF><HD>CONTACT:</HD><P>Jane Roe, jane@example.gov</P></FURINF></PREAMB>"
        f"<SUPLINF>{rest}<SIG><NAME>Jane Roe,</NAME></SIG></SUPLINF>"
        f"<FRDOC>[FR Doc. {number} Filed 1-31-25; 8:45 am]</FRDOC></NOTICE>"
    )


def issue(*notices: str) -> str:
    return (
        "<FEDREG><VOL>90</VOL><DATE>Monday, February 3, 2025</DATE><RULES><RULE/><PRTPAGE P='7'/></RULES>"
        f"<NOTICES>{''.join(notices)}</NOTICES></FEDREG>"
    )


def rows_of(catalog: Catalog, folder: Path, text: str, source: str = "federal_register_notices") -> list[Any]:
    read = reader(catalog.source(source))
    assert read is not None
    path = folder / ("FR-2025-02-03.xml" if source.endswith("notices") else "documents.json")
    path.write_text(text, encoding="utf-8")
    made = read(Member(path.name, path))
    assert made is not None
    return list(made)


SYSTEM = "Privacy Act of 1974; System of Records"


def test_of_a_whole_issue_the_notices_under_the_privacy_act_are_read(catalog: Catalog, tmp_path: Path) -> None:
    notices = [notice("2025-00001", "Sunshine Act"), notice("2025-00002", SYSTEM), "<PRTPAGE P='9'/>"]
    rows = rows_of(catalog, tmp_path, issue(*notices, notice("2025-00003", "Privacy Act of 1974; Matching Program")))
    assert [(row["document_number"], row["citation"]) for row in rows] == [
        ("2025-00002", "90 FR 7"),
        ("2025-00003", "90 FR 9"),
    ]
    assert {row["publication_date"] for row in rows} == {date(2025, 2, 3)}
    assert "Roe" not in repr(rows)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("Comments are due on or before March 5, 2025.", date(2025, 3, 5)),
        ("Comments are due 30 days after date of publication.", date(2025, 3, 5)),
        ("Comments are due thirty (30) days after publication in the Register.", date(2025, 3, 5)),
        ("Comments are due thirty days from the date of publication.", date(2025, 3, 5)),
        ("Comments are due by February 30, 2025.", None),
        ("Comments may be sent.", None),
    ],
)
def test_when_comments_are_due_is_a_stated_day_or_so_many_days_from_publication(
    catalog: Catalog, tmp_path: Path, said: str, due: date | None
) -> None:
    (row,) = rows_of(catalog, tmp_path, issue(notice("2025-00001", SYSTEM, dates=said)))
    assert (row["comments_said"], row["comments_due_date"]) == (said, due)


def test_of_two_days_of_taking_effect_the_later_counts_where_the_notice_says_so(
    catalog: Catalog, tmp_path: Path
) -> None:
    said = "It is applicable on March 1, 2025, or 30 days after publication, whichever is later."
    (row,) = rows_of(catalog, tmp_path, issue(notice("2025-00001", SYSTEM, dates=said)))
    assert row["effective_not_before_date"] == date(2025, 3, 5)


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        (
            "Department of Harbours (DHS)/U.S. Immigration and Customs Enforcement (ICE)\u2013008 Search",
            "DHS/ICE-008",
        ),
        ("DHS/ALL\u2013037 E-Authentication", "DHS/ALL-037"),
        ("Treasury/IRS 24.030, and 60\u20130058 as published at 87 FR 263", "Treasury/IRS 24.030 | 60-0058"),
        ("Dues (FERC 22) of 5 CFR 735, Washington, DC 20426\u20130001", "FERC 22"),
    ],
)
def test_numbers_of_systems_are_told_from_citations(
    catalog: Catalog, tmp_path: Path, said: str, numbers: str
) -> None:
    rest = f"<PRIACT><HD>SYSTEM NAME AND NUMBER:</HD><P>{said}</P><HD>SECURITY</HD><P>XX 1</P></PRIACT>"
    (row,) = rows_of(catalog, tmp_path, issue(notice("2025-00001", SYSTEM, rest=rest)))
    assert row["systems"] == numbers


def test_a_document_that_is_no_issue_is_refused(catalog: Catalog, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="it begins with <html>"):
        rows_of(catalog, tmp_path, "<html><body>Service unavailable</body></html>")


def test_a_notice_without_its_number_is_refused(catalog: Catalog, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="has no document number"):
        rows_of(catalog, tmp_path, issue(notice("", SYSTEM)))


@tried(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(st.sampled_from([SYSTEM, "Sunshine Act Meetings"]), WORDS, st.integers(1, 400)), max_size=6
    )
)
def test_each_notice_about_records_gives_one_row_and_no_other_does(
    catalog: Catalog, tmp_path: Path, told: list[tuple[str, str, int]]
) -> None:
    made = [
        notice(f"2025-{place:05}", subject, f"Notice {word}.", f"Comments are due {days} days after publication.")
        for place, (subject, word, days) in enumerate(told)
    ]
    rows = rows_of(catalog, tmp_path, issue(*made))
    wanted = [(f"2025-{n:05}", days) for n, (subject, _, days) in enumerate(told) if subject == SYSTEM]
    assert [(row["document_number"], row["comments_due_date"]) for row in rows] == [
        (number, date(2025, 2, 3) + timedelta(days=days)) for number, days in wanted
    ]


@pytest.mark.parametrize("at", range(1, 20, 3))
def test_an_issue_that_is_cut_off_anywhere_is_refused(catalog: Catalog, tmp_path: Path, at: int) -> None:
    text = issue(notice("2025-00001", SYSTEM))
    with pytest.raises(ReleaseError, match="cannot be taken apart"):
        rows_of(catalog, tmp_path, text[: len(text) * at // 20])


def listed(**changes: object) -> dict[str, object]:
    return {
        "document_number": "2025-00001",
        "type": "Notice",
        "agencies": [{"name": "Harbours", "slug": "harbours", "parent_id": None}],
        **changes,
    }


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("<html>", "this is no JSON"),
        ('{"errors": {"per_page": "is too large"}}', "has no list 'results'"),
        (json.dumps({"count": 2, "results": [listed()]}), "counts 2 documents and holds 1"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused(catalog: Catalog, tmp_path: Path, answer: str, says: str) -> None:
    with pytest.raises(ReleaseError, match=says):
        rows_of(catalog, tmp_path, answer, "federal_register_documents")


def test_agencies_of_a_department_are_told_from_it(catalog: Catalog, tmp_path: Path) -> None:
    agencies = [
        {"raw_name": "HARBOURS", "name": "Harbours", "slug": "harbours", "parent_id": None},
        {"raw_name": "Lights", "name": "Lights", "slug": "lights", "parent_id": 1},
        {"raw_name": "OFFICE OF NOBODY"},
    ]
    answer = json.dumps({"count": 1, "results": [listed(agencies=agencies)]})
    (row,) = rows_of(catalog, tmp_path, answer, "federal_register_documents")
    assert (row["agency"], row["sub_agency"]) == ("Harbours | OFFICE OF NOBODY", "Lights")
    assert row["agency_codes"] == "harbours|lights"


@pytest.mark.real_data
def test_the_archived_notices_are_read_without_a_severe_finding(settings: Settings, real_data: Path) -> None:
    path = real_data / "privacy" / "FR-2024-02-12_privacy_act_notices.xml"
    pipeline = Pipeline(settings)
    source = pipeline.catalog.source("federal_register_notices")
    _, made = pipeline.add(source, path, Provenance(source.id, path.name))
    assert not [finding for finding in made.findings if finding.severity.name == "SEVERE"]
    rows = pq.read_table(settings.home / "published" / made.files[0]["table"] / made.files[0]["file"]).to_pylist()
    assert [(row["document_number"], row["systems"], row["comments_due_date"]) for row in rows] == [
        ("2024-02813", "FERC 22", date(2024, 3, 13)),
        ("2024-02789", "OPM/Central-1 | 60-0058 | 60-0090 | 60-0103", date(2024, 3, 13)),
    ]
    assert {row["effective_not_before_date"] for row in rows} == {date(2024, 3, 13)}
    assert not any(name in repr(rows) for name in ("@", "Desai", "Ramsey", "Scott", "Street", "502"))
