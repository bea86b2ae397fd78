"""Metrics by one thing or two, side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tallystick.bench import Bench
from tallystick.errors import UsageError
from tallystick.nouns.metric import Question
from tallystick.views.asked import narrowed
from tallystick.views.kinds.summary import BLANK
from tests.views.conftest import TOTAL
from tests.views.kinds.conftest import Shows, shows_over


def test_the_rows_are_those_of_the_answer_and_add_up_to_the_whole(shows: Shows) -> None:
    made = shows("breakdown", metric="obligations", by=["month"], draw="line")
    assert sum(row["value"] for row in made.rows) == TOTAL
    assert [row["month"] for row in made.rows] == sorted(row["month"] for row in made.rows)
    assert made.chart is not None
    assert (made.chart.along, made.chart.up) == ("month", "value")
    assert made.edition


def test_each_cell_leads_to_the_question_that_gives_it(shows: Shows, small_bench: Bench) -> None:
    made = shows("breakdown", metric="obligations", by=["month"], also=["de_obligations"])
    for column in made.columns[1:]:
        assert column.question is not None
        row = made.rows[1]
        assert small_bench.ask(narrowed(column.question, row)).value == row[column.name]


def test_other_metrics_of_the_same_question_stand_in_columns_of_their_own(shows: Shows) -> None:
    made = shows(
        "breakdown", metric="gross_obligations", by=["month"], also=["de_obligations"], beside=True, draw="bars"
    )
    assert [column.title for column in made.columns] == ["month", "gross obligations, USD", "de obligations, USD"]
    assert made.chart is not None
    assert made.chart.beside == "de_obligations"
    assert sum(row["value"] + row["de_obligations"] for row in made.rows) == TOTAL


def test_metrics_drawn_together_are_each_a_series_of_the_chart_and_of_what_it_says(shows: Shows) -> None:
    made = shows(
        "breakdown", metric="gross_obligations", by=["month"], also=["de_obligations"], together=True, draw="line"
    )
    assert made.chart is not None
    assert made.chart.series == "metric"
    drawn = {(row["month"], row["metric"]): row["value"] for row in made.in_the_chart.rows}
    for row in made.rows:
        assert drawn[row["month"], "gross obligations"] == row["value"]
        assert drawn[row["month"], "de obligations"] == row["de_obligations"]
    assert len(drawn) == 2 * len(made.rows)
    assert "gross obligations: " in made.says
    assert "de obligations: " in made.says


def test_metrics_of_two_units_are_not_drawn_together(shows: Shows) -> None:
    with pytest.raises(UsageError, match="of another unit"):
        shows("breakdown", metric="obligations", by=["month"], also=["change_on_year_before"], together=True)


def test_a_group_that_another_metric_has_no_row_of_is_blank_and_not_unknown(shows: Shows) -> None:
    made = shows("breakdown", metric="obligations", by=["month"], also=["obligations_a_year_before"], top=2)
    assert {row["obligations_a_year_before"] for row in made.rows} <= {None, BLANK, Decimal(0)}


def test_the_largest_come_first_where_rows_do_not_follow_in_time(shows: Shows) -> None:
    made = shows("breakdown", metric="obligations", by=["piid"], top=3)
    values = [row["value"] for row in made.rows]
    assert values == sorted(values, reverse=True)
    assert "3 of 123 rows are shown; of these:" in made.says
    assert made.about.all == 123, "how many a link leads to"


def test_the_summary_of_a_cut_view_names_only_what_it_shows(shows: Shows) -> None:
    whole = shows("breakdown", metric="obligations", by=["piid"])
    made = shows("breakdown", metric="obligations", by=["piid"], top=3)
    assert made.rows[-1]["piid"] in made.says
    assert whole.rows[-1]["piid"] in whole.says
    assert whole.rows[-1]["piid"] not in made.says
    assert whole.about is None


def test_in_time_the_last_are_kept(shows: Shows) -> None:
    whole = shows("breakdown", metric="obligations", by=["month"])
    assert shows("breakdown", metric="obligations", by=["month"], top=2).rows == whole.rows[-2:]


def test_rows_without_a_figure_are_left_out_where_asked_and_told_of(shows: Shows) -> None:
    made = shows("breakdown", metric="ceiling", by=["category"], only_known=True)
    assert made.template == "nothing", "the small capture states no ceiling at all"


def test_a_period_is_counted_back_from_the_last_day_of_the_rows(shows: Shows) -> None:
    made = shows("breakdown", metric="obligations", by=["month"], over="the last 2 months")
    assert made.questions == (Question("obligations", {}, ("month",), date(2025, 5, 1), date(2025, 6, 2)),)


def test_what_nothing_held_answers_says_so_and_what_would(shows: Shows, nothing_held: Bench) -> None:
    for made in (
        shows("breakdown", metric="average_held", by=["month"]),
        shows_over(nothing_held)("breakdown", metric="obligations", by=["month"]),
    ):
        assert made.template == "nothing"
        assert made.rows == ()
        assert made.chart is None
        assert made.about, "the sources that would answer are named"
        assert "unknown, not zero" in made.says


def test_codes_are_read_by_name_and_asked_by_code(shows: Shows) -> None:
    made = shows("breakdown", metric="obligations", by=["recipient"])
    assert made.columns[0].name == "recipient_name"
    assert made.rows[0]["recipient_name"] == "EXAMPLE OUTFITTERS INC"
    assert made.rows[0]["recipient"] != made.rows[0]["recipient_name"]
