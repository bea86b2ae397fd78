"""A page on paper: the same bytes each time, accessible, and nothing in it is taken for markup."""

from __future__ import annotations

import pytest

from tallystick.bench import Bench
from tallystick.errors import UnknownName
from tallystick.nouns.metric import Question
from tallystick.nouns.page import Page, Prose, View
from tallystick.views.report.report import report
from tallystick.views.report.told import told_page
from tallystick.views.visit import Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import Words

_VIEW = View("breakdown", {"metric": "obligations", "by": ["month"], "draw": "bars", "title": "By month"}, 1)
_PAGE = Page("money", "Money", "", 1, (Prose("## When\n\n#panic() $x$ *plain*"), _VIEW))


@pytest.fixture
def visit(small_bench: Bench) -> Visit:
    return Visit(small_bench, {"money": _PAGE}, Words(), ServerLinks(), "/reports/money.pdf")


def test_a_report_is_the_same_bytes_each_time_and_tagged_for_readers_of_screens(visit: Visit) -> None:
    made = report(visit, {"page": "money"})
    assert made.body.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made.body
    assert made.body == report(visit, {"page": "money"}).body


def test_a_report_says_the_edition_the_rows_the_chart_and_the_sources(visit: Visit) -> None:
    told = told_page(_PAGE, visit)
    assert visit.bench.edition.id in told["edition"]
    assert told["parts"][:2] == [{"kind": "heading", "text": "When"}, {"kind": "text", "text": "#panic() $x$ plain"}]
    view = told["parts"][2]
    assert len(view["rows"]) == len(visit.bench.ask(Question("obligations", by=("month",))).rows)
    assert view["charts"][0]["svg"].startswith("<svg")
    assert "var(--" not in view["charts"][0]["svg"]
    assert told["sources"]["of"]


def test_a_report_of_no_page_is_refused(visit: Visit) -> None:
    with pytest.raises(UnknownName):
        report(visit, {"page": "monkey"})
