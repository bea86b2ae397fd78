"""What was reported is in the tables, says what was left out, and can be asked as it was known on any past day."""

from __future__ import annotations

import csv
import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance, Release
from tallystick.pipeline import Pipeline
from tallystick.reporting.log import Log
from tallystick.reporting.replay import replay
from tallystick.reporting.seal import Sealer
from tallystick.settings import Settings, bundled_records
from tallystick.sources.growing import outgrown
from tallystick.views.html.written import written
from tallystick.views.pages.read import pages
from tallystick.views.visit import Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import languages
from tests.reporting.made import accepted, counts, token

FIRST, LATER = datetime(2026, 3, 4, 12, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """A home in which one office told three days at once, and later one day late, one anew, one not at all."""
    home = tmp_path_factory.mktemp("sealed")
    made = Pipeline(Settings(home, (bundled_records(),), threads=1, memory_limit="2GB"))
    with Log.of(home) as log:
        by = token(log)
        sealer = Sealer(made, log)
        told = ["SEA,2026-03-01,arrests,4,1", "SEA,2026-03-02,arrests,0,1", "DEN,2026-03-03,arrests,1,1"]
        for row in told:
            accepted(log, counts(row, by=by), FIRST)
            sealer.seal_all()
        accepted(log, counts("SEA,2026-03-04,arrests,2,1", "SEA,2026-03-01,arrests,5,2", by=by), LATER)
        assert sealer.waiting("office_counts") == 2
        sealer.seal_all()
        assert (sealer.waiting("office_counts"), sealer.seal_all()) == (0, ())
    return made


@pytest.fixture(scope="module")
def bench(line: Pipeline) -> Bench:
    return Bench(line)


def _asked(bench: Bench, metric: str, **where: str) -> object:
    return bench.ask(Question(metric, {"measure": "arrests", **where})).value


def test_a_day_of_silence_is_unknown_and_never_zero(bench: Bench) -> None:
    answer = bench.ask(Question("reported_count", {"measure": "arrests", "office": "SEA"}, ("day",)))
    told = {row["day"].isoformat(): row["value"] for row in answer.rows}
    assert told == {
        "2026-03-01": 5, "2026-03-02": 0, "2026-03-03": None, "2026-03-04": 2, "2026-03-05": None,
        "2026-03-06": None, "2026-03-07": None, "2026-03-08": None,
    }  # fmt: skip
    assert _asked(bench, "reported_count", office="SEA") is None
    assert _asked(bench, "reported_so_far", office="SEA") == 7


def test_days_that_are_missing_awaited_and_late_are_told_apart(bench: Bench) -> None:
    answer = bench.ask(Question("days_told", {"measure": "arrests", "office": "SEA"}, ("state",)))
    assert {row["state"]: row["value"] for row in answer.rows} == {
        "reported": 1, "late": 2, "missing": 0, "awaited": 0,
    }  # fmt: skip
    assert _asked(bench, "days_not_told", office="SEA") == 3
    assert _asked(bench, "counts_revised") == 1


def test_the_days_that_rows_span_are_told_whatever_else_was_asked_of_the_metric_before(bench: Bench) -> None:
    question = Question("days_told")
    assert bench.ask(question).value == 4
    assert bench.span(question) == (date(2026, 3, 1), date(2026, 3, 8))


def test_what_was_known_on_a_past_day_is_what_had_been_told_by_then(bench: Bench) -> None:
    then = bench.at(date(2026, 3, 5))
    assert _asked(then, "reported_so_far", office="SEA") == 4
    assert _asked(then, "counts_revised") == 0
    assert bench.ask(Question("days_told", {"measure": "arrests"}, as_known_on=date(2026, 3, 3))).counted == 0


def test_a_figure_walks_back_to_the_batch_and_its_hash(bench: Bench, line: Pipeline) -> None:
    question = Question("reported_so_far", {"office": "SEA", "day": "2026-03-01", "measure": "arrests"})
    rows = [row for row in bench.why(question) if row.get("revision") == 2 and row.get("source_row")]
    ((batch, id_),) = {(row["batch"], row["release_id"]) for row in rows}
    release = line.ledger.release(id_)
    assert release is not None
    with line.store.open(release.sha256) as file:
        lines = list(csv.DictReader(file.read().decode().splitlines()))
    kept = [told for told in lines if told["batch"] == batch]
    columns = ("office", "day", "measure", "count", "revision")
    body = "\n".join(",".join(told[name] for name in columns) for told in kept)
    assert hashlib.sha256(f"{','.join(columns)}\n{body}\n".encode()).hexdigest() == batch


def test_the_page_of_offices_shows_what_was_told_and_how_many_days_were_not(bench: Bench, line: Pipeline) -> None:
    written_, words = pages(line.catalog), languages(line.catalog)
    visit = Visit(bench, written_, words["en"], ServerLinks({}, site=""), "/offices", {})
    shown = written(visit, {"page": "offices"}).body.decode()
    for said in ("Seattle field office", "Denver field office", "days not told", "offices silent"):
        assert said in shown


def test_a_segment_sealed_again_takes_the_place_of_what_it_was(line: Pipeline) -> None:
    releases = list(line.ledger.releases("reported_office_counts"))
    assert [release.name[-14:] for release in releases] == [
        "0000000001.csv", "0000000002.csv", "0000000003.csv", "0000000004.csv",
    ]  # fmt: skip
    assert outgrown(releases, line.catalog.sources) == {release.id for release in releases[:2]}
    parts = line.edition().of("reported_office_counts_published")
    assert {part.release for part in parts} == {release.id for release in releases[2:]}


def test_releases_of_sources_that_do_not_grow_are_never_outgrown(line: Pipeline) -> None:
    named = Release(Provenance("naics_codes", "reported_x_20260310_0001_0000000001.csv"), "a" * 64, 1, FIRST)
    assert outgrown([named], line.catalog.sources) == frozenset()


def test_sealing_the_same_log_again_in_another_process_gives_the_same_releases(
    line: Pipeline, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    with Log.of(line.settings.home) as log:
        other = Pipeline(Settings(tmp_path / "home", (bundled_records(),), threads=1, memory_limit="2GB"))
        made = Sealer(other, log).seal_all()
    ids = [release.id for release in line.ledger.releases("reported_office_counts")]
    assert {release.id for release in made} == {ids[2], ids[3]}


def test_an_office_that_began_later_or_never_leaves_a_sum_over_offices_unknown(bench: Bench) -> None:
    """SEA told from 1 March and DEN first of 3 March; BOS never told anything."""
    by_day = bench.ask(Question("reported_so_far", {"measure": "arrests", "office": "DEN"}, ("day",)))
    assert [row["value"] for row in by_day.rows][:3] == [None, None, 1]
    assert _asked(bench, "reported_count") is None
    assert _asked(bench, "reported_so_far") == 8
    assert _asked(bench, "days_told", office="BOS") == 0
    assert _asked(bench, "days_not_told", office="BOS") == 6
    with (bundled_records() / "registers" / "reporting_offices.csv").open(encoding="utf-8") as file:
        offices = len(list(csv.DictReader(file)))
    assert (_asked(bench, "offices_told"), _asked(bench, "offices_silent")) == (2, offices - 2)


def test_the_days_owed_and_told_are_those_of_plain_sql(bench: Bench) -> None:
    told, rows = (bench.ask(Question(metric)).value for metric in ("days_told", "days_not_told"))
    where = [("SEA", 1), ("SEA", 2), ("DEN", 3), ("SEA", 4)]
    owed = {(office, day) for office in ("SEA", "DEN") for day in range(1, 7)} - set(where)
    assert told == len(where)
    with (bundled_records() / "registers" / "reporting_offices.csv").open(encoding="utf-8") as file:
        others = len(list(csv.DictReader(file))) - 2
    assert rows == len(owed) + others * 6


def test_the_hash_of_a_sealed_file_is_not_guessed_by_trying_small_counts(tmp_path: Path) -> None:
    """Two logs that hold the same and another secret; of one log, counts of one and of two digits."""

    def sealed(folder: str, count: int) -> Release:
        home = tmp_path / folder
        made = Pipeline(Settings(home, (bundled_records(),), threads=1, memory_limit="2GB"))
        with Log.of(home) as log:
            accepted(log, counts(f"SEA,2026-03-01,arrests,{count},1", by=token(log)), FIRST)
            (release,) = Sealer(made, log).seal_all()
        return release

    one, same, more = sealed("one", 4), sealed("same", 4), sealed("more", 10)
    assert one.sha256 != same.sha256
    assert one.size == same.size == more.size


def test_a_home_that_is_replayed_seals_the_same_bytes(line: Pipeline, tmp_path: Path) -> None:
    into = Pipeline(Settings(tmp_path / "then", (bundled_records(),), threads=1, memory_limit="2GB"))
    with Log.of(line.settings.home) as log:
        replay(log, LATER, into)
    known = {release.sha256 for release in line.ledger.releases("reported_office_counts")}
    assert {release.sha256 for release in into.ledger.releases("reported_office_counts")} <= known
