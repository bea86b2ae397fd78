"""Reading delimited text: what does not fit is found, with its place; what is only unusual is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.errors import ReleaseError
from tallystick.nouns.finding import Severity
from tallystick.nouns.source import Column, Type
from tallystick.sources import typed
from tests.sources.readings import HEAD, ROW, Line, finding, kinds, lines


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path)


def test_codes_stay_text_and_money_stays_exact(line: Line) -> None:
    published = line.add(lines("70E04020,070,2025-09-30,-12345678901.07,ACME LLC,02139,"))
    assert line.rows(published, "payment_key, office_code, recipient_uei, amount_usd, paid_date, scope") == [
        ("70E04020", "070", "02139", Decimal("-12345678901.07"), date(2025, 9, 30), "070/FY2025")
    ]


@pytest.mark.parametrize(
    ("column", "row"),
    [
        ("amount: ten", "k2,070,2025-01-02,ten,,,"),
        ("amount: 1.005", "k2,070,2025-01-02,1.005,,,"),
        ("amount: 1.2E+09", "k2,070,2025-01-02,1.2E+09,,,"),
        ("amount: 5000000000000", "k2,070,2025-01-02,5000000000000,,,"),
        ("paid: 1/2/25", "k2,070,1/2/25,1,,,"),
        ("paid: 2025-02-30", "k2,070,2025-02-30,1,,,"),
    ],
)
def test_a_cell_that_does_not_fit_is_found_with_its_row_and_column(line: Line, column: str, row: str) -> None:
    published = line.add(lines(ROW, row))
    found = finding(published, "misfit_cell")
    assert found.severity is Severity.SEVERE
    assert found.evidence == ({"member": "payments.csv", "row": 2, "cells": column},)


def test_dates_of_a_file_saved_again_by_a_spreadsheet_are_read(line: Line) -> None:
    published = line.add(lines("k1,070,9/30/25,1,,,", "k2,070,10/1/68,1,,,", "k3,070,10/1/69 0:00,1,,,"))
    assert [day for (day,) in line.rows(published, "paid_date")] == [
        date(2025, 9, 30), date(2068, 10, 1), date(1969, 10, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("k2,070,2025-01-02", "missing columns"),
        ("k2,070,2025-01-02,1,,,,more", "too many columns"),
        ('k2,070,2025-01-02,1,"open,,', "unquoted value"),
    ],
)
def test_a_row_that_cannot_be_taken_apart_is_found_with_its_line(line: Line, row: str, fault: str) -> None:
    (seen,) = finding(line.add(lines(ROW, row)), "unreadable_row").evidence
    assert (seen["member"], seen["line"], seen["fault"]) == ("payments.csv", 3, fault)


def test_text_of_another_encoding_is_found_and_read_once_it_is_stated(tmp_path: Path) -> None:
    content = lines(ROW, "k2,070,2025-01-02,1,CAFÉ LLC,,").encode("cp1252")
    (seen,) = finding(Line(tmp_path / "utf8").add(content), "unreadable_row").evidence
    assert (seen["line"], seen["fault"]) == (3, "invalid encoding")
    stated = Line(tmp_path / "cp1252", more="encoding: cp1252")
    assert stated.rows(stated.add(content), "recipient_name")[1] == ("CAFÉ LLC",)


@pytest.mark.parametrize("content", [
    lines(ROW).replace("\n", "\r\n"),
    "\ufeff" + lines(ROW),
    lines(ROW).rstrip("\n"),
    "\n".join(",".join(f'"{cell}"' for cell in text.split(",")) for text in (HEAD, ROW)) + "\n",
], ids=["CRLF", "byte order mark", "no last newline", "quoted"])  # fmt: skip
def test_unusual_but_sound_text_is_read_all_the_same(line: Line, content: str) -> None:
    published = line.add(content)
    assert published.findings == ()
    assert line.rows(published, "payment_key, amount_usd") == [("k1", Decimal("10.50"))]


def test_a_newline_inside_quotes_is_one_row(line: Line) -> None:
    published = line.add(lines('k1,070,2025-01-02,1,"ACME\nLLC",,', ROW.replace("k1", "k2")))
    assert line.rows(published, "source_row, recipient_name") == [(1, "ACME\nLLC"), (2, "ACME LLC")]


@pytest.mark.parametrize(("content", "says"), [
    ("", "no header"),
    ("<!DOCTYPE html><html><body>503</body></html>", "web page"),
    (lines(ROW).encode("utf-16"), "NUL byte"),
    (HEAD + "\n" + ROW.replace("none", "no\0ne") + "\n", "NUL byte"),
    (HEAD.replace("remark", "key") + "\n" + ROW, "names a column twice"),
], ids=["empty", "web page", "UTF-16", "NUL", "twice"])  # fmt: skip
def test_bytes_that_are_no_such_file_are_refused_with_their_place(
    line: Line, content: str | bytes, says: str
) -> None:
    with pytest.raises(ReleaseError, match=says) as failure:
        line.add(content)
    assert failure.value.where.startswith("payments.csv")
    assert failure.value.next_step


def test_columns_unknown_and_missing_are_found(line: Line) -> None:
    published = line.add("office,paid,amount,colour\n070,2025-01-02,1,red\n")
    assert "colour" in finding(published, "unknown_column").says
    assert "payment_key" in finding(published, "missing_column").says


def test_a_row_without_day_or_the_key_that_deltas_amend_by_cannot_be_placed(tmp_path: Path) -> None:
    published = Line(tmp_path, more="deletes: {column: remark, value: D}").add(
        lines(ROW, ",070,2025-01-02,1,,,", "k3,070,,1,,,")
    )
    assert [seen["row"] for seen in finding(published, "blank_key").evidence] == [2, 3]


LAYOUT = """
title: Actions
publisher: An office
licence: us-public-domain
citation: https://example.gov/actions
cadence: monthly
releases:
  match: ['FY(?P<fiscal_year>\\d{4})_(?P<agency>\\d{3})_actions\\.csv', 'payments\\.csv']
publishes:
  payments_published:
    grain: one action
    scope: [office_code, fiscal_year(paid_date)]
    columns:
      office_code: {of: office, type: code, matches: "[0-9]{3}", required: true}
      paid_date: {of: paid, type: date, required: true}
      kind_code: {of: kind, type: code, values: [A, B]}
      kind_name: {of: kind_name}
    expect:
      pairs: [{code: kind_code, name: kind_name}]
      file_name: {fiscal_year: fiscal_year(paid_date), agency: office_code}
corrections:
  - {where: {office_code: "071"}, column: paid_date, says: "5025-01-02", means: "2025-01-02", because: typed wrong}
"""
ACTIONS = "office,paid,kind,kind_name\n" + "070,2025-01-02,A,OPEN\n" * 20 + "070,2025-01-02,B,CLOSED\n" * 20


@pytest.fixture
def actions(tmp_path: Path) -> Line:
    return Line(tmp_path, source=LAYOUT.replace("{", "{{").replace("}", "}}"))


def test_pairs_that_stand_as_ever_are_no_finding(actions: Line) -> None:
    assert actions.add(ACTIONS).findings == ()


@pytest.mark.parametrize(("row", "kind"), [
    ("070,2025-01-02,C,OTHER", "unknown_category"),
    ("70,2025-01-02,A,OPEN", "unknown_category"),
    ("070,2025-01-02,A,CLOSED", "swapped_pair"),
])  # fmt: skip
def test_a_category_never_seen_or_matched_anew_is_found_with_its_first_row(
    actions: Line, row: str, kind: str
) -> None:
    found = finding(actions.add(ACTIONS + row + "\n"), kind)
    assert found.severity is Severity.SEVERE
    assert found.evidence[0]["row"] == 41


def test_code_and_description_exchanged_in_a_column_are_found(actions: Line) -> None:
    exchanged = "office,paid,kind,kind_name\n" + "070,2025-01-02,OPEN,A\n" * 3
    assert "unknown_category" in kinds(actions.add(exchanged))


def test_rows_that_deny_the_files_name_are_found(actions: Line) -> None:
    assert actions.add(ACTIONS, "FY2025_070_actions.csv").findings == ()
    found = finding(actions.add(ACTIONS, "FY2024_070_actions.csv"), "not_what_the_name_says")
    assert found.evidence[0]["says"] == "FY2025"


def test_a_correction_is_applied_while_the_publisher_says_so_and_expires_after(actions: Line) -> None:
    head = "office,paid,kind,kind_name\n"
    mended = actions.add(head + "071,5025-01-02,A,OPEN\n")
    assert actions.rows(mended, "paid_date, scope") == [(date(2025, 1, 2), "071/FY2025")]
    assert mended.findings == ()
    assert kinds(actions.add(head + "071,2025-01-02,A,OPEN\n")) == {"correction_expired"}


@settings(max_examples=200, deadline=None)
@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2))
def test_every_amount_in_cents_comes_through_unchanged(amount: Decimal) -> None:
    column = Column(type=Type.MONEY)
    cell = quoted(str(amount) if "E" not in str(amount) else f"{amount:f}")
    with DuckDB() as engine:
        taken = typed.taken(cell, column)
        told = engine.run(f"SELECT {typed.value(taken, column)}, {typed.misfit(cell, taken, column)}").fetchall()
    assert told == [(amount, False)]
