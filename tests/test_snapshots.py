"""A series of snapshots through the whole machine: asked, walked back, compared, frozen, held and let in."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.decisions import Decisions
from tallystick.errors import UsageError
from tallystick.nouns.metric import Answer, Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

SOURCE = """
title: Stalls of an invented fair
publisher: The fair
licence: us-public-domain
citation: https://fair.example/stalls
cadence: monthly
restates: snapshots
releases: {match: ['stalls_(?P<as_of>[0-9]{8})\\.csv']}
publishes:
  fair_stalls_published:
    grain: one town's stalls on the day of the list
    key: [town]
    scope: [stretch]
    columns:
      stretch: {required: true}
      town: {required: true}
      stalls: {type: integer, required: true}
"""
TABLE = '''
from tallystick import rows_of, table


@rows_of("fair_stalls", precedence=1, key=["as_of", "town"])
def fair_stalls_listed(fair_stalls_published):
    """The stalls of each town on each day of a list."""
    rows = fair_stalls_published
    return rows.select("release_id", "as_of", "scope", "member", "source_row", "town", "stalls")
'''
METRIC = '''
from tallystick import metric


@metric(unit="count", on="as_of", by=["town", "as_of"], stock=True)
def stalls(fair_stalls):
    """Stalls on the day of the newest list."""
    return fair_stalls.stalls.sum()


@metric(unit="count", on="as_of", by=["town", "as_of"])
def stalls_told(fair_stalls):
    """Stalls told by all lists together."""
    return fair_stalls.stalls.sum()
'''
LISTS: dict[str, dict[str, dict[str, object]]] = {
    "20250115": {"FY2025/fair": {"Ash": 10, "Elm": 5}},
    "20250915": {"FY2025/fair": {"Ash": 12, "Elm": 5}},
    "20251115": {"FY2026/fair": {"Ash": 20, "Elm": 6}},
    "20251215": {"FY2026/fair": {"Ash": "many", "Elm": 7}},
}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.mktemp("records")
    files = {"sources/us/fair_stalls/source.yml": SOURCE, "tables/fair_stalls.py": TABLE, "metrics/stalls.py": METRIC}
    for name, text in files.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text)
    return own


@pytest.fixture(scope="module")
def bench(records: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Four lists, the last of which has a word where a number belongs."""
    home = tmp_path_factory.mktemp("home")
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(), records), threads=1, memory_limit="1GB"))
    source = pipeline.catalog.source("fair_stalls")
    for day, scopes in LISTS.items():
        path = home / f"stalls_{day}.csv"
        rows = [f"{scope},{town},{count}\n" for scope, towns in scopes.items() for town, count in towns.items()]
        path.write_text("stretch,town,stalls\n" + "".join(rows))
        pipeline.add(source, path, Provenance(source.id, path.name))
    return Bench(pipeline)


def asked(bench: Bench, metric: str = "stalls", **question: object) -> Answer:
    return bench.ask(Question(metric, **question))  # type: ignore[arg-type]


def test_a_stock_is_that_of_the_newest_good_list_and_says_that_a_newer_one_is_held(bench: Bench) -> None:
    answer = asked(bench)
    assert answer.value == 26
    told = "\n".join(answer.caveats)
    assert "the figure is of 2025-11-15" in told
    assert "FY2026/fair is stale: stalls_20251115.csv of 2025-11-15 stays in force" in told
    assert "rests on one release, stalls_20251115.csv of 2025-11-15" in told
    assert (
        "Stalls of an invented fair is overdue: the last release held, stalls_20251215.csv, is of 2025-12-15" in told
    )


def test_a_stretch_that_the_question_does_not_reach_is_not_spoken_of(bench: Bench) -> None:
    answer = asked(bench, end=date(2025, 9, 30))
    assert answer.value == 17
    assert not [caveat for caveat in answer.caveats if "FY2026" in caveat or "overdue" in caveat]


def test_figures_over_several_lists_say_how_many_they_rest_on(bench: Bench) -> None:
    answer = asked(bench, "stalls_told", start=date(2025, 1, 1), end=date(2025, 9, 30))
    assert answer.value == 32
    assert "rests on 2 releases, the newest stalls_20250915.csv of 2025-09-15" in answer.caveats
    assert "days before 2025-01-15 are in no release of this Edition" in answer.caveats


@pytest.mark.parametrize(
    ("metric", "period", "says"),
    [
        ("stalls_told", {"start": date(2019, 1, 1), "end": date(2019, 6, 1)}, "cover 2025-01-15 to 2025-11-15"),
        ("stalls_told", {"start": date(2027, 1, 1), "end": date(2027, 6, 1)}, "cover 2025-01-15 to 2025-11-15"),
        ("stalls", {"end": date(2019, 6, 1)}, "the first snapshot of this Edition is of 2025-01-15"),
    ],
)
def test_what_no_release_covers_is_unknown_and_not_zero(
    bench: Bench, metric: str, period: dict[str, date], says: str
) -> None:
    answer = asked(bench, metric, **period)
    assert answer.value is None
    assert any(says in caveat and caveat.endswith("is unknown") for caveat in answer.caveats)


def test_what_a_covered_list_does_not_name_is_told_as_such(bench: Bench) -> None:
    answer = asked(bench, where={"town": "Oak"})
    assert any("nothing in this Edition has town=Oak" in caveat for caveat in answer.caveats)


def test_a_period_that_ends_after_the_newest_list_says_so(bench: Bench) -> None:
    answer = asked(bench, "stalls_told", start=date(2025, 10, 1), end=date(2026, 3, 1))
    assert "the period asked about ends on 2026-03-01; the newest release speaks for 2025-11-15" in answer.caveats


def test_an_earlier_edition_sees_what_was_known_and_no_more(bench: Bench) -> None:
    then = bench.at(date(2025, 6, 1))
    assert then.ask(Question("stalls")).value == 15
    assert not [caveat for caveat in then.ask(Question("stalls")).caveats if "2025-11" in caveat]
    assert len(then.edition.of("fair_stalls_published")) == 1


def test_why_walks_to_the_rows_of_the_list_that_answers(bench: Bench) -> None:
    rows = bench.why(Question("stalls"))
    assert {(row["member"], row["town"], row["stalls"]) for row in rows} == {
        ("stalls_20251115.csv", "Ash", 20), ("stalls_20251115.csv", "Elm", 6),
    }  # fmt: skip


def test_two_lists_differ_by_their_key_and_two_editions_by_the_day_too(bench: Bench) -> None:
    first, second, *_ = (release.id for release in bench.pipeline.ledger.releases("fair_stalls"))
    (lists,) = bench.diff(first, second)
    assert (lists.added, lists.removed, lists.changed, lists.unchanged) == (0, 0, 1, 1)
    (editions,) = bench.diff(date(2025, 6, 1), date(2025, 12, 31), "fair_stalls")
    assert (editions.added, editions.removed, editions.changed, editions.unchanged) == (4, 0, 0, 2)
    (published,) = bench.diff(date(2025, 6, 1), date(2025, 12, 31), "fair_stalls_published")
    assert (published.added, published.removed, published.changed, published.unchanged) == (4, 0, 0, 2)


def test_evidence_over_snapshots_reruns_to_the_same_bytes(bench: Bench, tmp_path: Path) -> None:
    questions = [Question("stalls", by=("town",)), Question("stalls_told", by=("as_of",))]
    folder = bench.freeze(questions, tmp_path / "evidence")
    ran = subprocess.run(
        [sys.executable, "rerun.py"], cwd=folder / "data", capture_output=True, text=True, check=True
    )
    assert "every answer came out to the same bytes" in ran.stdout
    provenance = json.loads((folder / "data" / "provenance.json").read_text())
    assert sorted(release["name"] for release in provenance["releases"]) == [
        "stalls_20250115.csv", "stalls_20250915.csv", "stalls_20251115.csv",
    ]  # fmt: skip
    with pytest.raises(UsageError):
        bench.freeze([], folder)


def test_accepting_brings_the_held_list_in_and_undoing_takes_it_out_again(bench: Bench) -> None:
    (held,) = [found for found in bench.held_back() if "stalls_20251215" in found.says]
    before = bench.edition.id
    Decisions(bench.pipeline).accept(held.id, "the word is the fair's own", "an editor")
    accepted = Bench(bench.pipeline)
    assert date(2025, 12, 15) in {part.day for part in accepted.edition.of("fair_stalls_published")}
    assert "2025-12-15" in "\n".join(accepted.ask(Question("stalls")).caveats)
    assert not [one for one in accepted.coverage("fair_stalls") if one.is_stale]
    Decisions(bench.pipeline).undo(held.id, "it was a slip", "an editor")
    assert Bench(bench.pipeline).edition.id == before
