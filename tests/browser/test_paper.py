"""On paper: the tables whole, the Edition told, no controls."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting

pytestmark = pytest.mark.browser


def test_paper_shows_the_tables_and_the_edition_and_no_controls(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/money", color_scheme="dark")
    page.emulate_media(media="print")
    tables = page.locator("main table")
    assert tables.count() > 0
    for table in tables.all():
        expect(table).to_be_visible()
        assert table.bounding_box(), "a folded table takes no room"
    edition = page.locator("[data-edition]")
    expect(edition).to_be_visible()
    expect(edition).to_contain_text(edition.get_attribute("data-edition") or "?")
    for control in (".menu", ".known-on", ".languages", ".onward"):
        expect(page.locator(control).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_paper_cuts_no_table(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/money", viewport={"width": 718, "height": 1000})  # what A4 leaves between its margins
    page.emulate_media(media="print")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main table')]
             .filter(one => one.getBoundingClientRect().right > innerWidth).length"""
    )
    assert cut == 0
