"""tallystick claims: verdicts, ranges and the way to the rows, for people and machines."""

from __future__ import annotations

import csv
import io
import json
import shlex
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.views.cli.conftest import OwnRecord, Run
from tests.views.conftest import TOTAL

NAME = "one-claim-whose-name-is-long-enough-to-be-cut"
CLAIM = """
said: ICE spent more than $100 on what it buys, as the sentence says in words enough to need a second line of text
by: news report
on: 2025-10-22
citation: https://example.gov/a-citation-that-is-never-broken-however-narrow-the-terminal-of-its-reader-is
checks: [{name: spent, metric: obligations, where: {agency: ICE, naics: "3329*"}, is: "> 100"}]
also:
  - {name: a little of it, to: 2024-10-01, because: the days after it were not reported}
  - {name: new money only, metric: gross_obligations, because: orders are not reduced}
parts: [{name: one order, where: {piid: 70CMSW25P00000003}, because: one was named}]
context: [{name: everything, where: {}, because: the rest is spent too}]
"""
LOW = "$0.07"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> OwnRecord:
    return OwnRecord.laid(tmp_path_factory.mktemp("claims"), f"claims/2025/{NAME}.yml", CLAIM)


@pytest.fixture
def judged(run: Run, own: OwnRecord, monkeypatch: pytest.MonkeyPatch) -> Run:
    return own.asked_by(run, monkeypatch)


def as_json(judged: Run) -> Any:
    return json.loads(judged("claims", NAME, "--format", "json").out, parse_float=Decimal)


def test_how_far_the_figure_moves_is_told_with_both_definitions_in_every_format(judged: Run) -> None:
    (moved,) = as_json(judged)["ranges"]
    assert (moved["lowest"], moved["lowest_definition"]) == (Decimal("0.07"), "a little of it")
    assert (moved["highest_definition"], moved["definitions"]) == ("new money only", 3)
    sentence = f"from {LOW} (a little of it) to ${moved['highest']:,.2f} (new money only) over 3 definitions"
    assert sentence == moved["in_words"]
    assert sentence in " ".join(judged("claims", NAME).out.split())
    for arguments in (["claims", NAME], ["claims"]):
        assert sentence in judged(*arguments, "--format", "csv").out


def test_parquet_has_a_row_for_each_figure_and_exact_money(judged: Run, tmp_path: Path) -> None:
    for name, column in ((NAME, "range"), ("ice-weapons-70-million", "where")):
        file = tmp_path / f"{name}.parquet"
        assert judged("claims", name, "--format", "parquet", "--output", str(file)).code == 0
        assert any(pq.read_table(file)[column].to_pylist())
    values = pq.read_table(tmp_path / f"{NAME}.parquet")["value"].to_pylist()
    assert TOTAL in values


def test_parts_and_context_are_figures_without_a_verdict(judged: Run) -> None:
    figures = [row for row in as_json(judged)["figures"] if row["known"] == "now"]
    verdicts = {row["definition"]: (row["role"], row["verdict"]) for row in figures}
    assert verdicts == {
        "as stated": ("definition", "holds"),
        "a little of it": ("definition", "fails"),
        "new money only": ("definition", "holds"),
        "one order": ("part", None),
        "everything": ("context", None),
    }
    assert "part, not judged" in judged("claims", NAME).out


def test_the_command_that_is_told_walks_the_figure_to_its_rows(judged: Run) -> None:
    figures = as_json(judged)["figures"]
    told = next(row for row in figures if row["known"] == "now" and row["definition"] == "as stated")
    assert told["value"] == TOTAL
    assert told["why"] in judged("claims", NAME).out
    walked = json.loads(judged(*shlex.split(told["why"])[1:], "--format", "json").out, parse_float=Decimal)
    assert (walked["value"], walked["edition"]) == (TOTAL, told["edition"])


def test_a_claim_said_before_the_first_release_names_the_day_of_the_first_that_speaks_of_it(judged: Run) -> None:
    out = " ".join(judged("claims", NAME).out.split())
    assert "the first is from 2026-08-20" in out
    assert out.count("the first is from") == 1


def test_each_definition_says_what_it_counts_and_why(judged: Run) -> None:
    out = " ".join(judged("claims", NAME).out.split())
    assert "to 2024-10-01; because the days after it were not reported" in out
    assert "fails by $99.93" in out
    rows = list(csv.DictReader(io.StringIO(judged("claims", NAME, "--format", "csv").out)))
    assert {row["definition_because"] for row in rows} >= {"orders are not reduced", "one was named"}


def test_the_edition_stands_beside_the_verdicts(judged: Run) -> None:
    told = as_json(judged)
    for arguments in (["claims"], ["claims", NAME]):
        assert f"Edition {told['edition_now']}" in judged(*arguments).out


@pytest.mark.parametrize("width", ["80", "100", "140"])
def test_no_line_of_prose_is_too_wide_and_no_name_command_or_address_is_cut(
    judged: Run, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    whole = ("tallystick why", "https://")
    for out in (judged("claims").out, judged("claims", NAME).out):
        assert all(len(line) <= int(width) for line in out.splitlines() if not line.strip().startswith(whole))
    assert any(line.startswith(NAME) for line in judged("claims").out.splitlines())
    assert "that-is-never-broken-however-narrow-the-terminal-of-its-reader-is" in judged("claims", NAME).out
