"""Recommendations through pages and lists that show only the present."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

PAGES = "sources/us/oversight_gov_reports"
LIST = "sources/us/gao_open_recommendations"
Taken = Mapping[str, Mapping[str, Any]]


def sample(source: str) -> str:
    (path,) = (bundled_records() / source / "sample").iterdir()
    return path.read_bytes().decode()


def page(*numbers: int, of: int) -> str:
    """A page of a report that made `of` recommendations and says that these are open."""
    text = sample(PAGES)
    start, end = text.index("<tbody>") + len("<tbody>"), text.index("</tbody>")
    lines = [f"<tr><td>{n}</td><td>No</td><td>$10</td><td>$0</td><td></td></tr>" for n in numbers]
    text = text[:start] + "".join(lines) + text[end:]
    text = text.replace("This report has 2 open", f"This report has {len(numbers)} open")
    return text.replace('<div class="field__item">3</div>', f'<div class="field__item">{of}</div>')


def listed(*rows: tuple[str, str, str]) -> str:
    """GAO's list of open recommendations: report, agency and text."""
    text = sample(LIST)
    head = text[: text.index('"Harbours:')]
    told = [
        f'"Harbours","{report}","Jan 15, 2020","","","{agency}","{says}","Open","No","","Lights"'
        for report, agency, says in rows
    ]
    return head + "\n".join(told)


@pytest.fixture
def taken(settings: Settings, tmp_path: Path) -> Bench:
    """Two pages of one report, three lists of GAO; the list's floor is lower, since these are short."""
    overlay = tmp_path / "records" / LIST / "source.yml"
    overlay.parent.mkdir(parents=True)
    stated = (bundled_records() / LIST / "source.yml").read_text(encoding="utf-8")
    overlay.write_text(stated.replace("rows: {min: 1000,", "rows: {min: 1,"), encoding="utf-8")
    overlay.with_name("read.py").write_text((bundled_records() / LIST / "read.py").read_text(encoding="utf-8"))
    one, two = ("GAO-20-1", "Lights", "Light. (Recommendation 1)"), ("GAO-20-1", "Pilots", "Look. (Recommendation 2)")
    both = [("GAO-20-2", agency, "Agree. (Recommendation 1)") for agency in ("Lights", "Pilots")]
    files = {
        "oversight_gov_20250301_lights.html": page(1, 3, of=3),
        "oversight_gov_20260301_lights.html": page(3, of=3),
        "gao_open_recommendations_20250301.csv": listed(one, two, *both),
        "gao_open_recommendations_20250901.csv": listed(one, *both),
        "gao_open_recommendations_20260301.csv": listed(one, both[1]),
        "gao_product_20260401_lights.html": sample("sources/us/gao_products"),
    }
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    pipeline = Pipeline(replace(settings, records=(bundled_records(), tmp_path / "records")))
    assert not pipeline.take_in(folder).refused
    return Bench(pipeline)


def told(bench: Bench, table: str = "recommendations") -> Taken:
    return {row["recommendation"]: row for row in bench.table(table)}


def test_recommendations_are_followed_through_pages_and_lists(taken: Bench) -> None:
    rows = told(taken)
    status = {name: (row["status"], str(row["as_of"]), str(row["closed_by_date"])) for name, row in rows.items()}
    assert status["HBR-25-01/1"] == ("closed", "2026-03-01", "2026-03-01")
    assert status["HBR-25-01/2"] == ("closed", "2026-03-01", "2025-03-01")
    assert status["HBR-25-01/3"] == ("open", "2026-03-01", "None")
    assert status["GAO-20-1/1"] == ("open", "2026-03-01", "None")
    assert status["GAO-20-1/2"] == ("closed", "2025-09-01", "2025-09-01")
    assert status["GAO-20-2/1/Lights"] == ("closed", "2026-03-01", "2026-03-01")
    assert status["GAO-20-2/1/Pilots"] == ("open", "2026-03-01", "None")
    assert rows["HBR-25-01/1"]["closed_how"] is None
    assert rows["HBR-25-01/3"]["age"] == "1 to 2 years"


def test_a_page_of_gao_says_how_one_was_closed(taken: Bench) -> None:
    rows = told(taken)
    assert [rows[f"GAO-25-900001/{n}"][name] for n in (1, 2) for name in ("status", "closed_how")] == [
        "open", None, "closed", "implemented",
    ]  # fmt: skip
    reports = {row["report_code"]: row for row in taken.table("oversight_reports")}
    made = reports["GAO-25-900001"]
    assert (made["recommendations"], made["open_recommendations"], str(made["issued_date"])) == (2, 1, "2025-01-15")


def test_every_past_state_is_kept_with_how_it_is_known(taken: Bench) -> None:
    states = [
        (str(row["as_of"]), row["status"], row["basis"])
        for row in taken.table("recommendation_states")
        if row["recommendation"] == "HBR-25-01/1"
    ]
    assert sorted(states) == [("2025-03-01", "open", "stated"), ("2026-03-01", "closed", "not listed as open")]
    keys = [
        tuple(row[n] for n in ("recommendation", "as_of", "told_by", "release_id", "basis"))
        for row in taken.table("recommendation_states")
    ]
    assert len(keys) == len(set(keys))


def test_a_closing_within_six_months_is_not_overdue_and_what_nothing_tells_is_unknown(taken: Bench) -> None:
    rows = told(taken)
    assert rows["HBR-25-01/2"]["is_overdue"] == "no"
    assert rows["HBR-25-01/1"]["is_overdue"] is None
    assert rows["HBR-25-01/3"]["is_overdue"] is None


def test_closings_known_by_a_later_telling_give_a_bound_and_no_estimate(taken: Bench) -> None:
    rows = [row for row in taken.table("recommendation_survival") if row["issuer"] == "GAO"]
    issued_to_page, issued_to_second, issued_to_third = 441, 2056, 2237
    of_samples, open_in_the_register = 6, 20
    waiting = of_samples + open_in_the_register
    assert all(row["is_at_most"] for row in rows)
    assert sorted((row["days"], row["at_risk"]) for row in rows) == [
        (issued_to_page, waiting), (issued_to_second, waiting), (issued_to_third, waiting),
    ]  # fmt: skip
    asked: dict[str, str | list[str]] = {"issuer": "DHS OIG"}
    assert taken.ask(Question("median_days_open", asked)).value is None
    told_closed = 936
    assert taken.ask(Question("median_days_open_at_most", asked)).value == told_closed


def test_open_ones_age_to_the_day_asked_about_and_none_is_called_overdue_without_a_word(taken: Bench) -> None:
    asked: dict[str, str | list[str]] = {"report_code": "OIG-23-61"}
    one_year_on = Question("median_days_since_issue_of_open", asked, day=date(2024, 9, 28))
    assert taken.ask(one_year_on).value == (date(2024, 9, 28) - date(2023, 9, 28)).days
    past = {day: taken.ask(Question("recommendations_past_six_months", asked, day=day)).value for day in (
        date(2024, 3, 28), date(2024, 3, 29),
    )}  # fmt: skip
    assert list(past.values()) == [0, 8]
    late = taken.ask(Question("share_of_recommendations_overdue", asked))
    assert late.value is None
    assert any("do not state whether one is overdue" in caveat for caveat in late.caveats)


def test_what_is_told_elsewhere_is_counted_and_its_silence_is_unknown(taken: Bench) -> None:
    asked = {name: taken.ask(Question("recommendations_open", {"report_code": name})).value for name in (
        "OIG-10-63", "OIG-18-77", "OIG-23-61", "HBR-25-01",
    )}  # fmt: skip
    assert asked == {"OIG-10-63": 0, "OIG-18-77": None, "OIG-23-61": 4, "HBR-25-01": 1}
    counted = taken.ask(Question("recommendations_counted_open", {"report_code": "OIG-23-61"})).value
    assert counted == 5
    assert taken.ask(Question("recommendations_made", {"topic": "287(g)"})).value == 33 + 16 + 13 + 2 + 3
    assert taken.ask(Question("recommendations_concurred_with", {"report_code": "OIG-11-119"})).value == 12
    known = taken.ask(Question("recommendations_known", {"report_code": "OIG-23-61"})).value
    assert known == 8


def test_the_claims_about_the_report_on_287g_are_judged_by_what_is_held(taken: Bench) -> None:
    agreed = taken.claim("287g-report-three-of-four-agreed")
    assert str(agreed.now.verdict) == "unknown"
    late = taken.claim("287g-installations-late")
    assert str(late.now.verdict) == "holds"


def test_a_recommendation_and_its_report_are_entries_as_they_stood_on_the_day_known_on(taken: Bench) -> None:
    before = taken.at(date(2025, 6, 1))
    was, now = (bench.kept.one("recommendations", "HBR-25-01-1") for bench in (before, taken))
    assert [one.facts["status"] for one in (was, now)] == ["open", "closed"]
    assert [len(one.lists["states"]) for one in (was, now)] == [1, 2]
    assert [str(row["told_date"]) for row in now.lists["states"]] == ["2025-03-01", "2026-03-01"]
    assert all(row["citation"].startswith("/releases/") for row in now.lists["states"])
    assert {row["date"].partition(",")[0] for row in now.lists["dates"]} == {"issued", "six months from issue"}
    reports = [bench.kept.one("reports", "HBR-25-01") for bench in (before, taken)]
    assert [one.facts["open_number"] for one in reports] == [2, 1]
    stood = [[row["stood"] for row in one.lists["recommendations"]] for one in reports]
    assert stood == [["open", "closed", "open"], ["closed", "closed", "open"]]
    assert {type(row["date_period_last_date"]) for row in now.lists["dates"]} == {date}
    (report,) = [one.thing for one in taken.kept.near("recommendations", now.name).near]
    assert (report.kind, report.name) == ("reports", "HBR-25-01")
    assert {"GAO-20-2-1-Lights", "GAO-20-2-1-Pilots"} <= {one.name for one in taken.kept.of("recommendations")}
    assert "GAO-20-2-1-Lights" not in {one.name for one in taken.at(date(2025, 2, 1)).kept.of("recommendations")}
