"""Answers as people work with them: frames, notebooks, words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import tallystick
from tallystick.errors import EditionError, UnknownName, UsageError
from tallystick.nouns.metric import Answer, Question
from tallystick.views import answer as shown
from tallystick.views.answer import ShownAnswer, figure, in_words


@pytest.fixture
def answer() -> ShownAnswer:
    question = Question("obligations", {"agency": ["ICE", "CBP"]}, by=("recipient_name",))
    rows = (
        {"recipient_name": "<b>EXAMPLE & SONS</b>", "value": Decimal("71515761.68")},
        {"recipient_name": None, "value": Decimal("-0.05")},
    )
    return ShownAnswer.of(Answer(question, "USD", "Money obligated.", "0123456789ab", rows, caveats=("a part only",)))


def test_arrow_keeps_money_exact_and_carries_the_edition(answer: ShownAnswer) -> None:
    table = answer.arrow()
    assert table["value"].to_pylist() == [Decimal("71515761.68"), Decimal("-0.05")]
    assert table.schema.metadata[b"edition"] == b"0123456789ab"
    assert table.schema.metadata[b"caveats"] == b"a part only"


def test_polars_and_pandas_hold_the_same_cents(answer: ShownAnswer) -> None:
    assert answer.polars()["value"].to_list() == [Decimal("71515761.68"), Decimal("-0.05")]
    frame = answer.pandas()
    assert list(frame["value"]) == [Decimal("71515761.68"), Decimal("-0.05")]
    assert frame.attrs["edition"] == "0123456789ab"


def test_a_library_that_is_not_there_is_named_with_the_extra(
    answer: ShownAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(shown, "import_module", absent)
    with pytest.raises(UsageError, match="polars is not installed") as raised:
        answer.polars()
    assert "tallystick[frames]" in raised.value.next_step


def test_an_empty_answer_turns_into_an_empty_table_with_its_columns(answer: ShownAnswer) -> None:
    empty = ShownAnswer.of(Answer(answer.question, "USD", "Money obligated.", "0123456789ab", ()))
    assert empty.arrow().column_names == ["recipient_name", "value"]
    assert empty.arrow().num_rows == 0


def test_a_notebook_shows_figures_caveats_and_edition_and_no_markup_of_the_data(answer: ShownAnswer) -> None:
    html = answer._repr_html_()
    assert "$71,515,761.68" in html
    assert "-$0.05" in html
    assert "a part only" in html
    assert "0123456789ab" in html
    assert "<b>EXAMPLE" not in html
    assert "&lt;b&gt;EXAMPLE &amp; SONS" in html


def test_a_question_is_said_in_words(answer: ShownAnswer) -> None:
    assert in_words(answer) == "agency ICE or CBP"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (None, "USD", "unknown"),
        (Decimal("-1234.50"), "USD", "-$1,234.50"),
        (157, "count", "157"),
        (1234567, "count", "1,234,567"),
        (2025, "", "2025"),
        (0.25, "share", "0.2500"),
    ],
)
def test_a_figure_reads_as_its_unit_asks(value: object, unit: str, said: str) -> None:
    assert figure(value, unit) == said


def test_the_door_takes_plain_words(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALLYSTICK_THREADS", "1")
    bench = tallystick.open(home=tmp_path / "home")
    bench.pipeline.take_in(small_data)
    answer = bench.ask("obligations", where={"agency": "ICE"}, by="fiscal_year", start="2024-10-01")
    assert [row["fiscal_year"] for row in answer.rows] == [2025]
    assert answer.edition == bench.edition.id
    assert bench.at("2020-01-01").ask("obligations").value is None
    with pytest.raises(UsageError, match="not a day"):
        bench.ask("obligations", start="20 January")
    with pytest.raises(UnknownName, match="obligatons"):
        bench.ask("obligatons")


def test_a_records_folder_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="folder that is not there"):
        tallystick.open(records="absent")


def test_a_folder_without_an_archive_answers_nothing_and_stays_empty(tmp_path: Path) -> None:
    bench = tallystick.open(home=tmp_path / "home")
    for asked in (lambda: bench.ask("obligations"), lambda: bench.diff("one", "other"), bench.verify):
        with pytest.raises(EditionError, match="there is no archive here yet"):
            asked()
    assert not (tmp_path / "home").exists()
