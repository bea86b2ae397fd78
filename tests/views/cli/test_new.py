"""What `tallystick new` writes works as it stands: it is added, asked and run here."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.catalog import Catalog
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.examples import agrees, examples, expected, given
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.tables.graph import Graph
from tallystick.views.answer import figure
from tallystick.views.html.written import written
from tallystick.views.pages.read import pages
from tallystick.views.visit import Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import Words
from tests.views.cli.conftest import Run
from tests.views.conftest import TOTAL


def catalog_with(own: Path) -> Catalog:
    return Catalog((bundled_records(), own))


def test_a_new_source_reads_its_sample_without_a_severe_finding(run: Run, tmp_path: Path) -> None:
    assert run("new", "source", "city_budgets", "--records", "mine").code == 0
    sample = tmp_path / "mine/sources/us/city_budgets/sample/city_budgets.csv"
    added = run("add", "city_budgets", str(sample), "--records", "mine", "--format", "json")
    assert added.code == 0
    assert json.loads(added.out)[0]["rows"] == 2
    assert "city_budgets_published" in run("tables", "--records", "mine", "--format", "csv").out


def test_a_new_source_takes_its_columns_from_a_file_of_the_series(run: Run, tmp_path: Path) -> None:
    like = tmp_path / "Budgets 2025 (final).csv"
    like.write_text('Name,"Amount, in USD",2025,Name of unit\nfirst,1.00,x,"a ""b"""\n')
    assert run("new", "source", "budgets", "--like", str(like), "--records", "mine").code == 0
    columns = catalog_with(tmp_path / "mine").source("budgets").publishes["budgets_published"].columns
    assert list(columns) == ["name", "amount_in_usd", "column_2025", "name_of_unit"]
    assert run("add", "budgets", str(like), "--records", "mine").code == 0


def test_a_new_metric_gives_what_its_examples_say_and_answers_at_once(
    run: Run, small_data: Path, tmp_path: Path
) -> None:
    assert run("new", "metric", "my_obligations", "--records", "mine").code == 0
    catalog = catalog_with(tmp_path / "mine")
    metrics = Metrics(catalog, Graph(catalog))
    written = next(written for path, written in examples(catalog) if path.name == "my_obligations.examples.yml")
    assert len(written.examples) == 3
    for example in written.examples:
        for row, said in zip(given(metrics, written, example), expected(example), strict=True):
            assert all(agrees(said[name], row[name]) for name in said)
    run("build", "--data", str(small_data), "--records", "mine")
    shown = run("show", "my_obligations", "--records", "mine", "--format", "json")
    assert json.loads(shown.out, parse_float=Decimal)["value"] == TOTAL


def test_a_new_claim_is_judged_at_once(run: Run, small_data: Path) -> None:
    assert run("new", "claim", "my-claim-2-million", "--on", "2025-09-22", "--records", "mine").code == 0
    run("build", "--data", str(small_data), "--records", "mine")
    told = json.loads(run("claims", "my-claim-2-million", "--records", "mine", "--format", "json").out)
    assert told["now"] == "fails", "the small releases hold less than a million"
    assert {figure["definition"] for figure in told["figures"]} == {"as stated", "the calendar year"}
    assert run("claims", "my-claim-2-million", "--records", "mine", "--strict").code == 8


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (["source", "usaspending_captures"], "already"),
        (["metric", "obligations"], "already"),
        (["claim", "geissele-9-million", "--on", "2025-10-22"], "already"),
        (["claim", "my claim", "--on", "2025-10-22"], "hyphens"),
        (["page", "money"], "already"),
        (["page", "explore"], "already"),
        (["page", "My page"], "hyphens"),
        (["source", "City Budgets"], "small letters"),
        (["source", "../escape"], "small letters"),
        (["source", "budgets", "--like", "absent.csv"], "absent.csv"),
    ],
)
def test_a_name_that_is_taken_or_misshapen_writes_nothing(
    run: Run, tmp_path: Path, wrong: list[str], hint: str
) -> None:
    ran = run("new", *wrong, "--records", "mine")
    assert ran.code == 2
    assert hint in ran.err
    assert not [path for path in (tmp_path / "mine").rglob("*") if path.is_file()]


def test_nothing_is_written_over_a_file_that_is_there(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "mine/metrics/mine.py"
    kept.parent.mkdir(parents=True)
    kept.write_text("# kept\n")
    assert run("new", "metric", "mine", "--records", "mine").code == 2
    assert kept.read_text() == "# kept\n"
    assert not (tmp_path / "mine/metrics/mine.examples.yml").exists()


def test_a_new_page_is_shown_at_once(run: Run, small_data: Path, tmp_path: Path) -> None:
    assert run("new", "page", "border-wall", "--records", "mine").code == 0
    run("build", "--data", str(small_data), "--records", "mine")
    records = (bundled_records(), tmp_path / "mine")
    bench = Bench(Pipeline(Settings(tmp_path / ".tallystick", records, threads=1, memory_limit="2GB")))
    found = pages(bench.pipeline.catalog)
    visit = Visit(bench, found, Words(), ServerLinks(), "/border-wall")
    html = written(visit, {"page": "border-wall"}).body.decode()
    assert "Border wall" in html
    assert figure(TOTAL, "USD") in html
