"""Privacy notices and assessments over the samples, the real notices and the addresses of the real inventory."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

SOURCES = ("federal_register_notices", "federal_register_documents", "privacy_assessments_listed")
NOT_ASSESSMENTS = ("/collections/", "federalregister.gov", "govinfo.gov")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench over the samples of the three sources, and a list that has a notice which no issue held has."""
    folder = tmp_path_factory.mktemp("papers")
    for source in SOURCES:
        for path in (bundled_records() / "sources" / "us" / source / "sample").iterdir():
            shutil.copy(path, folder)
    listed = folder / "federal_register_documents_2025-03-01.json"
    more = listed.read_text().replace("2025-00001", "2025-00009").replace("of a new system", "of a modified system")
    (folder / "federal_register_documents_2025-04-01.json").write_text(more)
    settings = Settings(home=folder / "home", records=(bundled_records(),), threads=2, memory_limit="1GB")
    pipeline = Pipeline(settings)
    assert not pipeline.take_in(folder).refused
    return Bench(pipeline)


def test_the_notice_itself_is_believed_before_the_list(bench: Bench) -> None:
    rows = {row["document_number"]: row for row in bench.table("privacy_notices")}
    assert {number: (row["kind"], row["told_by"]) for number, row in rows.items()} == {
        "2025-00001": ("system of records, new", "the notice"),
        "2025-00002": ("matching programme, re-established", "the notice"),
        "2025-00009": ("system of records, modified", "the list"),
    }
    assert rows["2025-00001"]["link"].startswith("https://www.federalregister.gov/documents/")
    assert "nobody@example.gov" not in repr(rows)


def test_an_assessment_that_is_not_held_is_unknown_and_not_none(bench: Bench) -> None:
    def known(**where: str) -> object:
        return bench.ask(Question("privacy_assessments_known", dict(where))).value

    assert known(number="DHS/LHS/PIA-001(a)", is_listed="true") == 1
    assert known(number="DHS/ICE/PIA-054", is_cited="true") == 1
    assert known(number="DHS/ICE/PIA-999") is None
    keys = [row["assessment"] for row in bench.table("privacy_assessments")]
    assert len(keys) == len(set(keys))


@pytest.mark.real_data
def test_every_assessment_that_the_real_inventory_cites_for_dhs_is_in_the_register(real_data: Path) -> None:
    with (real_data / "ai_inventory" / "omb_2025_individual.csv").open(encoding="utf-8-sig", newline="") as file:
        cited = [row["pia_url"] for row in csv.DictReader(file) if row["agency"] == "DHS"]
    addresses = {a.strip(" ;,") for told in cited for a in re.split(r"[;,\s]+(?=http)", told.strip()) if a}
    wanted = {a for a in addresses if not any(other in a for other in NOT_ASSESSMENTS)}
    with (bundled_records() / "registers" / "privacy_assessments_cited.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    known = {row["link"] for row in rows}
    inside = {a for a in wanted if "sharepoint" in a}
    assert len(wanted) == 36
    assert wanted - inside <= known
    assert sum(row["kind"] == "PTA" for row in rows) == len(inside) == 1
    for row in rows:
        digits = re.sub(r"\D", "", row["number"]).lstrip("0")
        assert digits in re.sub(r"[^0-9/]", "", row["link"])
