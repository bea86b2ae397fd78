"""A page that is open shows a new Edition when a release lands."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tests.browser.conftest import PATIENCE, Visiting
from tests.browser.serving import serving
from tests.views.conftest import ACTIONS, HEADER, TOTAL, amount

pytestmark = pytest.mark.browser


@pytest.fixture
def own_home(starter_home: Path, tmp_path: Path) -> Path:
    """A home of the starter edition to which a test may add."""
    ignored = shutil.ignore_patterns(".incoming")  # what others are writing now
    return Path(shutil.copytree(starter_home, tmp_path / "own", ignore=ignored))


@pytest.fixture
def own(own_home: Path) -> Iterator[str]:
    with serving(own_home) as address:
        yield address


def land(home: Path, folder: Path) -> None:
    """One release more: actions of fiscal year 2019, of which nothing was held."""
    folder.mkdir()
    name = "CBP_ICE_FY2019_asof_20260821_small.csv"
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_action(number) for number in range(ACTIONS))
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(),), threads=1, memory_limit="2GB"))
    assert [release.name for release in pipeline.take_in(folder).taken] == [name]


def _action(number: int) -> list[str]:
    piid = f"70CMSW19P{number:08d}"
    day = date(2018, 10, 1) + timedelta(days=number * 2)
    return [
        piid, "EXAMPLE OUTFITTERS INC", str(amount(number)), "ICE", day.isoformat(), "0",
        "", "", "SIDEARMS", f"CONT_AWD_{piid}_7012_-NONE-_-NONE-",
    ]  # fmt: skip


def test_an_open_page_shows_a_release_that_landed(
    own: str, own_home: Path, tmp_path: Path, visiting: Visiting
) -> None:
    page = visiting(f"{own}/money")
    before = page.get_attribute("[data-edition]", "data-edition")
    page.evaluate("() => { window.is_the_same_document = true; window.scrollTo(0, 200) }")
    page.locator("main td.number a:visible").first.focus()
    land(own_home, tmp_path / "landing")
    expect(page.locator("#news")).not_to_be_empty(timeout=3 * PATIENCE)
    assert page.get_attribute("[data-edition]", "data-edition") != before
    # what was not worked out yet is said to be so, and is never an earlier Edition's figure
    expect(page.locator("main")).to_contain_text(f"${TOTAL:,.2f}", timeout=3 * PATIENCE)
    expect(page.locator("[data-waits]")).to_have_count(0, timeout=3 * PATIENCE)
    assert page.evaluate("window.is_the_same_document"), "the page was loaded anew"
    assert page.evaluate("document.activeElement.matches('main td.number a')"), "the focus was lost"
    assert page.locator("th button").count() > 0, "the new tables do not sort"


def test_a_page_as_known_on_a_past_day_does_not_follow_the_news(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/money?as_known_on=2026-09-01")
    expect(page.locator(".past")).to_be_visible()
    page.wait_for_load_state("load")
    assert page.get_attribute("#news", "data-events") is None
