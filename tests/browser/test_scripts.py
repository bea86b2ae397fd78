"""Scripts make pages better and nothing depends on them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visiting

pytestmark = pytest.mark.browser

_PAGES = ("/", "/money", "/claims", "/findings", "/sources")


@pytest.mark.parametrize("path", _PAGES)
def test_without_scripts_a_page_says_the_same(path: str, starter: str, visiting: Visiting) -> None:
    with_scripts = visiting(starter + path)
    without = visiting(starter + path, java_script_enabled=False)
    assert _said(without) == _said(with_scripts)
    assert re.search(r"\d", _said(without)), "the page says no figure"


def test_readers_leave_no_trace(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/money")
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def _said(page: Page) -> str:
    return " ".join((page.locator("main").text_content() or "").split())
