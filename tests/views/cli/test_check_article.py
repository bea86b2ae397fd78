"""tallystick check ARTICLE: each number with what was found of it, for people and machines."""

from __future__ import annotations

import io
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.views.cli.conftest import Run
from tests.views.conftest import TOTAL

CLAIM = """
said: ICE spent more than $100 on weapons in fiscal year 2025
by: news report
on: 2025-10-22
citation: https://example.gov/
checks: [{name: spent, metric: obligations, where: {agency: ICE}, from: 2024-10-01, to: 2025-09-30, is: "> 100"}]
also: [{name: a little of it, to: 2024-10-01, because: the days after it were not reported}]
"""
ARTICLE = """ICE spent more than $100 on weapons in fiscal year 2025. CBP gave 12 drones away.

The plan is for $75 billion over four years, or about $28 billion a year.
"""


@pytest.fixture
def built(run: Run, small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    folder = tmp_path / "mine" / "claims" / "2025"
    folder.mkdir(parents=True)
    (folder / "small.yml").write_text(CLAIM)
    (tmp_path / "article.txt").write_text(ARTICLE)
    monkeypatch.setenv("TALLYSTICK_RECORDS", "mine")
    assert run("build", "--data", str(small_data)).code == 0
    return run


def _json(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


def test_each_number_is_told_with_its_figure_and_the_way_to_its_rows(built: Run) -> None:
    spent, drones, *_ = _json(built("check", "article.txt", "--format", "json").out)
    assert (spent["found"], spent["claim"], spent["value"]) == ("depends on the definition", "small", TOTAL)
    assert spent["definitions"][1].endswith("not as the sentence says")
    assert spent["edition"] in spent["because"]
    assert built(*spent["why"].split()[1:]).code == 0
    assert (drones["found"], drones["claim"], drones["value"]) == ("not matched", None, None)


def test_people_read_sentences_numbers_and_sums(built: Run) -> None:
    told = " ".join(built("check", "article.txt").out.split())
    assert "more than $100: depends on the definition: obligations (" in told
    assert "12 drones" in told
    assert "does not agree within the article: $75 billion over four years is $18.75 billion a year" in told
    assert "3 sentences, 5 numbers" in told


def test_standard_input_is_read_and_nothing_of_it_is_kept(
    built: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*.txt"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"They kept 7714 rare drones.")))
    ran = built("check", "-", "--format", "csv")
    assert "They kept 7714 rare drones." in ran.out
    assert sorted(tmp_path.rglob("*.txt")) == before


@pytest.mark.parametrize(("name", "says"), [("none.txt", "cannot be read"), ("empty.txt", "no text")])
def test_what_is_no_article_is_told_in_words(run: Run, tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    ran = run("check", name)
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err
