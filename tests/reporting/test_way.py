"""A unit goes no way that its process does not allow, and every way that it does, in whichever order that is told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.catalog import Catalog
from tallystick.nouns.process import Process
from tallystick.nouns.way import Way, way_of
from tallystick.reporting.commit import Receipt, commit
from tallystick.reporting.faults import Fault, Refusal
from tallystick.reporting.kinds import STAGE_EVENTS, Row
from tallystick.reporting.log import Log
from tallystick.reporting.order import out_of_order
from tallystick.reporting.tokens import Token
from tallystick.settings import bundled_records
from tests.reporting.made import NOW, PROCESS, accepted, at_fault, events, log_in, token

WAY = way_of(PROCESS)
ONBOARDING = way_of(Catalog((bundled_records(),)).written("processes", Process)["onboarding_287g"])


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with log_in(tmp_path) as log:
        yield log


@pytest.fixture
def by(log: Log) -> Token:
    return token(log)


def rows(*told: str) -> list[str]:
    """Rows of batches: `stage event day`, numbered in the order in which they stand."""
    made = []
    for number, each in enumerate(told, start=1):
        stage, event, day = each.split()
        made.append(f"{number}{event}{day},installation,Ada County,{stage.strip('-')},{event},,{day},")
    return made


def faults_of(log: Log, by: Token, *told: str) -> list[Fault]:
    """The faults of a batch of rows; none where it is accepted."""
    (made,) = commit(log, [events(*told, by=by)], NOW)
    assert isinstance(made, Receipt | Refusal), made
    return list(made.faults) if isinstance(made, Refusal) else []


TO_TEST = rows(
    "survey enter 2026-01-01", "survey exit 2026-01-02", "order enter 2026-01-02", "order exit 2026-01-03",
    "test enter 2026-01-03", "test exit 2026-01-04",
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "column", "says", "next_step"),
    [
        (["survey enter 2026-01-06"], "stage", "go back to 'survey'", "a unit of its own"),
        (["test exit 2026-01-06"], None, "", ""),
        (
            ["training enter 2026-01-06", "training enter 2026-01-07"],
            "stage",
            "is there since 2026-01-06",
            "leave it",
        ),
        (["order enter 2026-01-06", "order enter 2026-01-07"], "stage", "is there since 2026-01-06", "when it left"),
        (["- withdraw 2026-01-06", "training enter 2026-01-07"], "day", "after it withdrew at 2026-01-06", "correct"),
        (["gave_up withdraw 2026-01-06", "- withdraw 2026-01-07"], "day", "would withdraw at 2026-01-07", "correct"),
        (["training exit 2026-01-06", "training exit 2026-01-08"], "stage", "left it at 2026-01-06", "leave it out"),
        (["training exit 2026-01-06", "training enter 2026-01-08"], "day", "before it enters it", "look at both"),
        (["order enter 2026-01-06", "test enter 2026-01-07", "order enter 2026-01-08"], "stage", "is there", "leave"),
        (["order enter 2026-01-06", "order exit 2026-01-07", "test enter 2026-01-07"], None, "", ""),
    ],
)
def test_what_the_process_does_not_allow_is_refused_with_the_row_and_the_reason(
    log: Log, by: Token, told: list[str], column: str | None, says: str, next_step: str
) -> None:
    accepted(log, events(*TO_TEST, by=by))
    found = faults_of(log, by, *rows(*told))
    if column is None:
        assert found == []
        return
    assert {fault.column for fault in found} == {column}
    assert all(says in fault.says for fault in found)
    assert all(next_step in fault.next_step for fault in found)
    assert found[-1].row == len(told) + 1
    assert log.position() == 1


def test_a_stage_that_may_not_be_skipped_is_missed_and_one_that_may_is_not(log: Log, by: Token) -> None:
    accepted(log, events(*TO_TEST[:2], by=by))
    (fault,) = faults_of(log, by, *rows("test enter 2026-01-05"))
    assert (fault.row, fault.column) == (2, "stage")
    assert "'Ada County' would come to 'test' at 2026-01-05 from 'survey', and what lies between" in fault.says
    assert fault.next_step == "tell of order before it, or in the same batch"
    assert faults_of(log, by, *rows("test enter 2026-01-05", "order exit 2026-01-05")) == []


def test_a_stage_is_entered_again_only_by_a_loop_from_one_that_was_reached(log: Log, by: Token) -> None:
    accepted(log, events(*TO_TEST[:4], by=by))
    (fault,) = faults_of(log, by, *rows("order enter 2026-01-09"))
    assert "no loop of 'installation' allows that" in fault.says
    assert fault.next_step.startswith("loops lead back to it from test")
    assert faults_of(log, by, *rows("order enter 2026-01-09", "test enter 2026-01-07", "test exit 2026-01-08")) == []


def test_a_withdrawal_told_late_is_held_against_what_was_told_to_follow_it(log: Log, by: Token) -> None:
    accepted(log, events(*TO_TEST, by=by))
    (fault,) = faults_of(log, by, *rows("- withdraw 2026-01-03", "training enter 2026-01-02"))[:1]
    assert "after it withdrew at 2026-01-03" in fault.says
    assert faults_of(log, by, *rows("- withdraw 2026-01-04")) == []


def test_a_withdrawal_that_never_happened_is_corrected_before_the_unit_goes_on(log: Log, by: Token) -> None:
    accepted(log, events(*TO_TEST, by=by))
    accepted(log, events("w,installation,Ada County,,withdraw,,2026-01-04,", by=by))
    again = rows("order enter 2026-01-09")
    assert len(faults_of(log, by, *again)) == 1
    assert faults_of(log, by, "c,installation,Ada County,,correct,,,w", *again) == []


def test_a_correction_that_opens_a_contradiction_is_refused_though_no_event_of_it_is_new(log: Log, by: Token) -> None:
    accepted(log, events(*TO_TEST, *rows("order enter 2026-01-06"), by=by))
    (fault,) = faults_of(log, by, f"c,installation,Ada County,,correct,,,{TO_TEST[3].split(',')[0]}")
    assert (fault.row, fault.column) == (2, "stage")
    assert "would enter 'order' at 2026-01-06, and is there since 2026-01-02" in fault.says


def test_what_stood_in_contradiction_before_is_not_held_against_what_is_told_later() -> None:
    stood = [row("s1", "survey", "enter", "2026-01-01"), row("t1", "test", "enter", "2026-01-02")]
    assert list(out_of_order(WAY, [], list(enumerate(stood, start=2))))
    assert not list(out_of_order(WAY, stood, [(2, row("t2", "test", "exit", "2026-01-05"))]))


def test_a_correction_cannot_make_a_stage_of_an_exit(log: Log, by: Token) -> None:
    accepted(log, events(*TO_TEST[:1], by=by))
    its_id = TO_TEST[0].split(",")[0]
    (fault,) = faults_of(log, by, f"c,installation,Ada County,gave_up,correct,,2026-01-02,{its_id}")
    assert (fault.column, "ends the process" in fault.says) == ("stage", True)


def test_every_bad_row_is_told_at_once_whatever_is_wrong_with_it_and_the_good_ones_are_not(
    log: Log, by: Token
) -> None:
    """Faults of form, of names, of scope, of ids and of order stand side by side, and hide none of one another."""
    accepted(log, events("known,installation,Ada County,survey,enter,,2026-01-01,", by=by))
    bad = {
        "no,installation,Ada County,survay,exit,,2026-01-05,": {"stage"},
        "no2,nothing,Ada County,survey,exit,,2026-13-05,": {"process", "day"},
        "no3,installation,Ada County,order,begin,,2999-01-05,": {"event", "day"},
        "no4,installation,Ada County,order,enter,2026-01-05T10:00:00,,": {"at"},
        "known,installation,Ada County,survey,enter,,2026-01-02,": {"event_id"},
        "twice,installation,Bay County,survey,enter,,2026-01-03,": set(),
        "twice,installation,Bay County,survey,enter,,2026-01-02,": {"event_id"},
        "no5,installation,Cole County,survey,exit,,2026-01-03,": {"day"},
        "no6,installation,Cole County,survey,enter,,2026-01-05,": {"day"},
        "no7,installation,Dade County,survey,enter,,2026-01-03,": set(),
        "no8,installation,Dade County,test,enter,,2026-01-05,": {"stage"},
        "no9,installation,Elk County,,withdraw,,2026-01-05,": {"day"},
        "no10,installation,Elk County,survey,enter,,2026-01-06,e1": {"corrects"},
        "no11,installation,Elk County,survey,enter,,2026-01-07,": {"day"},
        "no12,installation,Fox County,survey,correct,,2026-01-07,nobody": {"corrects"},
        "no13,installation,Fox County,survey,enter,,2026-01-07": {"(row)"},
        "fine,installation,Gum County,survey,enter,,2026-01-07,": set(),
        "fine,installation,Gum County,survey,enter,2026-01-07T10:00:00Z,,": {"event_id"},
    }
    (refused,) = commit(log, [at_fault(*bad, by=by)], NOW)
    assert isinstance(refused, Refusal)
    told: dict[int, set[str]] = {}
    for fault in refused.faults:
        told.setdefault(fault.row, set()).add(fault.column)
    assert told == {number: columns for number, columns in enumerate(bad.values(), start=2) if columns}
    assert (refused.rows, refused.at_fault) == (len(bad), len(told))
    assert log.acts(1)[0].rows == len(bad)
    assert log.acts(1)[0].at_fault == len(told)


def test_a_row_that_could_explain_another_once_it_is_mended_leaves_that_one_alone(log: Log, by: Token) -> None:
    """The second entry is wrong only if nothing left the stage between, and what leaves it here cannot be read."""
    ways = [
        "a,installation,Ada County,survey,enter,,2026-01-01,", "b,installation,Ada County,order,enter,,2026-01-02,",
        "c,installation,Ada County,order,exit,,2026-99-03,", "d,installation,Ada County,test,enter,,2026-01-03,",
        "e,installation,Ada County,test,exit,,2026-01-04,", "f,installation,Ada County,order,enter,,2026-01-05,",
    ]  # fmt: skip
    (refused,) = commit(log, [at_fault(*ways, by=by)], NOW)
    assert isinstance(refused, Refusal)
    assert [(fault.row, fault.column) for fault in refused.faults] == [(4, "day")]


def row(event_id: str, stage: str, event: str, day: str, at: str = "") -> Row:
    told = {"event_id": event_id, "process": "installation", "unit": "Ada County", "stage": stage, "event": event}
    return {**told, "at": at, "day": day, "corrects": ""}


# every way that is allowed


def a_walk(way: Way, chance: random.Random, steps: int) -> list[tuple[str, str]]:
    """Events of a unit that does what it may, one after the other: stages beside one another, loops, the end."""
    told, done, open_now = list[tuple[str, str]](), set[str](), list[str]()
    first = [one for one in way.stages if not any(one in later for later in way.later.values())]
    for _ in range(steps):
        may = [("exit", stage) for stage in open_now]
        for stage in way.stages:
            is_passed = stage in done or bool(way.later[stage] & done)
            onward = not is_passed and (way.straight[stage] & done or (not done and stage in first))
            back = is_passed and way.loops[stage] & done and not ({stage, *way.later[stage]} & set(open_now))
            if onward or back:
                may.append(("enter", stage))
        if not may:
            break
        event, stage = chance.choice(may)
        told.append((event, stage))
        if event == "exit":
            open_now.remove(stage)
            continue
        if stage in done or way.later[stage] & done:
            done -= {stage, *way.later[stage]}
        done.add(stage)
        open_now.append(stage)
    if told and chance.random() < 0.3:
        told.append(("withdraw", ""))
    return told


def clocked(walk: list[tuple[str, str]], chance: random.Random, has_days: bool) -> list[Row]:
    """The walk as it is told: by instants of clocks in many zones, and here and there by a day alone."""
    at, made = datetime(2025, 1, 1, 12, tzinfo=UTC), list[Row]()
    for number, (event, stage) in enumerate(walk):
        at += timedelta(hours=chance.choice([0, 1, 5, 30, 72]), minutes=1)
        zone = timezone(timedelta(hours=0 if has_days else chance.randint(-11, 12)))
        its = at.astimezone(zone)
        alone = has_days and chance.random() < 0.5
        day = its.date().isoformat()
        made.append(row(f"{number:03}", stage, event, day, "" if alone else its.isoformat()))
    return made


@given(st.randoms(use_true_random=False), st.sampled_from([WAY, ONBOARDING]), st.integers(1, 40), st.booleans())
def test_every_way_that_is_allowed_is_taken_in_whichever_order_it_is_told(
    chance: random.Random, way: Way, steps: int, has_days: bool
) -> None:
    told = clocked(a_walk(way, chance, steps), chance, has_days)
    chance.shuffle(told)
    assert list(out_of_order(way, [], list(enumerate(told, start=2)))) == []


@given(st.randoms(use_true_random=False), st.sampled_from([WAY, ONBOARDING]), st.integers(2, 30))
def test_faults_do_not_depend_on_the_order_in_which_rows_stand(chance: random.Random, way: Way, rows: int) -> None:
    told = [
        row(f"{number:03}", chance.choice(way.stages), chance.choice(["enter", "exit"]), f"2026-01-{day:02}")
        for number, day in enumerate(chance.choices(range(1, 29), k=rows))
    ]
    numbered = list(enumerate(told, start=2))
    shuffled = chance.sample(numbered, len(numbered))
    assert sorted(out_of_order(way, [], numbered)) == sorted(out_of_order(way, [], shuffled))


@given(st.lists(st.sampled_from(WAY.stages), min_size=2, max_size=8))
def test_stages_entered_and_left_one_after_the_other_are_allowed_just_where_each_step_is_one_of_the_process(
    stages: list[str],
) -> None:
    """By definition: without loops or stages beside one another a step leads to a stage that may come next."""
    order = [stage for stage in stages if stage != "training"]
    days = [date(2025, 1, 1) + timedelta(days=number) for number in range(2 * len(order))]
    told = [
        row(f"{number:03}{event}", stage, event, days[2 * number + (event == "exit")].isoformat())
        for number, stage in enumerate(order)
        for event in ("enter", "exit")
    ]
    step = {("survey", "order"), ("order", "test"), ("test", "order")}
    allowed = all(pair in step for pair in pairwise(order))
    assert bool(list(out_of_order(WAY, [], list(enumerate(told, start=2))))) != allowed


def test_the_way_through_a_process_is_as_it_is_written() -> None:
    assert {one: set(later) for one, later in WAY.later.items()} == {
        "survey": {"order", "test", "training"}, "order": {"test"}, "test": set(), "training": set(),
    }  # fmt: skip
    assert ONBOARDING.straight["ordering"] == {"it_agreement", "site_survey"}
    assert ONBOARDING.loops["installation"] == {"testing"}
    assert {one for one, back in ONBOARDING.again.items() if back} == {"installation", "testing", "acceptance"}
    assert STAGE_EVENTS.unit == ("process", "unit")
