"""What offices report as it happens tells others no small count, however many states of it they keep."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tallystick.auditing.audit import Audit
from tallystick.auditing.heard import Heard, heard_of
from tallystick.auditing.questions import questions
from tallystick.bench import Bench
from tallystick.disclosure.profile import profile
from tallystick.nouns.metric import Question
from tallystick.nouns.protection import SMALL
from tallystick.pipeline import Pipeline
from tallystick.reporting.log import Log
from tallystick.reporting.seal import Sealer
from tallystick.settings import Settings, bundled_records
from tallystick.views.html.written import written
from tallystick.views.pages.read import pages
from tallystick.views.visit import Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import languages
from tests.reporting.made import accepted, counts, token
from tests.test_two_worlds import OF_THE_BYTES

LENGTHS = {1: 31, 2: 28, 3: 12}
MANY = {"SEA": 25, "DEN": 1}
BREAKDOWNS = (
    (), ("day",), ("month",), ("quarter",), ("office",), ("day", "office"), ("month", "office"), ("month", "aor"),
)  # fmt: skip
Told = dict[tuple[str, date], int]


def of_offices() -> Told:
    """Made-up counts of two offices from January to the middle of March 2026."""
    turn = random.Random(11)
    return {
        (office, date(2026, month, day)): turn.randint(0, 2 * many)
        for office, many in MANY.items()
        for month, length in LENGTHS.items()
        for day in range(1, length + 1)
    }


def otherwise(told: Told) -> Told:
    """The same, but two people of one office changed days, of which both stay small."""
    small = [key for key, count in sorted(told.items()) if key[0] == "SEA" and key[1].month == 1 and 2 < count < 9]
    fewer, more = small[:2]
    return told | {fewer: told[fewer] - 2, more: told[more] + 2}


def home_of(home: Path, told: Told, anew: Mapping[tuple[str, date], int]) -> Settings:
    """A home with the reports of three evenings and, on a fourth, some that were told anew."""
    settings = Settings(home, (bundled_records(),), threads=1, memory_limit="2GB")
    line = Pipeline(settings)
    with Log.of(home) as log:
        by, sealer = token(log), Sealer(line, log)
        for month, length in LENGTHS.items():
            rows = [
                f"{office},{day},arrests,{count},1" for (office, day), count in told.items() if day.month == month
            ]
            now = datetime(2026, month, length, 12, tzinfo=UTC) + timedelta(2)
            accepted(log, counts(*rows, by=by, now=now), now)
            sealer.seal_all()
        now = datetime(2026, 3, 20, 12, tzinfo=UTC)
        rows = [f"{office},{day},arrests,{count},2" for (office, day), count in anew.items()]
        accepted(log, counts(*rows, by=by, now=now), now)
        sealer.seal_all()
    return settings


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    told = of_offices()
    (large,) = [key for key, count in told.items() if key[0] == "SEA" and key[1].month == 1 and count > 40][:1]
    small = next(key for key, count in told.items() if key[0] == "SEA" and key[1].month == 2 and 0 < count < 9)
    return home_of(tmp_path_factory.mktemp("apart"), told, {large: told[large] + 1, small: told[small] + 1})


@pytest.fixture(scope="module")
def others(owned: Settings) -> Bench:
    return Bench(Pipeline(replace(owned, profile="public")))


@pytest.fixture(scope="module")
def audit(owned: Settings) -> Audit:
    return Audit.of(Bench(Pipeline(owned)), profile("public"))


def asked(bench: Bench, metric: str, *by: str, on: date | None = None, **where: str) -> list[object]:
    return [row["value"] for row in bench.ask(Question(metric, {**where, "measure": "arrests"}, by, None, on)).rows]


def test_days_and_months_are_told_that_point_at_nobody(others: Bench, audit: Audit) -> None:
    answer = others.ask(Question("reported_so_far", {"measure": "arrests", "office": "SEA"}, ("month",)))
    january, february, march = answer.rows
    assert january["value"] == audit.bench.ask(replace(answer.question, by=(), end=date(2026, 1, 31))).value
    assert (february["hidden"], february["value"]) == (True, None)  # a small count of it was told anew
    assert (march["hidden"], march["value"]) == (True, None)  # it is not over
    days = others.ask(Question("reported_count", {"measure": "arrests", "office": "SEA"}, ("day",))).rows
    truth = audit.bench.ask(Question("reported_count", {"measure": "arrests", "office": "SEA"}, ("day",))).rows
    known = {row["day"]: row["value"] for row in truth}
    assert {row["day"]: row["value"] for row in days} == {
        day: None if count is not None and 0 < count < 11 else count for day, count in known.items()
    }
    few = others.ask(Question("reported_so_far", {"measure": "arrests", "office": "DEN"}))
    assert (few.value, few.unknown_because) == (None, SMALL)
    assert asked(others, "days_told", office="DEN") == asked(audit.bench, "days_told", office="DEN") == [71]
    assert others.why(few.question) == ()


def heard(bench: Bench, audit: Audit) -> Iterator[Heard]:
    """Breakdowns in every state, then filters and periods that differ by little."""
    for known_on in (None, *audit.days):
        for by in BREAKDOWNS:
            yield heard_of(bench.ask(Question("reported_so_far", {"measure": "arrests"}, by, as_known_on=known_on)))
    columns: dict[str, Sequence[object]] = {
        "day": sorted({day for _, day in of_offices()}),
        "office": list(MANY),
        "measure": ["arrests"],
    }
    metric = bench.metrics.metric("reported_count")
    for question in questions(metric, columns, 100):
        yield heard_of(bench.ask(replace(question, where={**question.where, "measure": "arrests"})))


def test_nobody_who_keeps_every_state_can_narrow_what_is_hidden(others: Bench, owned: Settings) -> None:
    audit = Audit.of(Bench(Pipeline(owned)), profile("public"))
    found = audit.audited(heard(others, audit))
    assert found.leaks == ()
    assert found.told > 200
    assert found.protected > 200


def test_days_hidden_one_by_one_under_sums_that_are_told_are_found(owned: Settings) -> None:
    audit = Audit.of(Bench(Pipeline(owned)), profile("public"))
    answers = [
        heard_of(audit.bench.ask(Question("reported_so_far", {"measure": "arrests"}, by)))
        for by in (("day", "office"), ("month", "office"), ("day",))
    ]
    hidden = [
        replace(one, rows=tuple(
            dict(row) | {"value": None, "hidden": True} if row["value"] and row["value"] < 11 else row
            for row in one.rows
        ))
        for one in answers
    ]  # fmt: skip
    leaks = audit.audited(hidden).leaks
    assert {leak.how for leak in leaks} == {"worked out of what was told"}
    assert any(leak.least == leak.most for leak in leaks)


def test_two_worlds_that_differ_in_what_is_hidden_look_the_same(tmp_path: Path) -> None:
    told = of_offices()
    worlds = [Bench(Pipeline(replace(home_of(tmp_path / name, counts_, {("SEA", date(2026, 1, 1)): 30}),
              profile="public"))) for name, counts_ in (("one", told), ("other", otherwise(told)))]  # fmt: skip
    assert told != otherwise(told)
    asked_ = [
        Question(metric, {"measure": "arrests"}, by)
        for metric in ("reported_so_far", "reported_count", "days_told", "counts_revised")
        for by in ((), ("day", "office"), ("month", "office"), ("month",), ("aor",), ("quarter", "office_name"))
    ]
    one, other = ([bench.ask(question).rows for question in asked_] for bench in worlds)
    assert one == other
    assert any(row["value"] for rows in one for row in rows)
    first, second = (OF_THE_BYTES.sub("#", page(bench)) for bench in worlds)
    assert first == second


def page(bench: Bench) -> str:
    catalog = bench.pipeline.catalog
    visit = Visit(bench, pages(catalog), languages(catalog)["en"], ServerLinks({}, site=""), "/offices", {})
    return written(visit, {"page": "offices"}).body.decode()
