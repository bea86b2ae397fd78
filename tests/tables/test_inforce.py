"""Which release holds a stretch of a series."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tallystick.archive.ledger import ACCEPT, Decision, Publication
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.tables.inforce import choose

WHEN = datetime(2026, 9, 1, tzinfo=UTC)


def release(day: date) -> Release:
    return Release(Provenance("captures", f"{day}.csv", as_of=day), f"{day:%Y%m%d}", 1, WHEN)


def published(release: Release, *findings: Finding) -> tuple[Release, Publication]:
    file = {"table": "t", "file": release.id, "sha256": release.id, "restates": "scope", "scopes": {"a": 9, "b": 9}}
    return release, Publication(release.id, "r", (file,), findings)


EARLY, LATE = release(date(2026, 2, 1)), release(date(2026, 8, 1))


def holders(*pairs: tuple[Release, Publication], decisions: dict[str, Decision] | None = None) -> dict[str, str]:
    edition = choose(pairs, decisions or {}, None, "code").edition
    return {scope: part.release for part in edition.parts for scope in part.scopes}


def test_the_release_that_speaks_for_the_latest_day_holds_every_stretch() -> None:
    assert holders(published(LATE), published(EARLY)) == {"a": LATE.id, "b": LATE.id}


def test_of_files_that_speak_for_one_day_the_name_decides_in_whatever_order_they_were_added() -> None:
    day = date(2026, 2, 13)
    morning, evening = (
        Release(Provenance("captures", f"{part}.csv", as_of=day), part, 1, WHEN + timedelta(seconds=after))
        for part, after in (("am", 9), ("pm", 1))
    )
    for order in ((morning, evening), (evening, morning)):
        assert set(holders(*map(published, order)).values()) == {evening.id}


def test_a_file_of_the_same_name_and_day_that_came_later_holds() -> None:
    day = date(2026, 2, 13)
    first, again = (
        Release(Provenance("captures", "x.csv", as_of=day), told, 1, WHEN + timedelta(seconds=after))
        for told, after in (("b", 1), ("a", 9))
    )
    assert set(holders(published(again), published(first)).values()) == {again.id}


def test_a_stretch_under_a_severe_finding_stays_with_the_last_good_release() -> None:
    severe = Finding(LATE.id, "implausible_amount", Severity.SEVERE, "too much", scope="a")
    assert holders(published(EARLY), published(LATE, severe)) == {"a": EARLY.id, "b": LATE.id}


def test_an_accepted_finding_keeps_nothing_out() -> None:
    severe = Finding(LATE.id, "implausible_amount", Severity.SEVERE, "too much", scope="a")
    accepted = Decision(severe.id, ACCEPT, "it is real", "editor", WHEN)
    decisions = {severe.id: accepted}
    assert holders(published(EARLY), published(LATE, severe), decisions=decisions)["a"] == LATE.id


def test_an_incomplete_stretch_gives_way_to_a_complete_one_of_any_age() -> None:
    cut = Finding(LATE.id, "truncated_capture", Severity.INCOMPLETE, "paging stopped", scope="a")
    assert holders(published(EARLY), published(LATE, cut)) == {"a": EARLY.id, "b": LATE.id}


def test_an_incomplete_stretch_is_in_force_where_there_is_no_other() -> None:
    cut = Finding(LATE.id, "truncated_capture", Severity.INCOMPLETE, "paging stopped", scope="a")
    assert holders(published(LATE, cut)) == {"a": LATE.id, "b": LATE.id}


def test_a_severe_finding_about_the_whole_release_keeps_all_of_it_out() -> None:
    severe = Finding(LATE.id, "unknown_column", Severity.SEVERE, "a column nobody named")
    assert holders(published(LATE, severe)) == {}


def undated(name: str, sha256: str, hour: int = 0) -> Release:
    return Release(Provenance("captures", name), sha256, 1, WHEN.replace(hour=hour))


def test_the_order_of_adding_does_not_change_the_edition() -> None:
    names = ["b.csv", "a.csv"]
    one, other = ([published(undated(n, n, hour)) for hour, n in enumerate(order)] for order in (names, names[::-1]))
    assert choose(one, {}, None, "code").edition.id == choose(other, {}, None, "code").edition.id


def test_a_finding_says_where_retrieval_decides() -> None:
    told = choose([published(EARLY), published(undated("a.csv", "1"))], {}, None, "code").findings
    (found,) = told
    assert (found.kind, found.severity, found.release) == (
        "ordered_by_retrieval", Severity.NOTE, undated("a.csv", "1").id,
    )  # fmt: skip
    assert "nobody stated a day" in found.says
    assert choose([published(EARLY), published(LATE)], {}, None, "code").findings == ()


def test_of_two_files_alike_in_all_that_is_stated_the_later_retrieved_stands_and_is_told() -> None:
    first, second = undated("a.csv", "9", hour=1), undated("a.csv", "1", hour=2)
    assert holders(published(second), published(first)) == {"a": second.id, "b": second.id}
    assert len(choose([published(first), published(second)], {}, None, "code").findings) == 2


def test_an_amendment_does_not_make_whole_what_is_a_part() -> None:
    cut = Finding(EARLY.id, "truncated_capture", Severity.INCOMPLETE, "paging stopped", scope="a")
    file = {"table": "t", "file": "f", "sha256": "s", "restates": "keys", "scopes": {"a": 1, "c": 1}}
    told = choose([published(EARLY, cut), (LATE, Publication(LATE.id, "r", (file,), ()))], {}, None, "code")
    a, b, c = told.coverage
    assert (a.incomplete, a.only_amends) == ((cut,), False)
    assert (b.incomplete, c.only_amends) == ((), True)
    assert [part.incomplete for part in told.edition.parts if part.scopes] == [("a",)]


def _snapshots(*days: date, held: date) -> Coverage:
    """The coverage of fiscal year 2021 by snapshots of `days`, that of `held` kept out."""
    pairs = []
    for day in days:
        of = release(day)
        file = {"table": "t", "file": of.id, "sha256": of.id, "restates": "snapshots", "scopes": {"FY2021/x": 9}}
        stale = Finding(of.id, "stale_tab", Severity.SEVERE, "older", scope="FY2021/x")
        pairs.append((of, Publication(of.id, "r", (file,), (stale,) if day == held else ())))
    (told,) = choose(pairs, {}, None, "code").coverage
    return told


def test_a_year_that_a_snapshot_told_to_its_end_is_not_made_stale_by_a_later_workbook_that_was_held() -> None:
    told = _snapshots(date(2021, 10, 7), date(2021, 11, 12), held=date(2021, 11, 12))
    assert (told.is_stale, told.speaks_for, len(told.held)) == (False, date(2021, 10, 7), 1)


def test_a_running_year_whose_newest_snapshot_was_held_is_stale_since_then() -> None:
    told = _snapshots(date(2021, 6, 7), date(2021, 6, 21), held=date(2021, 6, 21))
    assert (told.is_stale, told.since) == (True, date(2021, 6, 21))
