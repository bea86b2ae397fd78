"""Every page, on a desk and on a phone, light and dark, in both languages, keeps to WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import PATIENCE, Visiting
from tests.browser.places import is_html, places
from tests.browser.serving import made

pytestmark = [pytest.mark.browser, pytest.mark.real_data]

Way = tuple[Literal["light", "dark"], ViewportSize]

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
NARROWEST: ViewportSize = {"width": 320, "height": 640}
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": _TAGS}}
_AXE = Axe()

# Each page in one light and in the other, wide and narrow, in both languages; the first page in all that these make.
_SEEN: Mapping[str, Sequence[Way]] = {"en": [("light", DESK)], "es": [("dark", PHONE)]}
_ALL: Sequence[Way] = [("light", DESK), ("light", PHONE), ("dark", DESK), ("dark", PHONE)]


@pytest.mark.parametrize("place", places())
def test_a_page_has_no_barrier(
    place: str, everything: str, real_places: Mapping[str, str], visiting: Visiting
) -> None:
    assert place in real_places, f"no link leads to any {place}"
    address = everything + real_places[place]
    with httpx.Client(timeout=PATIENCE / 1000, trust_env=False) as client:
        answer = made(client, address)
    assert answer.status_code == 200
    assert answer.content
    if not is_html(answer):
        return
    sign = "&" if "?" in address else "?"
    for language, seen in _SEEN.items():
        ways = _ALL if place == "/" else seen
        page = visiting(f"{address}{sign}lang={language}", color_scheme="light", reduced_motion="reduce")
        assert page.get_attribute("html", "lang") == language
        for scheme, size in ways:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            assert barriers(page) == [], f"{place}, {language}, {scheme}, {size['width']} px"
        page.set_viewport_size(NARROWEST)
        assert too_wide(page) == [], f"{place}, {language}, scrolls sideways at {NARROWEST['width']} px"


def barriers(page: Page) -> list[str]:
    """What axe finds wrong with a page: the rule, and the first elements that break it."""
    found = _AXE.run(page, options=_OPTIONS).response["violations"]
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:4]]}" for one in found]


def too_wide(page: Page) -> list[str]:
    """The elements that make a page wider than its window."""
    return list(
        page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] :
               ['by ' + (document.documentElement.scrollWidth - innerWidth) + ' px',
                ...[...document.querySelectorAll('body *')]
                 .filter(one => !one.closest('.scroll') && one.getBoundingClientRect().right > innerWidth + 1)
                 .slice(0, 5).map(one => one.outerHTML.slice(0, 120))]"""
        )
    )
