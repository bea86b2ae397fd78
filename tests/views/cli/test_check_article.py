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

ARTICLE = """Published September 30, 2025

ICE committed more than $100 in contracts between January 1 and September 1, 2025. CBP gave 12 drones away.

The plan is for $75 billion over four years, or about $28 billion a year.

<script>alert("no")</script>
"""


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "article.txt").write_text(ARTICLE)
    return "article.txt"


def _json(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


def test_each_number_is_told_with_its_figure_and_the_way_to_its_rows(built: Run, article: str) -> None:
    spent, drones, *_ = _json(built("check", article, "--format", "json").out)
    assert (spent["found"], spent["metric"], spent["unit"]) == ("supported", "obligations", "USD")
    assert 100 < spent["value"] < TOTAL
    assert spent["read_as"] == "obligations, agency ICE, from 2025-01-01, to 2025-09-01"
    assert spent["edition"] in spent["because"]
    assert built(*spent["why"].split()[1:]).code == 0
    assert (drones["found"], drones["metric"], drones["value"]) == ("not matched", None, None)


def test_people_read_sentences_numbers_and_sums(built: Run, article: str) -> None:
    told = " ".join(built("check", article).out.split())
    found = "supported: Money obligated (agency ICE, from 2025-01-01, to 2025-09-01): the record has $"
    assert f"more than $100: {found}" in told
    assert "12 drones" in told
    assert "does not agree within the article: $75 billion over four years is $18.75 billion a year" in told
    assert "5 sentences, 5 numbers" in told


def test_the_page_marks_numbers_and_runs_nothing_that_the_article_says(
    built: Run, article: str, tmp_path: Path
) -> None:
    assert built("check", article, "--page", "made.html", "--claim-review", "made.json").code == 0
    page = (tmp_path / "made.html").read_text()
    assert '<mark class="supported" id="mark-1">more than $100' in page
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#34;no&#34;)&lt;/script&gt;" in page
    assert "default-src 'none'" in page
    (review,) = json.loads((tmp_path / "made.json").read_text())["@graph"]
    assert review["reviewRating"]["alternateName"] == "supported"
    assert review["itemReviewed"]["datePublished"] == "2025-09-30"


def test_what_is_saved_is_a_claim_that_is_judged_alike(built: Run, article: str, tmp_path: Path) -> None:
    assert "written: mine/claims/2025/" in built("check", article, "--save", "mine").out
    (written,) = tmp_path.glob("mine/claims/2025/*.yml")
    assert "is: '> 100e0'" in written.read_text()
    assert "'on': 2025-09-30" in written.read_text()
    assert built("check", "--records", "mine").code == 0
    again = built("check", article, "--save", "mine")
    assert again.code == 0
    written.write_text("said: something else\n")
    assert "says something else" in built("check", article, "--save", "mine").err


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
