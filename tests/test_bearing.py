"""An answer is remembered by what bears on it, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallystick.answering import Answering
from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tests.views.conftest import written_small

ASKED = Question("obligations", {"agency": "ICE"}, start=date(2024, 10, 1), end=date(2024, 12, 31))


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Settings:
    """A home that holds the small capture, in which the question was asked."""
    Pipeline(settings).take_in(written_small(tmp_path / "data"))
    Bench(Pipeline(settings)).ask(ASKED)
    return settings


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """The questions that are worked out and not remembered."""
    found: list[Question] = []
    plain = Answering.worked_out

    def noted(answering: Answering, question: Question) -> dict[str, Any]:
        found.append(question)
        return plain(answering, question)

    monkeypatch.setattr(Answering, "worked_out", noted)
    return found


def _landed(home: Settings, source: str, file: Path) -> Bench:
    pipeline = Pipeline(home)
    before = pipeline.edition().id
    folder = file.parent / "landing"
    folder.mkdir(exist_ok=True)
    (folder / file.name).write_bytes(file.read_bytes())
    assert [release.source for release in pipeline.take_in(folder).taken] == [source]
    after = Bench(Pipeline(home))
    assert after.edition.id != before
    return after


def test_a_release_of_another_source_leaves_what_was_answered(
    home: Settings, worked_out: list[Question], tmp_path: Path
) -> None:
    sample = next((bundled_records() / "sources/us/account_obligations/sample").glob("*.csv"))
    worked_out.clear()
    copied = tmp_path / sample.name
    copied.write_bytes(sample.read_bytes())
    bench = _landed(home, "account_obligations", copied)
    assert bench.ask(ASKED).edition == bench.edition.id
    assert worked_out == []
    assert not bench.pipeline.warehouse.edition(bench.edition.id).exists(), "nothing had to be worked out of it"


def test_a_release_of_a_list_that_its_rows_are_read_by_has_it_worked_out_anew(
    home: Settings, worked_out: list[Question], tmp_path: Path
) -> None:
    worked_out.clear()
    (tmp_path / "naics.csv").write_text("naics_code,naics_description\n332994,Small Arms\n332992,Ammunition\n")
    bench = _landed(home, "naics_codes", tmp_path / "naics.csv")
    bench.ask(ASKED)
    assert worked_out == [ASKED]


def test_days_long_after_a_period_share_its_answer_and_days_soon_after_do_not(
    home: Settings, worked_out: list[Question]
) -> None:
    worked_out.clear()
    bench = Bench(Pipeline(home))
    told = [bench.at(date(2026, 9, day)).ask(ASKED).value for day in (1, 2, 3)]
    assert len(set(told)) == 1
    assert worked_out == [], "now answers it as these days do"
    soon = Question("obligations", {"agency": "ICE"}, start=date(2026, 8, 1), end=date(2026, 8, 31))
    caveats = [bench.at(date(2026, 9, day)).ask(soon).caveats for day in (1, 2)]
    assert caveats[0] != caveats[1]
    assert len(worked_out) == 2


@pytest.mark.real_data
def test_what_is_remembered_from_other_days_is_what_would_be_worked_out(real_bench: Bench) -> None:
    days = [date(2025, 12, 1), date(2026, 6, 18), date(2026, 6, 19), date(2026, 9, 1)]
    asked = [
        Question("agreements_in_force"),
        Question("removals_since_october"),
        Question("people_held_per_day", start=date(2026, 1, 1), end=date(2026, 1, 31)),
        Question("obligations", {"agency": "ICE"}, ("fiscal_year",)),
        Question("obligations", {"agency": "ICE"}, start=date(2025, 1, 1), end=date(2025, 3, 31)),
        Question("obligations", {"agency": "CBP"}, start=date(2025, 10, 1), end=date(2026, 8, 31)),
        Question("detained"),
    ]
    known = [question for question in asked if question.metric in real_bench.metrics.by_name]
    assert len(known) >= 6
    for question in known:
        for day in days:
            bench = real_bench.at(day)
            told, made = bench.ask(question), bench._answering.worked_out(question)
            assert (list(told.rows), list(told.caveats)) == (made["rows"], made["caveats"]), (question, day)
            assert (told.unknown_because, list(told.not_whole)) == (made["unknown_because"], made["not_whole"])


def test_a_claim_more_leaves_what_was_answered(home: Settings, worked_out: list[Question], tmp_path: Path) -> None:
    mine = tmp_path / "mine/claims/mine.yml"
    mine.parent.mkdir(parents=True)
    mine.write_text(
        "said: ICE obligated $1 in October 2024.\nby: news report\non: 2025-01-02\ncitation: an article\n"
        "checks: [{metric: obligations, where: {agency: ICE}, is: '≈ 1'}]\n",
        encoding="utf-8",
    )
    worked_out.clear()
    bench = Bench(Pipeline(replace(home, records=(*home.records, tmp_path / "mine"))))
    assert "mine" in bench.claim_names
    assert bench.ask(ASKED).edition == bench.edition.id
    assert worked_out == []
