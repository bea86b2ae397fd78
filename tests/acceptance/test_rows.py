"""Figures of the rows released for fiscal years 2016 to 2019, and of counts that others made since, held against
what pandas and plain SQL read of the same files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tallystick.bench import Bench
from tallystick.errors import UsageError
from tallystick.nouns.finding import Finding
from tallystick.nouns.metric import Question

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def removed(real_data: Path) -> pd.DataFrame:
    """Every row of the removals, read by another program, with the days from apprehension to departure."""
    files = sorted((real_data / "enforcement_rows_fy2016_2019").glob("ICERemovals_FY*.csv.gz"))
    told = pd.concat(
        [pd.read_csv(path, sep="|", skiprows=5, dtype=str, keep_default_na=False).assign(file=path.name[14:18])
         for path in files]
    )  # fmt: skip
    days = {name: pd.to_datetime(told[f"{name} Date"], format="%m/%d/%Y") for name in ("Apprehension", "Departed")}
    return told.assign(days=(days["Departed"] - days["Apprehension"]).dt.days)


def figures(bench: Bench, metric: str, *by: str, **where: str) -> dict[Any, Any]:
    answer = bench.ask(Question(metric, dict(where), by))
    return {tuple(row[name] for name in by) if len(by) > 1 else row[by[0]]: row["value"] for row in answer.rows}


def figure(bench: Bench, metric: str, **where: str) -> Any:
    return bench.ask(Question(metric, dict(where))).value


def of_kind(bench: Bench, kind: str, name: str = "") -> list[Finding]:
    named = {release.id: release.name for release in bench.pipeline.ledger.releases()}
    return [found for found in bench.findings() if found.kind == kind and name in named[found.release]]


def test_arrests_and_removals_of_each_fiscal_year_are_the_rows_released(real_bench: Bench) -> None:
    arrests, removals = figures(real_bench, "arrests", "fiscal_year"), figures(real_bench, "removals", "fiscal_year")
    assert [arrests[year] for year in (2016, 2017, 2018)] == [110_104, 143_470, 158_581]
    assert [removals[year] for year in (2016, 2017, 2018)] == [240_255, 226_119, 256_085]


def test_arrests_a_day_by_quarter_count_every_day_of_the_quarter(real_bench: Bench) -> None:
    rates = figures(real_bench, "arrests_per_day", "quarter")
    wanted = {"2015Q4": 300, "2016Q4": 298, "2017Q2": 438, "2018Q2": 450, "2019Q2": 400}
    assert {quarter: round(rates[quarter]) for quarter in wanted} == wanted


def test_the_last_year_is_divided_by_the_335_days_that_it_covers(real_bench: Bench) -> None:
    assert figures(real_bench, "arrests_per_day", "fiscal_year")[2019] == (131_904 - 4) / 335
    leap = real_bench.ask(Question("arrests_per_day", start=date(2016, 2, 1), end=date(2016, 2, 29))).value
    total = real_bench.ask(Question("arrests", start=date(2016, 2, 1), end=date(2016, 2, 29))).value
    assert leap == pytest.approx(float(total) / 29)


def test_medians_of_days_to_departure_are_those_that_pandas_finds(real_bench: Bench, removed: pd.DataFrame) -> None:
    ours = figures(real_bench, "median_days_to_departure", "fiscal_year")
    theirs = removed[removed.days >= 0].groupby("file").days.median()
    assert [ours[year] for year in (2016, 2017, 2018, 2019)] == [21, 35, 34, 37]
    assert {str(year): value for year, value in ours.items()} == theirs.to_dict()


def test_other_quantiles_and_negatives_are_those_that_pandas_finds(real_bench: Bench, removed: pd.DataFrame) -> None:
    positive = removed[removed.days >= 0].groupby("file").days
    for metric, share in (("lower_quartile", 0.25), ("upper_quartile", 0.75), ("ninth_decile", 0.9)):
        ours = figures(real_bench, f"{metric}_of_days_to_departure", "fiscal_year")
        assert {str(year): value for year, value in ours.items()} == pytest.approx(positive.quantile(share).to_dict())
    with_negatives = figures(real_bench, "median_days_to_departure_with_negatives", "fiscal_year")
    assert {str(y): v for y, v in with_negatives.items()} == removed.groupby("file").days.median().to_dict()
    assert int(figure(real_bench, "removals_dated_before_the_apprehension")) == int((removed.days < 0).sum())
    assert int(figure(real_bench, "removals_without_an_apprehension")) == int(removed.days.isna().sum())


def test_medians_of_areas_in_2018_are_those_known(real_bench: Bench) -> None:
    areas = figures(real_bench, "median_days_to_departure", "aor", fiscal_year="2018")
    assert {name: areas[name] for name in ("NYC", "BOS", "HOU", "SND")} == {
        "NYC": 336, "BOS": 167.5, "HOU": 56, "SND": 1,
    }  # fmt: skip


def test_arrests_since_20_january_2025_are_971_a_day_over_25_areas(real_bench: Bench) -> None:
    assert figure(real_bench, "arrests_over_period") == 547_776
    assert round(figure(real_bench, "arrests_over_period_per_day")) == 971
    assert len(figures(real_bench, "arrests_over_period", "aor").keys() - {None}) == 25


def test_blacked_out_threat_levels_are_as_many_as_the_convicted_whom_ice_says_it_removed(real_bench: Bench) -> None:
    told = {f.scope: f.count for f in of_kind(real_bench, "redaction") if f.evidence[0]["column"] == "threat_level"}
    assert (told["FY2016"], told["FY2017"]) == (138_669, 127_699)
    assert real_bench.ask(Question("removals", {"fiscal_year": "2016", "criminality": "convicted"})).value == 138_669


def test_an_independent_count_agrees_in_every_area_on_every_day_but_for_rows_without_an_area(
    real_bench: Bench,
) -> None:
    assert real_bench.edition
    told = real_bench.engine.query("SELECT * FROM counted_elsewhere ORDER BY what, fiscal_year").to_pylist()
    assert len(told) == 8
    assert [(row["days_that_differ"], row["unexplained"]) for row in told] == [(0, 0)] * 8
    blank = {f.scope: f.count for f in of_kind(real_bench, "missing_group", "EROArrests") if "name no aor" in f.says}
    assert [row["without_area"] for row in told if row["what"] == "arrests"] == list(blank.values())
    assert list(blank.values()) == [272, 247, 873, 2_416]
    head = {f.scope: f.count for f in of_kind(real_bench, "unlisted_group", "EROArrests")}
    assert [row["headquarters"] for row in told if row["what"] == "arrests"] == list(head.values())


def test_equal_rows_are_not_duplicates_where_the_identifiers_were_removed(real_bench: Bench) -> None:
    found = of_kind(real_bench, "indistinguishable_rows", "EROArrests")
    assert sum(finding.count for finding in found) == 80_866
    assert of_kind(real_bench, "duplicate_rows", "ERO") == of_kind(real_bench, "duplicate_rows", "ICERemovals") == []


@pytest.mark.parametrize(
    ("kind", "name", "count", "says"),
    [
        ("out_of_range", "EROArrests_FY2019", 4, "2019-09-01"),
        ("missing_group", "EROArrests_FY2016", 1, "HLG"),
        ("missingness_shift", "seattle", 1255, "20% to 48%"),
        ("homonyms", "facilities-daily-population", 10, "WASHINGTON COUNTY JAIL"),
        ("days_to_come", "mn_reformer_daily_arrests", 1, "2026-09-17"),
    ],
)
def test_each_known_error_is_found_where_it_is(
    real_bench: Bench, kind: str, name: str, count: int, says: str
) -> None:
    found = [finding for finding in of_kind(real_bench, kind, name) if says in finding.says]
    assert [finding.count for finding in found] == [count]


def test_the_shift_says_by_how_much_a_state_only_seems_to_grow(real_bench: Bench) -> None:
    (found,) = of_kind(real_bench, "missingness_shift")
    assert "+85%" in found.says
    assert "+49%" in found.says


def test_thousands_of_removals_a_year_left_in_the_year_before(real_bench: Bench) -> None:
    assert [finding.count for finding in of_kind(real_bench, "counting_rule")] == [4_731, 5_470, 3_680, 4_596]


def test_no_release_is_held_back_but_workbooks_with_known_errors(real_bench: Bench) -> None:
    sources = {release.id: release.source for release in real_bench.pipeline.ledger.releases()}
    assert {sources[finding.release] for finding in real_bench.held_back()} == {"ice_detention_statistics"}


def test_no_single_row_of_a_person_can_be_reached(real_bench: Bench) -> None:
    for metric in ("arrests", "removals", "median_days_to_departure"):
        shown = real_bench.why(Question(metric, {"fiscal_year": "2016"}), limit=5)
        assert shown
        assert all("source_row" not in row and row.get("table") != "ero_arrests_published" for row in shown)
    persons = {
        r.id: r.name for r in real_bench.pipeline.ledger.releases() if r.source in ("ero_arrests", "ice_removals")
    }
    for finding in real_bench.findings():
        if finding.release in persons:
            assert all(not {"source_row", "row"} & row.keys() for row in finding.evidence), finding.kind
    one, other = sorted(release.id for release in real_bench.pipeline.ledger.releases("ero_arrests"))[:2]
    with pytest.raises(UsageError, match="single persons"):
        real_bench.diff(one, other)


def test_a_bundle_of_arrests_holds_counts_and_neither_rows_nor_originals(real_bench: Bench, tmp_path: Path) -> None:
    real_bench.freeze([Question("arrests", by=("fiscal_year",))], tmp_path / "bundle")
    names = [path.name for path in (tmp_path / "bundle").rglob("*") if path.is_file()]
    assert "arrests_by_day.parquet" in names
    assert not any("EROArrests" in name for name in names)
    assert not list((tmp_path / "bundle").rglob("published/ero_arrests_published"))


def test_population_by_facility_adds_up_to_what_the_file_says_of_a_day(real_bench: Bench, real_data: Path) -> None:
    (path,) = (real_data / "daily_population").glob("*.parquet")
    told = pd.read_parquet(path)
    day = told[told.date == date(2025, 9, 24)] if told.date.dtype == object else told[told.date == "2025-09-24"]
    asked = Question("held", by=("facility",), start=date(2025, 9, 24), end=date(2025, 9, 24))
    ours: Mapping[str, int] = {row["facility"]: row["value"] for row in real_bench.ask(asked).rows}
    assert ours == dict(zip(day.detention_facility_code, day.n_detained_at_midnight, strict=True))
    assert sum(ours.values()) == 60_148


def test_each_facility_stands_once(real_bench: Bench) -> None:
    assert real_bench.edition
    sql = (
        "SELECT count(*) AS n, count(DISTINCT facility_code) AS codes, count(guaranteed_minimum) AS g FROM facilities"
    )
    (told,) = real_bench.engine.query(sql).to_pylist()
    assert told["n"] == told["codes"] == 1836
    assert told["g"] == 35


def test_deaths_and_encounters_add_up_to_what_the_files_say(real_bench: Bench, real_data: Path) -> None:
    deaths = pd.read_csv(real_data / "custody_deaths" / "ice_custody_deaths_by_fy_facility_type.csv")
    assert (
        figures(real_bench, "deaths_in_custody", "fiscal_year")
        == deaths.groupby("fiscal_year").deaths.sum().to_dict()
    )
    met = pd.read_csv(real_data / "enforcement_aggregates" / "sbo-encounters-fy22-fy25-aug.csv")
    assert int(figure(real_bench, "encounters")) == int(met["Encounter Count"].sum())
    assert figure(real_bench, "border_patrol_encounters", fiscal_year="2024") == 1_557_320
