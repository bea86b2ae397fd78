"""Community indicators and sheets on the real releases, against plain pandas over the same files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question

LIST = "participatingAgencies05182026am.xlsx"
COUNTY = "12086"
pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def held(real_data: Path) -> pd.DataFrame:
    """The daily population with the county of each facility."""
    rows = pd.read_parquet(next((real_data / "daily_population").glob("*.parquet")))
    places = pd.read_csv(real_data / "facilities" / "ddp_facilities_geocoded.csv", dtype=str)
    rows["date"] = pd.to_datetime(rows["date"])
    return rows.merge(places[["detention_facility_code", "county_fips_code"]], on="detention_facility_code")


def test_people_held_before_and_after_are_means_over_the_days_of_twelve_months_each(
    real_bench: Bench, held: pd.DataFrame, real_data: Path
) -> None:
    listed = pd.read_excel(real_data / "agreements_287g" / "participating" / LIST, engine="calamine", sheet_name=0)
    listed.columns = [str(name).strip() for name in listed.columns]
    there = listed["COUNTY"].astype(str).str.strip().str.lower().str.startswith("miami-dade")
    begins = pd.to_datetime(listed[there]["SIGNED"]).min().to_period("M")
    asked = {"level": "county", "indicator": "people_held", "county_fips": COUNTY}
    found = {
        row["phase"]: row["value"] for row in real_bench.ask(Question("community_mean", dict(asked), ("phase",))).rows
    }
    rows = held[held.county_fips_code == COUNTY]
    daily = rows.groupby("date").n_detained_at_midnight.sum()
    months = daily.index.to_period("M")
    for phase, first, last in (("before", -12, -1), ("after", 1, 12)):
        window = daily[(months >= begins + first) & (months <= begins + last)]
        assert found[phase] == pytest.approx(window.mean()), phase


def test_the_share_held_without_a_conviction_is_over_all_people_held(real_bench: Bench, held: pd.DataFrame) -> None:
    asked = {"level": "county", "indicator": "share_held_without_a_conviction", "county_fips": COUNTY}
    rows = held[(held.county_fips_code == COUNTY) & (held.date >= "2025-10-01") & (held.date <= "2026-02-28")]
    expected = 1 - rows.n_detained_convicted_criminal.sum() / rows.n_detained.sum()
    found = real_bench.ask(
        Question("community_mean", dict(asked), start=date(2025, 10, 1), end=date(2026, 2, 28))
    ).value
    assert found == pytest.approx(expected)


def test_agreements_of_a_state_are_those_of_its_last_list(real_bench: Bench, real_data: Path) -> None:
    path = real_data / "agreements_287g" / "participating" / LIST
    listed = pd.read_excel(path, engine="calamine", sheet_name=0)
    in_florida = listed.iloc[:, 0].astype(str).str.strip().str.upper() == "FLORIDA"
    asked = {"level": "state", "indicator": "agreements_in_force", "state": "FL"}
    found = real_bench.ask(
        Question("community_mean", dict(asked), start=date(2026, 5, 1), end=date(2026, 5, 31))
    ).value
    assert found == in_florida.sum()


def test_money_by_place_is_the_sum_over_awards_done_there(real_bench: Bench, real_data: Path) -> None:
    """An award that two files list counts once."""
    paths = (real_data / "procurement" / "usaspending_award_csv").glob("*.csv")
    awards = pd.concat([pd.read_csv(path, low_memory=False) for path in paths if "Subawards" not in path.name])
    awards = awards.drop_duplicates("contract_award_unique_key")
    in_california = awards[
        (awards.primary_place_of_performance_state_code == "CA") & (awards.award_or_idv_flag == "AWARD")
    ]
    found = real_bench.ask(Question("obligated_by_place", {"state": "CA"})).value
    assert float(str(found)) == pytest.approx(in_california.total_obligated_amount.sum())


def test_every_figure_of_every_sheet_is_known_or_says_why_it_is_not(real_bench: Bench) -> None:
    sheets = [
        real_bench.sheet("county", ["FL", "Miami-Dade"]),
        real_bench.sheet("state", ["Florida"]),
        real_bench.sheet("area", ["Miami"], "2025Q4"),
    ]
    for sheet in sheets:
        figures = [one for _, every in sheet.parts for one in every]
        assert len(figures) > 12
        assert all(bool(one.rows) != bool(one.because) for one in figures)
        assert any(one.rows for one in figures)
        assert all(one.rests_on for one in figures if one.rows)
    names = {one.asks.name: one for _, every in sheets[2].parts for one in every}
    assert "2015-10-01" not in names["held at midnight on an average day"].because
    assert names["deaths in the area"].because
