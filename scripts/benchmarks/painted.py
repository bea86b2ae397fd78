"""When Chromium first paints a page over a slow line."""

from __future__ import annotations

import shutil

_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def first_paint(url: str, times: int = 5) -> float | None:
    """The milliseconds to the first contentful paint, the middle of several; None without a browser."""
    browser_file = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browser_file = None
    if browser_file is None:
        print("  the first paint is not measured: there is no Chromium")
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_file, args=_QUIET)
        taken = []
        for _ in range(times):
            context = browser.new_context()
            page = context.new_page()
            context.new_cdp_session(page).send("Network.emulateNetworkConditions", _SLOW)
            page.goto(url, wait_until="load")
            while (painted := page.evaluate(_PAINTED)) is None:  # the page's policy lets no function be waited for
                page.wait_for_timeout(20)
            taken.append(painted)
            context.close()
        browser.close()
    return float(sorted(taken)[len(taken) // 2])
