"""Releases that are each the whole of their stretches as of their own day stand side by side."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tallystick.archive.ledger import ACCEPT, UNDO, Decision, Publication
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.tables.inforce import Standing, choose

WHEN = datetime(2026, 9, 1, tzinfo=UTC)
DAYS = [date(2026, month, 1) for month in (2, 5, 8)]


def release(day: date) -> Release:
    return Release(Provenance("lists", f"list-{day}.csv", as_of=day), f"{day:%Y%m%d}", 1, WHEN)


FEBRUARY, MAY, AUGUST = map(release, DAYS)


def published(release: Release, *findings: Finding, scopes: tuple[str, ...] = ("a", "b")) -> Any:
    file = {
        "table": "t", "file": release.id, "sha256": release.id, "restates": "snapshots",
        "scopes": dict.fromkeys(scopes, 9),
    }  # fmt: skip
    return release, Publication(release.id, "r", (file,), findings)


def severe(release: Release, scope: str | None = "a") -> Finding:
    return Finding(release.id, "swapped_list", Severity.SEVERE, "this is another list", scope=scope)


def part(release: Release) -> Finding:
    return Finding(release.id, "cut_off", Severity.INCOMPLETE, "it stops at M", scope="a")


def chosen(*known: Any, decisions: dict[str, Decision] | None = None, known_on: date | None = None) -> Standing:
    return choose(known, decisions or {}, known_on, "code")


def scopes(standing: Standing) -> dict[str, tuple[str, ...]]:
    return {part.release: part.scopes for part in standing.edition.parts}


def coverage(standing: Standing, scope: str = "a") -> Coverage:
    return next(one for one in standing.coverage if one.scope == scope)


def test_every_good_snapshot_stays_in_force_for_its_own_day() -> None:
    standing = chosen(*map(published, (MAY, AUGUST, FEBRUARY)))
    assert scopes(standing) == {one.id: ("a", "b") for one in (FEBRUARY, MAY, AUGUST)}
    assert {part.release: part.day for part in standing.edition.parts} == {
        one.id: one.speaks_for for one in (FEBRUARY, MAY, AUGUST)
    }
    assert [day.speaks_for for day in coverage(standing).snapshots] == DAYS


def test_the_newest_good_snapshot_is_the_one_that_coverage_names() -> None:
    its = coverage(chosen(*map(published, (AUGUST, FEBRUARY))))
    assert (its.release, its.speaks_for, its.rows, its.is_stale, its.says) == (
        AUGUST.id, date(2026, 8, 1), 9, False, "",
    )  # fmt: skip


def test_a_stretch_is_stale_when_its_newest_snapshot_was_held_and_says_so() -> None:
    standing = chosen(published(FEBRUARY), published(MAY), published(AUGUST, severe(AUGUST)))
    its = coverage(standing)
    assert (its.release, its.is_stale, its.since) == (MAY.id, True, AUGUST.speaks_for)
    assert "stale: list-2026-05-01.csv of 2026-05-01 stays in force, because this is another list" in its.says
    assert scopes(standing)[AUGUST.id] == ("b",)
    assert not coverage(standing, "b").is_stale


def test_a_snapshot_held_in_the_middle_makes_nothing_stale() -> None:
    standing = chosen(published(FEBRUARY), published(MAY, severe(MAY, None)), published(AUGUST))
    its = coverage(standing)
    assert not its.is_stale
    assert [held.release for held in its.held] == [MAY.id]
    assert MAY.id not in scopes(standing)


def test_a_part_is_in_force_for_its_day_and_marked_and_later_ones_are_held_against_the_last_whole_one() -> None:
    beside: list[set[str]] = []

    def judge(_release: Release, its: Publication, before: Any) -> tuple[Finding, ...]:
        beside.append({held.id for (_, scope), (held, _) in before.items() if scope == "a"})
        return its.findings

    known = [published(FEBRUARY), published(MAY, part(MAY)), published(AUGUST)]
    standing = choose(known, {}, None, "code", judge)
    assert beside == [set(), {FEBRUARY.id}, {FEBRUARY.id}]
    assert [bool(day.incomplete) for day in coverage(standing).snapshots] == [False, True, False]
    assert coverage(standing).incomplete == ()
    assert {p.release: p.incomplete for p in standing.edition.parts}[MAY.id] == ("a",)


def test_the_newest_snapshot_being_a_part_is_told() -> None:
    its = coverage(chosen(published(FEBRUARY), published(MAY, part(MAY))))
    assert its.release == MAY.id
    assert its.says == "a is incomplete: it stops at M"


def test_accepting_a_severe_finding_brings_exactly_its_stretch_in_and_undoing_takes_it_out() -> None:
    found = severe(AUGUST)
    known = [published(FEBRUARY), published(AUGUST, found)]
    accepted = Decision(found.id, ACCEPT, "the publisher renamed it", "editor", WHEN)
    before = chosen(*known)
    after = chosen(*known, decisions={found.id: accepted})
    assert scopes(after) == {FEBRUARY.id: ("a", "b"), AUGUST.id: ("a", "b")}
    assert scopes(before) == {FEBRUARY.id: ("a", "b"), AUGUST.id: ("b",)}
    undone = Decision(found.id, UNDO, "it was another list after all", "editor", WHEN)
    assert chosen(*known, decisions={found.id: undone}).edition == before.edition


def test_a_stretch_that_only_severe_snapshots_hold_is_known_to_have_no_good_release() -> None:
    its = coverage(chosen(published(MAY, severe(MAY, None))))
    assert its.release is None
    assert "no release good enough" in its.says


def test_a_stretch_that_should_be_there_and_is_not_is_told_in_the_tables_that_knew_it() -> None:
    other = {"table": "u", "file": "f", "sha256": "s", "restates": "snapshots", "scopes": {"c": 1}}
    lacks = Finding(AUGUST.id, "missing_scope", Severity.SEVERE, "a is gone", scope="a")
    first, (_, theirs) = published(MAY), published(AUGUST, lacks, scopes=("b",))
    both = Publication(theirs.release, "r", (*theirs.files, other), theirs.findings)
    standing = chosen(first, (AUGUST, both))
    assert coverage(standing).is_stale
    assert {(one.table, one.scope) for one in standing.coverage} == {("t", "a"), ("t", "b"), ("u", "c")}


KINDS = st.sampled_from(["good", "part", "severe", "severe throughout"])


@given(st.lists(st.tuples(st.integers(0, 6), KINDS), max_size=7, unique_by=lambda told: told[0]), st.randoms())
def test_the_order_of_adding_never_changes_the_edition_or_its_coverage(
    told: list[tuple[int, str]], chance: Any
) -> None:
    known = []
    for number, kind in told:
        one = release(date(2026, 1, 1 + number // 2 * 7 + number % 2))
        against = {"part": (part(one),), "severe": (severe(one),), "severe throughout": (severe(one, None),)}
        known.append(published(one, *against.get(kind, ())))
    shuffled = list(known)
    chance.shuffle(shuffled)
    standing, other = chosen(*known), chosen(*shuffled)
    assert standing.edition.id == other.edition.id
    assert standing == other
    good = {release.id for (release, _), (_, kind) in zip(known, told, strict=True) if kind in ("good", "part")}
    assert {p.release for p in standing.edition.parts if "a" in p.scopes} == good
