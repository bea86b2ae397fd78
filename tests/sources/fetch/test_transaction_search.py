"""A capture of the transaction search is whole or it is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.nouns.intake import Refreshed
from tallystick.pipeline import Pipeline
from tallystick.settings import Network, Settings
from tests.sources.fetch.publisher import Answer, Publisher, Time
from tests.sources.fetch.usaspending import API, Search, repeating, row

SEARCH = f"{API}/search/spending_by_transaction/"
FIRST = date(2025, 10, 1)
# 130 actions a fortnight apart in small numbers, and one day that needs two pages
ROWS = [row(n, FIRST + timedelta(days=n)) for n in range(130)] + [row(1000 + n, date(2026, 5, 5)) for n in range(150)]


@pytest.fixture
def pipeline(settings: Settings, site: Publisher) -> Pipeline:
    return Pipeline(replace(settings, network=Network(loopback=site.address)))


def refreshed(pipeline: Pipeline, time: Time) -> Refreshed:
    return pipeline.refresh("usaspending_captures", timing=time.clock)


def test_a_year_is_captured_whole_and_published(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    Search([*ROWS, row(5000, FIRST, "CBP")]).on(site)
    outcome = refreshed(pipeline, time)
    assert not outcome.refused
    (release,) = outcome.new
    assert release.name == "CBP_ICE_FY2026_asof_20260820_search.csv"
    assert release.speaks_for == date(2026, 8, 20)
    (file,) = pipeline.readings.of(release).files
    assert file["scopes"] == {"7012/FY2026": 280, "7014/FY2026": 1}
    path = pipeline.settings.home / "published" / file["table"] / file["file"]
    with DuckDB() as engine:
        sums = engine.run(
            f"SELECT sum(federal_action_obligation_usd), count(DISTINCT piid), min(naics_name), min(psc_code), "
            f"min(naics_code), count(misfits) "
            f"FROM read_parquet({quoted(str(path))})"
        ).fetchone()
    naics = "SMALL ARMS, ORDNANCE, AND ORDNANCE ACCESSORIES MANUFACTURING"
    assert sums == (Decimal("28240.50"), 281, naics, "1005", "332994", 0)


def test_no_answer_is_asked_for_beyond_one_page_unless_one_day_needs_it(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    search = Search(ROWS)
    search.on(site)
    refreshed(pipeline, time)
    later = [body["filters"]["time_period"][0] for body in search.searches if body["page"] > 1]
    assert later == [{"start_date": "2026-05-05", "end_date": "2026-05-05"}]


def test_pages_that_repeat_a_row_and_miss_another_are_not_published(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    Search(ROWS, paged=repeating).on(site)
    outcome = refreshed(pipeline, time)
    assert not outcome.new
    assert "its pages repeat some and miss others" in outcome.refused[0].why.what
    assert not list(pipeline.ledger.releases())


def test_pages_that_end_before_the_count_are_not_published(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    Search(ROWS, counted=1).on(site)
    outcome = refreshed(pipeline, time)
    assert "repeat some and miss others" in outcome.refused[0].why.what
    assert not list(pipeline.ledger.releases())


def test_data_that_change_under_the_capture_are_not_published(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    search = Search(list(ROWS))
    search.on(site)
    answer = site.routes[SEARCH]
    assert callable(answer)

    def growing(asked: object) -> Answer:
        search.rows.append(row(9000 + len(search.searches), FIRST))
        return answer(asked)  # type: ignore[arg-type]

    site.routes[SEARCH] = growing
    outcome = refreshed(pipeline, time)
    assert not outcome.new
    assert outcome.refused


def test_a_broken_capture_is_continued_where_it_broke(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    search = Search(ROWS)
    search.on(site)
    works = site.routes[SEARCH]
    assert callable(works)
    site.routes[SEARCH] = lambda asked: Answer(status=500) if len(search.searches) >= 2 else works(asked)
    assert refreshed(pipeline, time).refused
    before = [body["filters"]["time_period"][0] for body in search.searches]
    site.routes[SEARCH] = works
    assert len(refreshed(pipeline, time).new) == 1
    after = [body["filters"]["time_period"][0] for body in search.searches[len(before) :]]
    assert not [period for period in after if period in before]


def test_a_field_that_is_gone_stops_the_capture(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    Search([{**row(1, FIRST), "PSC": {"code": "1005"}}]).on(site)
    assert "no field 'PSC.description'" in refreshed(pipeline, time).refused[0].why.what
