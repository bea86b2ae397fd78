"""When Chromium first paints pages over a slow line."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def first_paints(url: str, pages: Iterable[str], times: int = 5) -> Mapping[str, float]:
    """The milliseconds to the first contentful paint of each page, the middle of several; {} without a browser.

    Every time is that of a reader who comes for the first time: nothing of the page is kept from before.
    """
    browser_file = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browser_file = None
    if browser_file is None:
        print("  the first paint is not measured: there is no Chromium")
        return {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_file, args=_QUIET)
        painted = {page: _middle([_first_paint(browser, f"{url}{page}") for _ in range(times)]) for page in pages}
        browser.close()
    return painted


def _first_paint(browser: Browser, address: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", _SLOW)
    page.goto(address, wait_until="load")
    while (painted := page.evaluate(_PAINTED)) is None:  # the page's policy lets no function be waited for
        page.wait_for_timeout(20)
    context.close()
    return float(painted)


def _middle(taken: list[float]) -> float:
    return sorted(taken)[len(taken) // 2]
