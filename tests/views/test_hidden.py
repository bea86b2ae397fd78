"""What is hidden has the same mark and reason in every form, and looks like neither zero nor unknown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pyarrow.parquet as parquet
import pytest
from python_calamine import CalamineWorkbook

from tallystick.bench import Bench
from tallystick.current import Current
from tallystick.nouns.metric import Question
from tallystick.nouns.protection import NO_PLAN, SMALL
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tallystick.views.cli.main import outcome
from tallystick.views.download import Form, download
from tallystick.views.hidden import is_hidden, seen
from tallystick.views.mcp.tools import Tools
from tests.guarded import FIRST
from tests.views.web.conftest import serving

FEW = {"where": "aor=BUF", "from": "2018-10-01", "to": "2018-10-02"}
LINE = ["show", "arrests", "--where", "aor=BUF", "--from", "2018-10-01", "--to", "2018-10-02"]


@pytest.fixture(scope="module")
def others(guarded_home: Settings) -> Bench:
    return Bench(Pipeline(replace(guarded_home, profile="public")))


@pytest.fixture(scope="module")
def server(guarded_home: Settings) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TALLYSTICK_PROFILE", "public")
        with (
            serving(guarded_home.home) as served,
            httpx.Client(base_url=served.url, timeout=120, trust_env=False) as http,
        ):
            yield http


def marks(told: dict[str, object]) -> tuple[object, ...]:
    return told["value"], told["hidden"], told["hidden_because"]


def test_one_hidden_figure_has_its_mark_and_reason_in_the_api_in_files_and_to_a_language_model(
    server: httpx.Client, guarded_home: Settings
) -> None:
    answer = server.get("/api/v1/metrics/arrests/answer", params=FEW).json()
    assert marks(answer) == (None, True, SMALL)
    assert marks(server.get("/api/v1/metrics/arrests/why", params=FEW).json()) == (None, True, SMALL)
    assert marks(server.get("/data", params={"metric": "arrests", "format": "json"} | FEW).json()) == (
        None,
        True,
        SMALL,
    )
    (row,) = csv.DictReader(
        io.StringIO(server.get("/data", params={"metric": "arrests", "format": "csv"} | FEW).text)
    )
    assert row == {"value": "", "hidden": "True", "hidden_because": SMALL}
    current = Current(replace(guarded_home, profile="public"))
    asked = json.loads(Tools(current, "").ask_metric("arrests", ["aor=BUF"], period=[FIRST, FIRST + timedelta(1)]))
    current.close()
    assert marks(asked) == (None, True, SMALL)


def test_one_hidden_figure_has_its_mark_and_reason_at_the_command_line(
    guarded_home: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("PROFILE", "public"), ("THREADS", "1"), ("MEMORY", guarded_home.memory_limit)):
        monkeypatch.setenv(f"TALLYSTICK_{name}", value)
    home = ["--home", str(guarded_home.home)]
    assert outcome([*LINE, "--format", "json", *home]) == 0
    assert marks(json.loads(capsys.readouterr().out)) == (None, True, SMALL)
    assert outcome([*LINE, "--format", "csv", *home]) == 0
    assert capsys.readouterr().out == f'value,hidden,hidden_because\n,True,"{SMALL}"\n'
    assert outcome([*LINE, *home]) == 0
    assert f"It is neither zero nor unknown: {SMALL}." in " ".join(capsys.readouterr().out.split())


def test_a_breakdown_tells_of_each_row_whether_it_is_hidden_and_why_in_every_form(others: Bench) -> None:
    answer = others.ask(Question("arrests", by=("day", "aor")))
    told = [(row["hidden"], SMALL if row["hidden"] else None) for row in answer.rows]
    assert {hidden for hidden, _ in told} == {True, False}
    rows = json.loads(download(others, answer, Form.JSON).body)["rows"]
    assert [(row["hidden"], row["hidden_because"]) for row in rows] == told
    lines = csv.DictReader(io.StringIO(download(others, answer, Form.CSV).body.decode()))
    assert [(row["hidden"] == "True", row["hidden_because"] or None) for row in lines] == told
    table = parquet.read_table(io.BytesIO(download(others, answer, Form.PARQUET).body)).to_pylist()
    assert [(row["hidden"], row["hidden_because"]) for row in table] == told
    book = CalamineWorkbook.from_filelike(io.BytesIO(download(others, answer, Form.XLSX).body))
    cells = book.get_sheet_by_name("Rows").to_python()[1:]
    assert [(row[3], row[4] or None) for row in cells] == told
    assert ["a hidden figure", SMALL] in book.get_sheet_by_name("About").to_python()


def test_a_breakdown_that_no_plan_tells_is_not_an_empty_file(others: Bench) -> None:
    answer = others.ask(Question("median_days_to_departure", by=("fiscal_year",)))
    (row,) = csv.DictReader(io.StringIO(download(others, answer, Form.CSV).body.decode()))
    assert (row["hidden"], row["hidden_because"], row["value"]) == ("True", NO_PLAN, "")
    assert json.loads(download(others, answer, Form.JSON).body)["rows"][0]["hidden_because"] == NO_PLAN


@pytest.mark.parametrize("path", ["/explore", "/why", "/embed"])
def test_a_hidden_figure_looks_hidden_on_a_page(server: httpx.Client, path: str) -> None:
    page = server.get(path, params={"metric": "arrests"} | FEW).text
    assert '<span class="absent">hidden' in page or 'class="absent">hidden' in page
    assert "unknown, not zero" not in page


def test_a_chart_says_hidden_where_it_is_pointed_at_and_its_summary_counts_it(server: httpx.Client) -> None:
    days = {"where": "aor=DAL", "by": "day", "from": "2018-10-01", "to": "2018-10-12", "draw": "bars"}
    drawn = server.get("/chart.svg", params={"metric": "arrests"} | days).text
    assert ": hidden" in drawn
    some = server.get("/explore", params={"metric": "arrests", "by": "day"}).text
    assert " are hidden." in some
    assert " are unknown." not in some


def test_where_all_is_hidden_a_page_says_so_and_asks_for_no_release(server: httpx.Client) -> None:
    every = server.get("/explore", params={"metric": "arrests", "where": "aor=MIA", "by": "day"}).text
    assert "Every figure is hidden. It is neither zero nor unknown." in every
    assert "Nothing held answers this" not in every
    assert "It would follow from releases of these sources" not in every


def test_of_several_columns_each_says_for_itself_whether_it_is_hidden() -> None:
    row = {"now": None, "then": None, "hidden": ("then",)}
    assert (seen(row, "now"), seen(row, "then")) == (None, "hidden")
    assert is_hidden({"value": None, "hidden": True}, "value")
    assert not is_hidden({"value": 12, "hidden": True}, "value")
    assert not is_hidden({"value": None}, "value")
