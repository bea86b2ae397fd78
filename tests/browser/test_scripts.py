"""Scripts make pages better and nothing depends on them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visiting

pytestmark = pytest.mark.browser

_PAGES = ("/", "/money", "/claims", "/findings", "/sources")


@pytest.mark.parametrize("path", _PAGES)
def test_without_scripts_the_figures_are_the_same(path: str, starter: str, visiting: Visiting) -> None:
    with_scripts = visiting(starter + path)
    without = visiting(starter + path, java_script_enabled=False)
    figures = _figures(without)
    assert figures == _figures(with_scripts)
    assert figures


def test_readers_leave_no_trace(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/money")
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def _figures(page: Page) -> list[str]:
    return page.locator("main td, main .figure, main dd").all_text_contents()
