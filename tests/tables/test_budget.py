"""What was appropriated and obligated: the files agree part by part, and the rounded totals with their parts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tallystick.bench import Bench


def ask(bench: Bench, sql: str) -> list[dict[str, Any]]:
    assert bench.edition
    return list(bench.engine.query(sql).to_pylist())


@pytest.mark.real_data
def test_the_law_gives_ice_74_85_billion_in_two_sections(real_bench: Bench) -> None:
    rows = ask(real_bench, "SELECT section, amount_usd FROM appropriations WHERE agency = 'ICE' ORDER BY section")
    assert [(row["section"], row["amount_usd"]) for row in rows] == [
        ("100052", Decimal("29850000000.00")),
        ("90003", Decimal("45000000000.00")),
    ]


@pytest.mark.real_data
def test_a_sum_without_a_last_day_keeps_it_blank(real_bench: Bench) -> None:
    rows = ask(real_bench, "SELECT section FROM appropriations WHERE available_through_date IS NULL")
    assert [row["section"] for row in rows] == ["90002(a)(4)"]


@pytest.mark.real_data
def test_the_three_files_stand_beside_one_another_and_none_replaces_another(real_bench: Bench) -> None:
    (row,) = ask(real_bench, "SELECT count(*) AS held FROM budget_obligations_published")
    assert row["held"] == 48 + 9 + 6


@pytest.mark.real_data
def test_the_file_of_one_law_repeats_its_part_of_the_file_of_all_sources_to_the_cent(real_bench: Bench) -> None:
    rows = ask(
        real_bench,
        "SELECT law.amount_usd AS alone, whole.amount_usd AS within FROM budget_obligations_published AS law "
        "LEFT JOIN budget_obligations AS whole ON whole.agency = law.agency AND whole.funding_source = 'OBBA' "
        "AND whole.object_class_name = law.object_class_name "
        "WHERE law.funding_source IS NULL AND law.measure IS NULL",
    )
    assert len(rows) == 9
    assert all(row["alone"] == row["within"] for row in rows)


@pytest.mark.real_data
def test_stated_obligations_are_the_sum_of_their_parts_rounded(real_bench: Bench) -> None:
    rows = ask(real_bench, "SELECT * FROM stated_budget_totals WHERE measure = 'obligation' ORDER BY agency")
    assert [(row["agency"], row["stated_usd"], row["parts_usd"]) for row in rows] == [
        ("CBP", Decimal("11300000000.00"), Decimal("11284656209.45")),
        ("ICE", Decimal("3800000000.00"), Decimal("3812051044.37")),
    ]
    assert all(row["is_within_rounding"] for row in rows)


@pytest.mark.real_data
def test_what_was_stated_as_appropriated_is_what_the_law_says(real_bench: Bench) -> None:
    (row,) = ask(
        real_bench,
        "SELECT (SELECT sum(amount_usd) FROM appropriations WHERE agency = 'ICE') AS law, "
        "(SELECT stated_usd FROM stated_budget_totals WHERE agency = 'ICE' AND measure = 'appropriation') AS stated",
    )
    assert row["law"] == row["stated"] == Decimal("74850000000.00")


@pytest.mark.real_data
def test_what_no_award_explains_of_an_account_is_the_publishers_own_difference_to_the_cent(real_bench: Bench) -> None:
    rows = ask(
        real_bench,
        "SELECT made.obligated_usd, made.since_baseline_usd - made.by_award_usd AS unexplained, "
        "told.endpoint_obligations_usd, told.file_b_less_file_c_usd FROM account_obligations AS made "
        "JOIN account_obligations_published AS told USING (federal_account, endpoint_period)",
    )
    assert len(rows) == 4
    for row in rows:
        assert row["obligated_usd"] == row["endpoint_obligations_usd"]
        assert row["unexplained"] == row["file_b_less_file_c_usd"]
