"""Every county lies in one area of responsibility, today's and the one that releases of 2016 to 2019 count by."""

from __future__ import annotations

from typing import Any

import pytest

from tallystick.bench import Bench


def ask(bench: Bench, sql: str) -> list[dict[str, Any]]:
    assert bench.edition
    return list(bench.engine.query(sql).to_pylist())


@pytest.mark.real_data
def test_each_county_stands_once_and_lies_in_an_area_but_for_the_island_territories(real_bench: Bench) -> None:
    (row,) = ask(real_bench, "SELECT count(*) AS n, count(DISTINCT county_fips) AS counties FROM county_areas")
    assert row["n"] == row["counties"] == 3245
    without = ask(real_bench, "SELECT DISTINCT state_fips FROM county_areas WHERE aor IS NULL ORDER BY 1")
    assert [row["state_fips"] for row in without] == ["60", "69", "74", "78"]


@pytest.mark.real_data
def test_there_are_25_areas_today_and_24_before_harlingen_was_made(real_bench: Bench) -> None:
    (row,) = ask(
        real_bench,
        "SELECT count(DISTINCT aor) AS now, count(DISTINCT aor_before_harlingen) AS before, "
        "count(*) FILTER (WHERE aor_before_harlingen = 'HLG') AS too_early FROM county_areas",
    )
    assert (row["now"], row["before"], row["too_early"]) == (25, 24, 0)


@pytest.mark.real_data
def test_the_rio_grande_valley_went_from_san_antonio_to_harlingen(real_bench: Bench) -> None:
    (row,) = ask(real_bench, "SELECT aor, aor_before_harlingen, rule FROM county_areas WHERE county_fips = '48215'")
    assert row == {"aor": "HLG", "aor_before_harlingen": "SNA", "rule": "county"}


@pytest.mark.real_data
def test_every_area_of_a_rule_has_a_name_that_is_known(real_bench: Bench) -> None:
    strange = ask(
        real_bench,
        "SELECT DISTINCT area_name FROM area_rules_published WHERE area_name NOT IN (SELECT name FROM area_names)",
    )
    assert strange == []


@pytest.mark.real_data
def test_population_has_every_area_in_every_year(real_bench: Bench) -> None:
    (row,) = ask(
        real_bench, "SELECT count(*) AS n, count(DISTINCT aor) AS areas, max(year) AS last FROM area_population"
    )
    assert (row["n"], row["areas"], row["last"]) == (192, 24, 2019)
