"""A browser, and servers over homes of releases for it to visit.

They last as long as the tests of this folder: a browser driven from a thread keeps an event loop there, beside which
nobody else may run one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, sync_playwright

from tests.browser.places import found
from tests.browser.serving import made, serving

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_LEFT_OUT = "TALLYSTICK_TEST_NO_BROWSER"
PATIENCE = 120_000
"""Milliseconds that a page may take which nobody asked for yet, on a busy machine."""

Visiting = Callable[..., Page]


@pytest.fixture(scope="package")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, without a window. Without one the tests fail, unless they are left out on purpose."""
    if os.environ.get(_LEFT_OUT):
        pytest.skip(f"{_LEFT_OUT} is set: the tests in a browser are left out")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail(
            "needs Chromium: on Debian, 'sudo apt-get install chromium'; "
            f"or set {_LEFT_OUT}=1 to leave out the tests in a browser",
            pytrace=False,
        )
    browser = _playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def starter(starter_home: Path) -> Iterator[str]:
    """The address of a server over the starter edition."""
    with serving(starter_home) as address:
        yield address


@pytest.fixture(scope="package")
def everything(real_home: Path) -> Iterator[str]:
    """The address of a server over every real release."""
    with serving(real_home) as address:
        yield address


@pytest.fixture(scope="package")
def real_places(everything: str) -> Mapping[str, str]:
    """An address for each place of the server over every real release."""
    return found(everything)


@pytest.fixture
def visiting(browser: Browser) -> Iterator[Visiting]:
    """Opens a page at an address, as a reader whose browser has the named options.

    After the test it must be that no page of it logged an error (a breach of the content security policy is one)
    and none asked another host for anything. A test that visits what is not there says so with `missing=True`.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def visit(address: str, missing: bool = False, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if not missing:
            page.on("console", lambda said: wrong.extend(_wrong(said)))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.extend(_elsewhere(request, address)))
        made(client, address)
        answer = page.goto(address)
        assert answer is not None
        assert missing or answer.status == 200, f"{address} was answered with {answer.status}"
        return page

    with httpx.Client(timeout=PATIENCE / 1000, trust_env=False) as client:
        yield visit
    for context in contexts:
        context.close()
    assert wrong == []


def _wrong(said: ConsoleMessage) -> Iterator[str]:
    """An error of a page's console; being told by a busy server to come again is none."""
    if said.type == "error" and "status of 503" not in said.text:
        yield said.text


def _elsewhere(request: Request, address: str) -> Iterator[str]:
    host = "/".join(address.split("/")[:3])
    if not request.url.startswith((host, "data:", "blob:")):
        yield f"asked {request.url}"
