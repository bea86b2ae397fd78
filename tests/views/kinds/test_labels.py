"""Codes are read as words, and asked as codes."""

from __future__ import annotations

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.views.kinds.labels import called, label, named
from tests.views.kinds.conftest import Shows


@pytest.mark.parametrize(
    ("dimension", "code", "said"),
    [
        ("category", "it", "information technology"),
        ("category", "air-transport", "air transport"),
        ("category", "surveillance/case-management-and-analytics", "surveillance: case management and analytics"),
        ("series", "ice_book_ins", "book-ins after an arrest by ICE"),
        ("model", "jail_enforcement", "jail enforcement"),
        ("category", None, None),
    ],
)
def test_a_code_is_read_as_words(dimension: str, code: str | None, said: str | None, small_bench: Bench) -> None:
    (row,) = named(small_bench, [dimension], [{dimension: code, "value": 1}])
    assert row == {dimension: code, label(dimension): said, "value": 1}


def test_a_breakdown_is_read_by_words_and_keeps_its_codes(shows: Shows, small_bench: Bench) -> None:
    made = shows("breakdown", metric="obligations", by=["category"], draw="bars")
    assert made.columns[0].name == "category_name"
    asked = {row["category"]: row["value"] for row in small_bench.ask(made.questions[0]).rows}
    assert {row["category"]: row["value"] for row in made.rows} == asked
    assert not any("/" in row["category_name"] or "-" in row["category_name"] for row in made.rows)


def test_a_process_is_said_by_its_title(small_bench: Bench) -> None:
    asked = Question("stages_entered", {"process": "requests_287g", "stage": "overall"})
    assert called(small_bench, asked).where == {"process": ["Requests to take part in 287(g)"], "stage": "overall"}
    assert called(small_bench, Question("obligations")) == Question("obligations")
