"""Codes found again from their descriptions: only where a description stands for one code."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import pytest

from tallystick.bench import Bench
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tallystick.tables.spelling import spelled
from tallystick.tables.statements import compiled

PRODUCTS = """code,name
2106,"LAMPS, ELECTRIC"
2107,WICKS & OIL
2108,WICKS AND OIL
21,LANTERNS
2109,LANTERNS
2154,SIRENS
"""
DATED = """PSC CODE,PRODUCT AND SERVICE CODE NAME,START DATE,END DATE,PRODUCT AND SERVICE CODE FULL NAME
2150,FOG HORNS,10/1/79,9/30/11,Horns against fog
2151,FOG HORNS,10/1/11,,"Fog Horns, with or without steam"
2152,BELL BUOYS,10/1/79,9/30/11,Bell Buoys
2153,BELLS,10/1/11,,Bell-Buoys
2154,SIRENS,10/1/79,,
"""


def bench(settings: Settings, *files: tuple[str, Path]) -> Bench:
    pipeline = Pipeline(settings)
    for source, path in files:
        pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))
    return Bench(pipeline)


@pytest.fixture
def small_lists(settings: Settings, tmp_path: Path) -> Bench:
    """Made-up code lists: shorter than any release, so the floor of rows is told to be one."""
    files = []
    for name, text in (("psc_names_observed.csv", PRODUCTS), ("psc_codes.csv", DATED)):
        (tmp_path / name).write_text(text)
        files.append(("psc_codes", tmp_path / name))
    overlay = tmp_path / "records" / "sources" / "us" / "psc_codes"
    overlay.mkdir(parents=True)
    original = Path(__file__).parents[2] / "records" / "sources" / "us" / "psc_codes" / "source.yml"
    (overlay / "source.yml").write_text(original.read_text().replace("min: 400", "min: 1"))
    return bench(
        Settings(settings.home, (*settings.records, tmp_path / "records"), threads=1, memory_limit="2GB"), *files
    )


def found(bench: Bench, *names: str) -> dict[str, str]:
    rows = bench.engine.query("SELECT name, psc_code FROM psc_by_name").to_pylist()
    return {row["name"]: row["psc_code"] for row in rows if row["name"] in names}


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("Wicks & Oil,  best", "WICKS AND OIL BEST"),
        ("REPAIR SHOP- SHIPS/BOATS (LABOR)", "REPAIR SHOP SHIPS BOATS LABOR"),
        ("  --  ", None),
        (None, None),
    ],
)
def test_descriptions_are_held_against_one_another_by_their_words(says: str | None, words: str | None) -> None:
    table = ibis.table({"says": "string"}, name="printed")
    sql = compiled(table.select(words=spelled(table.says)))
    with DuckDB(threads=1, memory="1GB") as engine:
        cell = "NULL" if says is None else f"'{says}'"
        engine.create("printed", f"SELECT CAST({cell} AS VARCHAR) AS says")
        assert engine.query(sql).to_pylist() == [{"words": words}]


def test_a_description_of_one_code_gives_it_and_a_shared_one_gives_none(small_lists: Bench) -> None:
    assert found(small_lists, "LAMPS ELECTRIC", "WICKS AND OIL") == {"LAMPS ELECTRIC": "2106"}
    shared = small_lists.engine.query("SELECT codes, code FROM code_meanings WHERE name = 'WICKS AND OIL'")
    assert shared.to_pylist() == [{"codes": 2, "code": None}]


def test_a_group_of_codes_never_stands_in_for_a_code(small_lists: Bench) -> None:
    assert found(small_lists, "LANTERNS") == {"LANTERNS": "2109"}


def test_a_name_in_force_outweighs_one_ended_and_a_short_name_a_long_one(small_lists: Bench) -> None:
    assert found(small_lists, "FOG HORNS", "BELL BUOYS") == {"FOG HORNS": "2151", "BELL BUOYS": "2152"}


def test_a_name_seen_without_days_does_not_take_the_place_of_one_with_days(small_lists: Bench) -> None:
    rows = small_lists.engine.query(
        "SELECT valid_from_date, valid_to_date FROM psc_codes WHERE psc_code = '2154' ORDER BY 1 NULLS LAST"
    ).to_pylist()
    assert rows == [
        {"valid_from_date": date(1979, 10, 1), "valid_to_date": None},
        {"valid_from_date": None, "valid_to_date": None},
    ]


@pytest.mark.real_data
def test_nearly_all_money_of_a_captured_year_finds_its_codes(real_data: Path, settings: Settings) -> None:
    lists = [
        ("naics_codes", "naics.csv"),
        ("naics_codes", "naics_names_observed.csv"),
        ("psc_codes", "psc_codes.csv"),
        ("psc_codes", "psc_names_observed.csv"),
    ]
    captured = real_data / "procurement/usaspending_transactions_api/CBP_ICE_FY2025_Contract_Obligations.csv"
    made = bench(settings, *[(s, real_data / "reference" / f) for s, f in lists], ("usaspending_captures", captured))
    for agency in ("ICE", "CBP"):
        for code, least_rows in (("psc_code", "0.98"), ("naics_code", "0.95")):
            share = shares(made, agency, code)
            assert share["money"] > Decimal("0.996"), (agency, code, share)
            assert share["rows"] > Decimal(least_rows), (agency, code, share)


def shares(bench: Bench, agency: str, code: str) -> dict[str, Any]:
    """The share of rows, and of money either way, whose `code` was found."""
    row = bench.engine.query(
        f"SELECT count({code}) / count(*)::DECIMAL(18,6) AS rows, "
        f"sum(abs(federal_action_obligation_usd)) FILTER (WHERE {code} IS NOT NULL)::DECIMAL(30,6) "
        f"/ sum(abs(federal_action_obligation_usd)) AS money FROM contract_actions WHERE agency = '{agency}'"
    ).to_pylist()[0]
    return {name: Decimal(str(value)) for name, value in row.items()}
