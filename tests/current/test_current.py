"""The bench in force in a process that keeps running."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from tallystick.bench import Bench
from tallystick.current import Current, News, Watcher
from tallystick.current.seats import Room
from tallystick.errors import ArchiveError, BusyError, NotYetError
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.current.conftest import Elsewhere
from tests.views.conftest import ACTIONS, amount

SOON = 300.0


@contextmanager
def watched(current: Current) -> Iterator[Queue[News]]:
    """What is heard of while a watcher looks."""
    heard: Queue[News] = Queue()
    current.hear(heard.put)
    watcher = Watcher(current, every=0.05)
    watcher.start()
    try:
        yield heard
    finally:
        watcher.close()
    assert not watcher.trouble


def question(number: int) -> Question:
    """The obligations on the day of the action of that number."""
    day = date.fromordinal(date(2024, 10, 1).toordinal() + number * 2)
    return Question("obligations", {"agency": "ICE"}, start=day, end=day)


def test_twenty_threads_that_ask_different_questions_get_each_its_own_figure(current: Current) -> None:
    def ask(number: int) -> object:
        with current.bench(patience=SOON) as bench:
            return bench.ask(question(number)).value

    with ThreadPoolExecutor(20) as threads:
        told = list(threads.map(ask, [number for number in range(ACTIONS) for _ in range(2)]))
    assert told == [amount(number) for number in range(ACTIONS) for _ in range(2)]


def test_threads_that_ask_of_different_days_get_each_the_figure_of_its_day(current: Current) -> None:
    before, after = date(2026, 8, 19), date(2026, 8, 20)

    def ask(day: date) -> object:
        while True:
            try:
                with current.bench(day, patience=SOON) as bench:
                    return bench.known_on, bench.ask(question(3)).value
            except BusyError:
                continue

    with ThreadPoolExecutor(6) as threads:
        told = list(threads.map(ask, [before, after] * 6))
    assert told == [(before, None), (after, amount(3))] * 6


def test_a_day_between_releases_rests_on_the_edition_of_the_last(current: Current, home: Settings) -> None:
    alone = Bench(Pipeline(home)).at(date(2026, 9, 30))
    with current.bench(date(2026, 8, 20), patience=SOON) as last, current.bench(date(2026, 9, 30)) as later:
        assert later.edition.id == last.edition.id == alone.edition.id
        assert (later.day, later.edition.known_on) == (date(2026, 9, 30), date(2026, 9, 30))
        assert later.findings() == alone.findings()


def test_who_finds_every_bench_at_work_is_told_to_come_again(home: Settings) -> None:
    current = Current(home, seats=1)
    with current.bench(), pytest.raises(BusyError, match="every bench"), current.bench(patience=0):
        pass
    with current.bench(patience=0) as bench:
        assert bench.ask(question(3)).value == amount(3)
    current.close()


def test_a_release_that_another_process_adds_is_told_of_and_then_in_force(
    current: Current, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    before = current.state
    (tmp_path / "naics.csv").write_text("naics_code,naics_description\n332994,Small Arms\n332992,Ammunition\n")
    with watched(current) as heard, current.bench() as kept:
        elsewhere("add", "naics_codes", str(tmp_path / "naics.csv"), "--as-of", "2026-08-21")
        landed, in_force = heard.get(timeout=SOON), heard.get(timeout=SOON)
        assert kept.edition.id == before.edition, "who is at work keeps what he had"
        assert kept.ask(question(3)).value == amount(3)
    assert landed.landed is not None
    assert (landed.landed.source, landed.landed.name, landed.edition) == (
        "naics_codes",
        "naics.csv",
        before.edition,
    )
    assert (in_force.landed, in_force.edition) == (None, current.state.edition)
    assert current.state.edition != before.edition
    with current.bench() as bench:
        assert bench.edition.id == current.state.edition
        assert {row["naics_code"] for row in bench.table("naics_codes")} >= {"332992"}


def test_a_release_that_its_recorder_died_over_is_read_here(current: Current, home: Settings, tmp_path: Path) -> None:
    (tmp_path / "naics.csv").write_text("naics_code,naics_description\n332994,Small Arms\n")
    died = Pipeline(home)
    with watched(current) as heard:
        died.taking.archived(
            died.catalog.source("naics_codes"), tmp_path / "naics.csv", Provenance("naics_codes", "naics.csv")
        )
        assert heard.get(timeout=SOON).landed is not None
        assert heard.get(timeout=SOON).edition == current.state.edition
    assert current.is_read()


def test_a_release_is_left_to_who_reads_it_for_as_long_as_that_process_lives(
    current: Current, home: Settings, tmp_path: Path
) -> None:
    (tmp_path / "naics.csv").write_text("naics_code,naics_description\n332994,Small Arms\n")
    reader = Pipeline(home)
    with reader.taking.at_work():
        reader.taking.archived(
            reader.catalog.source("naics_codes"), tmp_path / "naics.csv", Provenance("naics_codes", "naics.csv")
        )
        current.look()
        assert current.is_behind()
        assert not current.is_to_read()
    assert current.is_to_read()


def test_news_comes_though_asking_the_ledger_failed_after_the_release_was_told_of(
    current: Current, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = iter([True, True])
    plain = Current.is_read

    def is_read(its: Current) -> bool:
        if next(fails, False):
            raise ArchiveError("the ledger could not be read: database is locked")
        return plain(its)

    monkeypatch.setattr(Current, "is_read", is_read)
    (tmp_path / "naics.csv").write_text("naics_code,naics_description\n332994,Small Arms\n")
    with watched(current) as heard:
        elsewhere("add", "naics_codes", str(tmp_path / "naics.csv"))
        assert heard.get(timeout=SOON).landed is not None
        assert heard.get(timeout=SOON).edition == current.state.edition
    assert next(fails, None) is None


def test_what_is_in_force_is_told_though_giving_back_what_is_over_fails(
    current: Current, home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: Queue[News] = Queue()
    current.hear(heard.put)
    before = current.state.edition
    monkeypatch.setattr(Room, "close", _fails)
    (tmp_path / "naics.csv").write_text("naics_code,naics_description\n332994,Small Arms\n")
    adding = Pipeline(home)
    adding.add(adding.catalog.source("naics_codes"), tmp_path / "naics.csv", Provenance("naics_codes", "naics.csv"))
    with pytest.raises(OSError, match="nothing can be given back"):
        current.refresh()
    monkeypatch.undo()
    assert heard.get(block=False).landed is not None
    assert heard.get(block=False).edition == current.state.edition != before


def _fails(_: Room) -> None:
    raise OSError("nothing can be given back")


def test_what_goes_wrong_is_told_and_what_was_in_force_stays(
    current: Current, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Event()

    def broken(_: Current) -> None:
        looked.set()
        raise OSError("the disk is gone, all of /home/of/someone")

    monkeypatch.setattr(Current, "look", broken)
    watcher = Watcher(current, every=0.01)
    watcher.start()
    assert looked.wait(SOON)
    while not watcher.trouble:
        pass
    assert watcher.trouble == "a defect of ours: OSError", "nothing of the inside gets out"
    assert watcher.is_alive
    watcher.close()
    with current.bench() as bench:
        assert bench.ask(question(3)).value == amount(3)


def test_a_statement_that_takes_too_long_is_given_up_and_the_bench_answers_on(current: Current) -> None:
    endless = "SELECT count(*) FROM range(10000000000) AS one, range(10000000000) AS other"
    with current.bench() as bench:
        bench.ask(question(3))
        with ThreadPoolExecutor(1) as thread:
            asked = thread.submit(bench.engine.query, endless)
            while not asked.done():
                current.give_up(0.05)
        with pytest.raises(BusyError, match="more than the machine may spend"):
            asked.result()
        assert bench.ask(question(4)).value == amount(4)


def test_who_is_in_a_hurry_has_what_was_answered_and_is_told_of_all_else(current: Current) -> None:
    with current.bench() as bench:
        answered = bench.ask(question(3))
    with current.bench(hurried=True) as bench:
        assert bench.ask(question(3)) == answered
        with pytest.raises(NotYetError):
            bench.ask(question(4))
    with current.bench(date(2026, 9, 1), patience=SOON) as bench:
        past = bench.ask(question(5))
    with current.bench(date(2026, 9, 1), hurried=True) as bench:
        assert bench.ask(question(5)) == past
        with pytest.raises(NotYetError):
            bench.ask(question(6))
