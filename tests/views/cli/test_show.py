"""tallystick show and why: figures in every format, to the cent, and the way back to their rows."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tallystick.nouns.metric import Answer, Question
from tallystick.views.answer import ShownAnswer
from tallystick.views.cli.show import is_over_time, unknown_in_words
from tests.views.cli.conftest import Run
from tests.views.conftest import ACTIONS, TOTAL
from tests.views.sheets import sheets_in


def test_a_figure_in_json_is_an_exact_decimal_number_beside_its_edition(built: Run) -> None:
    ran = built("show", "obligations", "--where", "agency=ICE", "--where", "naics=332994", "--format", "json")
    told = json.loads(ran.out, parse_float=Decimal)
    assert told["value"] == TOTAL
    assert len(told["edition"]) == 12
    assert told["question"]["where"] == {"agency": "ICE", "naics": "332994"}


def test_the_period_is_cut_by_both_its_days(built: Run) -> None:
    ran = built("show", "obligations", "--from", "2024-10-01", "--to", "2024-10-03", "--format", "json")
    assert json.loads(ran.out, parse_float=Decimal)["value"] == Decimal("1.14")


def test_a_breakdown_in_csv_adds_up_to_the_figure(built: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(built("show", "obligations", "--by", "piid", "--format", "csv").out)))
    assert len(rows) == ACTIONS
    assert sum(Decimal(row["value"]) for row in rows) == TOTAL


def test_parquet_keeps_money_as_decimal(built: Run, tmp_path: Path) -> None:
    file = tmp_path / "answer.parquet"
    assert built("show", "obligations", "--by", "piid", "--format", "parquet", "--output", str(file)).code == 0
    table = pq.read_table(file)
    assert str(table.schema.field("value").type).startswith("decimal128")
    assert sum(table["value"].to_pylist()) == TOTAL


def test_parquet_carries_edition_unit_and_question_in_its_metadata(built: Run, tmp_path: Path) -> None:
    file = tmp_path / "answer.parquet"
    asked = ["show", "obligations", "--where", "agency=ICE", "--by", "piid"]
    assert built(*asked, "--format", "parquet", "--output", str(file)).code == 0
    metadata = pq.read_table(file).schema.metadata
    edition = json.loads(built(*asked, "--format", "json").out)["edition"]
    assert (metadata[b"edition"].decode(), metadata[b"unit"]) == (edition, b"USD")
    assert json.loads(metadata[b"question"])["where"] == {"agency": "ICE"}


def test_a_breakdown_begins_with_the_largest_and_says_what_it_leaves_out(built: Run) -> None:
    asked = ["show", "obligations", "--by", "piid", "--top", "5"]
    ran = built(*asked, "--format", "csv")
    values = [Decimal(row["value"]) for row in csv.DictReader(io.StringIO(ran.out))]
    assert len(values) == 5
    assert values == sorted(values, reverse=True)
    rest = f"{ACTIONS - 5} of {ACTIONS} are not shown, ${TOTAL - sum(values):,.2f} together"
    assert rest in ran.err
    assert rest in built(*asked).out


def test_a_breakdown_by_time_stays_in_its_order(built: Run) -> None:
    ran = built("show", "obligations", "--by", "action_date", "--format", "csv")
    days = [row["action_date"] for row in csv.DictReader(io.StringIO(ran.out))]
    assert days == sorted(days)


@pytest.mark.parametrize("word", ["quarter", "month", "fiscal_year", "as_of"])
def test_quarters_and_days_of_snapshots_are_times_too(word: str) -> None:
    when = date(2026, 1, 31) if word == "as_of" else "2026Q1"
    row = {word: when, "value": 1}
    assert is_over_time(ShownAnswer(Question("average_held", by=(word,)), "persons", "", "", (row,)))
    assert not is_over_time(ShownAnswer(Question("average_held", by=("aor",)), "persons", "", "", ({"aor": "MIA"},)))


def test_a_breakdown_without_a_row_says_so(built: Run) -> None:
    assert "No row answers this" in built("show", "obligations", "--by", "month", "--from", "2090-10-01").out


def test_an_answer_that_no_row_supports_is_unknown_not_zero(built: Run) -> None:
    ran = built("show", "obligations", "--from", "1999-01-01", "--to", "1999-12-31", "--format", "json")
    assert json.loads(ran.out)["value"] is None
    assert "unknown, not zero" in built("show", "obligations", "--from", "1999-01-01", "--to", "1999-12-31").out


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (["show", "obligatons"], "did you mean obligations"),
        (["show", "obligations", "--where", "agncy=ICE"], "did you mean agency"),
        (["show", "obligations", "--by", "agensy"], "did you mean agency"),
        (["show", "obligations", "--where", "agency"], "NAME=VALUE"),
        (["show", "obligations", "--where", "agency=ICEE"], "did you mean ICE?"),
        (
            ["show", "obligations", "--from", "2025-02-01", "--to", "2025-01-01"],
            "turn it round",
        ),
    ],
)
def test_a_question_that_makes_no_sense_says_what_would(built: Run, wrong: list[str], hint: str) -> None:
    ran = built(*wrong)
    assert ran.code == 2
    assert hint in ran.err
    assert not ran.out


def test_why_walks_a_figure_to_rows_files_and_hashes(built: Run, small_data: Path) -> None:
    told = json.loads(built("why", "obligations", "--where", "piid=70CMSW25P00000007", "--format", "json").out)
    (row,), (file,) = told["from_rows"], told["files"]
    capture = small_data / "CBP_ICE_FY2025_asof_20260820_small.csv"
    assert row["file"] == file["file"] == capture.name
    assert row["source_row"] == 8
    assert file["sha256"] == row["sha256"] == hashlib.sha256(capture.read_bytes()).hexdigest()
    assert capture.name in built("why", "obligations", "--where", "piid=70CMSW25P00000007").out


def test_why_walks_a_figure_over_awards_to_the_files_they_are_made_from(built: Run) -> None:
    ran = built("why", "ceiling", "--where", "agency=ICE", "--format", "json")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert told["from_rows"]
    assert [file["file"] for file in told["files"]] == ["CBP_ICE_FY2025_asof_20260820_small.csv"]
    assert {row["table"] for row in told["from_rows"]} == {"awards", "contract_actions"}
    assert all(row["sha256"] for row in told["from_rows"] if row["table"] == "contract_actions")
    assert "contract_actions" in built("why", "ceiling", "--where", "agency=ICE").out


def test_rows_that_give_no_one_figure_are_not_said_to_be_no_rows() -> None:
    question = Question("stays")
    assert "from the 7 rows" in unknown_in_words(Answer(question, "days", "", "e", ({"value": None},), counted=7))
    assert "No row answers" in unknown_in_words(Answer(question, "days", "", "e", ({"value": None},), counted=0))


def test_a_workbook_from_the_command_line_says_what_it_is_about(built: Run, tmp_path: Path) -> None:
    file = tmp_path / "answer.xlsx"
    assert built("show", "obligations", "--by", "piid", "--format", "xlsx", "--output", str(file)).code == 0
    sheets = sheets_in(file.read_bytes()).cells
    assert sum(Decimal(str(value)) for _, value in sheets["Rows"][1:]) == TOTAL
    assert dict(sheets["About"])["sources licence"] == "us-public-domain"
