"""Metrics by place, of one day or of several."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Answer, Question
from tallystick.views.kinds.map import _together
from tallystick.views.kinds.summary import BLANK
from tests.views.kinds.conftest import Shows, shows_over


def answer(*rows: tuple[str | None, int]) -> Answer:
    told = tuple({"state": state, "value": value} for state, value in rows)
    return Answer(Question("agreements_in_force", {}, ("state",)), "count", "", "", told)


def test_a_state_is_one_place_however_a_list_spells_it(small_bench: Bench) -> None:
    columns = [("2025-01-20", answer(("TEXAS", 2))), ("value", answer(("TX", 5), ("Florida", 9)))]
    rows = _together("state", columns, small_bench, BLANK)
    assert rows == [
        {"state": "FL", "2025-01-20": BLANK, "value": 9},
        {"state": "TX", "2025-01-20": 2, "value": 5},
    ]


def test_a_place_that_a_list_leaves_out_has_none_where_the_page_says_so(small_bench: Bench) -> None:
    columns = [("2025-01-20", answer(("TEXAS", 2))), ("value", answer(("FLORIDA", 9)))]
    assert [row["value"] for row in _together("state", columns, small_bench, 0)] == [9, 0]


def test_what_names_no_place_is_one_row_of_its_own(small_bench: Bench) -> None:
    rows = _together("state", [("value", answer((None, 3), ("TX", 5)))], small_bench, BLANK)
    assert [row["state"] for row in rows] == ["TX", None]


def test_a_map_of_what_is_not_held_says_what_would_answer(shows: Shows) -> None:
    made = shows("map", metric="agreements_in_force", of="state", days=[date(2025, 1, 20)])
    assert made.template == "nothing"
    assert "agreements_287g_participating" in {source.id for source in made.about}


@pytest.mark.real_data
def test_maps_of_several_days_have_one_table_and_each_its_own_rows(real_bench: Bench) -> None:
    """A day that the Edition does not speak of yet has none."""
    days = [date(2025, 1, 20), date(2999, 1, 1)]
    made = shows_over(real_bench)("map", metric="agreements_in_force", days=days, unlisted_is_zero=True)
    assert [sheet.of for sheet in made.about] == ["2025-01-20", "now"]
    assert made.template == "maps"
    for name, end in (("2025-01-20", date(2025, 1, 20)), ("value", None)):
        whole = real_bench.ask(Question("agreements_in_force", end=end)).value
        assert sum(row[name] for row in made.rows) == whole
