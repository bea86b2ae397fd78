"""Targets beside the real releases of arrests, against plain pandas over the same files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

OFFICE = "arrests-75-a-day-per-office"


@pytest.fixture(scope="module")
def bench(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench over aggregates of arrests, the rows of fiscal year 2019, two workbooks and the average populations."""
    home = tmp_path_factory.mktemp("targets") / "home"
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(),), threads=2, memory_limit="2GB"))
    files = [
        *(real_data / "enforcement_aggregates").glob("ccij_arrests*"),
        *(real_data / "enforcement_aggregates").glob("seattle_aor*"),
        real_data / "enforcement_rows_fy2016_2019" / "EROArrests_FY2019.csv.gz",
        real_data / "custody_deaths" / "average_daily_population.csv",
        *(real_data / "detention_statistics" / "xlsx").glob("*FY26_detentionStats_04092026.xlsx"),
        *(real_data / "detention_statistics" / "xlsx").glob("*FY23_detentionStats02032023.xlsx"),
    ]
    folder = tmp_path_factory.mktemp("files")
    for path in files:
        (folder / path.name).symlink_to(path)
    pipeline.take_in(folder)
    return Bench(pipeline)


@pytest.fixture(scope="module")
def spans(real_data: Path) -> pd.DataFrame:
    return pd.read_csv(next((real_data / "enforcement_aggregates").glob("ccij_arrests*")))


@pytest.fixture(scope="module")
def daily(real_data: Path) -> pd.DataFrame:
    """Arrests of fiscal year 2019 by day and area, days without any as zero, to the last day the title covers."""
    lines = pd.read_csv(
        real_data / "enforcement_rows_fy2016_2019" / "EROArrests_FY2019.csv.gz",
        sep="|", skiprows=5, dtype=str, encoding="latin-1", header=0,
    )  # fmt: skip
    lines.columns = [str(name).strip() for name in lines.columns]
    day = pd.to_datetime(lines["Apprehension Date"], format="%m/%d/%Y", errors="coerce")
    counted = pd.crosstab(day, lines["Area of Responsibility"])
    return counted.reindex(pd.date_range("2018-10-01", "2019-08-31"), fill_value=0)


def value(bench: Bench, metric: str, **where: str) -> object:
    return bench.ask(Question(metric, dict(where))).value


@pytest.mark.real_data
def test_the_country_s_arrests_a_day_stand_to_3000_as_the_sum_of_the_areas_over_564_days(
    bench: Bench, spans: pd.DataFrame
) -> None:
    rate = spans.arrests.sum() / 564
    asked = {"target": "arrests-3000-a-day", "series": "area_arrests"}
    assert value(bench, "target_actual", **asked) == pytest.approx(rate)
    assert round(rate) == 971
    assert value(bench, "target_gap", **asked) == pytest.approx(rate - 3000)
    assert value(bench, "target_reached", **asked) == pytest.approx(rate / 3000)
    assert value(bench, "share_of_target_periods_met", **asked) == 0


@pytest.mark.real_data
def test_two_of_25_offices_reached_75_a_day_over_the_whole_stretch(bench: Bench, spans: pd.DataFrame) -> None:
    met = spans[spans.arrests / 564 >= 75]
    assert list(met["aor"]) == ["Miami", "New Orleans"]
    found = value(bench, "share_of_target_periods_met", target=OFFICE, series="area_arrests")
    assert found == pytest.approx(len(met) / 25)


@pytest.mark.real_data
def test_days_without_an_arrest_count_and_days_met_are_those_that_pandas_finds(
    bench: Bench, daily: pd.DataFrame
) -> None:
    dallas = daily["Dallas Area of Responsibility"]
    asked = {"target": OFFICE, "series": "arrest_rows", "aor": "DAL"}
    assert value(bench, "target_periods", **asked) == 335
    assert value(bench, "target_actual", **asked) == pytest.approx(dallas.mean())
    assert value(bench, "share_of_target_periods_met", **asked) == pytest.approx((dallas >= 75).mean())
    quarter = dallas["2019-04-01":"2019-06-30"]
    asked |= {"quarter": "2019Q2"}
    assert value(bench, "target_actual", **asked) == pytest.approx(quarter.mean())
    days = pd.Series(range(len(quarter)), index=quarter.index)
    assert value(bench, "target_trend", **asked) == pytest.approx(30 * quarter.cov(days) / days.var())


@pytest.mark.real_data
def test_months_wholly_within_a_target_s_days_are_told_from_those_partly_in_them(
    bench: Bench, real_data: Path
) -> None:
    rows = pd.read_csv(next((real_data / "enforcement_aggregates").glob("seattle_aor*")))
    by_month = rows.groupby("month").n.sum()
    asked = {"target": OFFICE, "series": "seattle_arrests", "in_force": "yes"}
    whole = by_month[["2025-02-01", "2025-03-01", "2025-04-01"]]
    assert value(bench, "target_actual", **asked) == pytest.approx(whole.sum() / (28 + 31 + 30))
    assert value(bench, "target_periods", **(asked | {"in_force": "partly"})) == 2


@pytest.mark.real_data
def test_a_target_over_two_series_or_that_nothing_observes_is_unknown(bench: Bench) -> None:
    assert value(bench, "target_actual", target=OFFICE) is None
    assert value(bench, "target_actual", target="installation-180-days") is None
    (shown,) = bench.targets("installation-180-days")
    assert shown.standings == ()
    assert "installation" in str(shown.facts["settled_by"])


@pytest.mark.real_data
def test_book_ins_after_arrests_by_ice_a_day_are_those_that_the_sheet_itself_says(
    bench: Bench, real_data: Path
) -> None:
    path = next((real_data / "detention_statistics" / "xlsx").glob("*FY26_detentionStats_04092026.xlsx"))
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("Detention FY26").to_python()
    rows = [[cell for cell in row if cell != ""] for row in sheet]
    title = next(
        place for place, row in enumerate(rows) if any("by Arresting Agency and Month" in str(c) for c in row)
    )
    after = [row for row in rows[title:] if len(row) > 12 and isinstance(row[-1], float)]
    booked = next(row for row in after if "ICE" in [str(cell).strip() for cell in row])
    months = [float(cell) for cell in booked[-8:-2]]
    asked = {"target": "arrests-3000-a-day", "series": "ice_book_ins", "fiscal_year": "2026"}
    found = bench.ask(Question("target_actual", dict(asked), end=date(2026, 3, 31))).value
    assert found == pytest.approx(sum(months) / (31 + 30 + 31 + 31 + 28 + 31))
    assert value(bench, "share_of_target_periods_met", **asked) == 0


@pytest.mark.real_data
def test_the_people_held_in_a_year_stand_to_the_beds_of_its_law(bench: Bench, real_data: Path) -> None:
    years = pd.read_csv(real_data / "custody_deaths" / "average_daily_population.csv").set_index("fiscal_year").adp
    asked = {"target": "detention-beds-34000", "series": "detained_by_year", "in_force": "yes"}
    within = years[[2013, 2014, 2015, 2016]]
    assert value(bench, "target_actual", **asked) == pytest.approx(within.mean(), abs=1)
    assert value(bench, "share_of_target_periods_met", **asked) == (within >= 34000).mean()


@pytest.mark.real_data
def test_facilities_inspected_twice_in_a_year_are_those_that_plain_sql_finds(bench: Bench) -> None:
    (told,) = bench.engine.query("""
        SELECT avg(CAST(coalesce(both_seen, false) AS INTEGER)) AS met, count(*) AS facilities FROM (
            SELECT name, city, state, max(
                as_of - last_inspection_date < 365 AND as_of - second_to_last_inspection_date < 365
            ) AS both_seen
            FROM detention_facilities_published
            WHERE as_of = DATE '2023-02-03' AND coalesce(adp_level_a, 0) + coalesce(adp_level_b, 0)
                + coalesce(adp_level_c, 0) + coalesce(adp_level_d, 0) >= 1 AND aor IS NOT NULL
            GROUP BY ALL)
    """).to_pylist()
    asked = {"target": "inspections-twice-a-year", "series": "rated_inspections"}
    assert value(bench, "target_periods", **asked) == told["facilities"]
    assert value(bench, "share_of_target_periods_met", **asked) == pytest.approx(told["met"] or 0)


@pytest.mark.real_data
def test_inspections_that_any_release_tells_of_count_for_the_year_before_a_release(bench: Bench) -> None:
    (told,) = bench.engine.query("""
        WITH ended AS (
            SELECT DISTINCT facility, inspected_date FROM inspections
            WHERE inspected_date > DATE '2026-04-09' - 365 AND inspected_date <= DATE '2026-04-09'
        ), listed AS (
            SELECT DISTINCT facility FROM facility_statistics
            WHERE as_of = DATE '2026-04-09' AND average_population >= 1 AND aor IS NOT NULL
        )
        SELECT (SELECT count(*) FROM listed) AS facilities,
               (SELECT count(*) FROM ended JOIN listed USING (facility)) AS inspections
    """).to_pylist()
    asked = {"target": "inspections-twice-a-year", "series": "inspections_seen", "quarter": "2026Q2"}
    assert value(bench, "target_periods", **asked) == told["facilities"]
    assert value(bench, "target_actual", **asked) == pytest.approx(told["inspections"] / told["facilities"])


@pytest.mark.real_data
def test_every_series_that_observes_is_in_the_register_with_its_limits(bench: Bench) -> None:
    bench.targets()
    observed = {row["series"] for row in bench.engine.query("SELECT DISTINCT series FROM target_actuals").to_pylist()}
    registered = {row["series"] for row in bench.table("observed_series")}
    assert observed
    assert observed <= registered
