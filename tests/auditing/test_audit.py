"""Whoever gathers all that is told cannot work out what is hidden; and where that could be done, it is found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tallystick.auditing.audit import Audit, Audited
from tallystick.auditing.gather import of_folder, of_server
from tallystick.auditing.heard import Heard, heard_of
from tallystick.bench import Bench
from tallystick.disclosure.profile import profile
from tallystick.errors import UsageError
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tallystick.views.cli.main import outcome
from tallystick.views.formats import as_csv, as_json
from tests.views.web.conftest import serving

OWN = "arrests"
BREAKDOWNS = (("day", "aor"), ("month", "aor"), ("day",), ("month",), ("aor",), ("fiscal_year",), ())


@pytest.fixture(scope="module")
def owner(guarded_home: Settings) -> Bench:
    return Bench(Pipeline(guarded_home))


def audited(owner: Bench, answers: Iterator[Heard] | list[Heard]) -> Audited:
    return Audit.of(owner, profile("public")).audited(answers)


def told(owner: Bench, *by: str, hides_below: int = 0) -> Heard:
    """A breakdown as it is, but for counts below a number: what suppression cell by cell would tell."""
    one = heard_of(owner.ask(Question(OWN, by=by)))
    rows = [dict(row) | {"value": None, "hidden": True} if row["value"] < hides_below else row for row in one.rows]
    return replace(one, rows=tuple(rows))


def test_nobody_who_asks_a_server_can_narrow_what_is_hidden(
    guarded_home: Settings, owner: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLYSTICK_PROFILE", "public")
    audit = Audit.of(owner, profile("public"))
    asked = [one for one in audit.questions(40) if one.metric in {OWN, "arrests_per_day"}]
    with serving(guarded_home.home) as server:
        found = audit.audited(of_server(server.url, asked))
    assert found.leaks == ()
    assert found.told > 60
    assert found.protected > 100
    assert found.figures > 200


def test_where_nothing_is_hidden_every_small_count_is_found(owner: Bench) -> None:
    found = audited(owner, [told(owner, "day", "aor"), told(owner, "day")])
    truth = {
        f"day={row['day']}, aor={row['aor']}": row["value"]
        for row in owner.ask(Question(OWN, by=("day", "aor"))).rows
        if row["value"] < 11
    }
    leaks = {leak.cell: leak.least for leak in found.leaks if "aor=" in leak.cell}
    assert leaks == truth
    assert all(leak.how == "told as it is" for leak in found.leaks)


def test_small_counts_hidden_one_by_one_are_worked_out_of_the_margins(owner: Bench) -> None:
    found = audited(owner, [told(owner, *by, hides_below=11) for by in BREAKDOWNS])
    exact = [leak for leak in found.leaks if leak.least == leak.most]
    assert exact
    assert {leak.how for leak in found.leaks} == {"worked out of what was told"}
    counts = {
        f"day={row['day']}, aor={row['aor']}": row["value"]
        for row in owner.ask(Question(OWN, by=("day", "aor"))).rows
    }
    assert all(counts[leak.cell] == leak.least for leak in exact if leak.cell in counts)


def test_two_periods_that_differ_by_one_day_tell_that_day(owner: Bench) -> None:
    def until(day: int) -> Heard:
        asked = Question(OWN, {"aor": "BUF"}, start=date(2018, 10, 1), end=date(2018, 10, day))
        return heard_of(owner.ask(asked))

    longer = next(day for day in range(10, 31) if until(day).rows[0]["value"] != until(day - 1).rows[0]["value"])
    found = audited(owner, [until(longer - 1), until(longer)])
    cell = f"day=2018-10-{longer:02}, aor=BUF"
    assert [(leak.least, leak.most) for leak in found.leaks if leak.cell == cell] == [
        (float(until(longer).rows[0]["value"] - until(longer - 1).rows[0]["value"]),) * 2
    ]


def test_a_mean_tells_as_much_as_the_sum_that_it_is_made_of(owner: Bench) -> None:
    of_eight_days = Question("arrests_per_day", {"aor": "BUF"}, start=date(2018, 10, 1), end=date(2018, 10, 8))
    found = audited(owner, [heard_of(owner.ask(of_eight_days))])
    assert {leak.how for leak in found.leaks} == {"a figure is told that it goes into"}
    of_each_day = audited(owner, [heard_of(owner.ask(Question("arrests_per_day", {"aor": "BUF"}, by=("day",))))])
    assert "told as it is" in {leak.how for leak in of_each_day.leaks}


def test_what_one_edition_tells_is_known_of_the_other(owner: Bench) -> None:
    (day, *_) = Audit.of(owner, profile("public")).days
    hidden = told(owner, "day", "aor", hides_below=11)
    earlier = told(owner, "day", "aor")
    before = replace(earlier, question=replace(earlier.question, as_known_on=day))
    alone = audited(owner, [hidden])
    both = audited(owner, [hidden, before])
    assert alone.leaks == ()
    assert {leak.table for leak in both.leaks} == {
        "arrests_by_day",
        f"arrests_by_day as known on {day}",
    }


def test_a_figure_that_was_changed_on_its_way_is_found(owner: Bench) -> None:
    one = told(owner, "month")
    rows = tuple(dict(row) | {"value": row["value"] + 1} for row in one.rows)
    found = audited(owner, [replace(one, rows=rows)])
    assert all("counted as" in leak.how for leak in found.leaks)
    assert len(found.leaks) == len(rows)


def test_what_no_plan_holds_may_not_be_told(owner: Bench) -> None:
    finer = heard_of(owner.ask(Question(OWN, by=("day", "method"))))
    assert {leak.how for leak in audited(owner, [finer]).leaks} == {"it is told more finely than planned"}


def test_a_published_folder_is_read_as_json_and_as_csv(owner: Bench, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("a page")
    written(site / "safe.json", told(owner, "month"))
    assert audited(owner, of_folder(site)).leaks == ()
    written(site / "hidden.json", told(owner, "day", "aor", hides_below=11))
    rows = told(owner, "day", "aor").rows
    (site / "hidden.csv").write_bytes(as_csv(["day", "aor", "value"], rows))
    found = audited(owner, of_folder(site))
    assert len(found.leaks) > 100
    with pytest.raises(UsageError, match="no published site"):
        list(of_folder(tmp_path))


def test_the_command_says_what_can_be_known_and_ends_with_8(
    guarded_home: Settings,
    owner: Bench,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TALLYSTICK_THREADS", "1")  # the engine opens a file once in a process, in one way
    monkeypatch.setenv("TALLYSTICK_MEMORY", guarded_home.memory_limit)
    site, home = tmp_path / "site", str(guarded_home.home)
    site.mkdir()
    (site / "index.html").write_text("a page")
    written(site / "safe.json", told(owner, "month"))
    assert outcome(["audit-disclosure", str(site), "--home", home]) == 0
    assert "None of these can be known" in capsys.readouterr().out
    written(site / "leak.json", told(owner, "day", "aor"))
    assert outcome(["audit-disclosure", str(site), "--home", home, "--format", "json"]) == 8
    said = json.loads(capsys.readouterr().out)
    assert "told as it is" in {leak["how"] for leak in said["leaks"]}


def written(path: Path, one: Heard) -> None:
    rows: list[Mapping[str, object]] = [dict(row) for row in one.rows]
    question = {"metric": one.question.metric, "where": one.question.where, "by": one.question.by}
    path.write_bytes(as_json({"question": question, "rows": rows}))
