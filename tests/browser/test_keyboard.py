"""What a reader does with the keyboard alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visiting

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
DAY = "2026-08-31"
_MOST_STEPS = 200


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(_MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_the_first_key_skips_to_the_content(starter: str, visiting: Visiting) -> None:
    page = visiting(starter)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_what_has_the_focus_is_seen_to_have_it(starter: str, visiting: Visiting) -> None:
    page = visiting(starter)
    tab_to(page, ".menu a")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_a_phone_s_menu_opens_and_leads_on(starter: str, visiting: Visiting) -> None:
    page = visiting(starter, viewport=PHONE)
    menu = page.locator(".menu")
    expect(menu).to_be_hidden()
    tab_to(page, ".menu-button")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.keyboard.press("Enter")
    tab_to(page, ".menu a[href='/money']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/money")
    assert page.get_attribute(".menu a[href='/money']", "aria-current") == "page"


def test_a_day_is_set_kept_and_left(starter: str, visiting: Visiting) -> None:
    visiting(
        f"{starter}/money?lang=es&as_known_on={DAY}"
    )  # what a day knew is made before the clock of this test runs
    page = visiting(f"{starter}/money?lang=es")
    tab_to(page, "#as-known-on")
    page.fill("#as-known-on", DAY)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**as_known_on={DAY}**")
    expect(page.locator(".past")).to_contain_text(DAY)
    assert page.get_attribute("html", "lang") == "es", "the day lost the language"
    links = page.locator(".menu a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert all(f"as_known_on={DAY}" in link and "lang=es" in link for link in links)
    tab_to(page, ".past a")
    page.keyboard.press("Enter")
    expect(page.locator(".past")).to_have_count(0)
    assert "as_known_on" not in page.url


def test_a_column_is_sorted(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/money")
    tab_to(page, "th.number button")
    heading = page.locator("th:has(button:focus)")
    place = heading.evaluate("its => its.cellIndex + 1")
    figures = page.locator("main table", has=heading).locator(f"tbody tr > :nth-child({place})")
    for way, falling in (("ascending", False), ("descending", True)):
        page.keyboard.press("Enter")
        expect(heading).to_have_attribute("aria-sort", way)
        told = [_amount(text) for text in figures.all_inner_texts()]
        assert told == sorted(told, reverse=falling)
        assert len(set(told)) > 1


def test_a_figure_leads_to_its_why(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/money")
    tab_to(page, "td.number a")
    told = page.evaluate("document.activeElement.firstChild.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/why?**")
    expect(page.locator("main")).to_contain_text(told)


def test_a_claim_is_opened_and_walked_to_its_rows(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/claims")
    tab_to(page, "main a[href='/claims/ice-weapons-70-million']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/ice-weapons-70-million")
    tab_to(page, "main a[href^='/why']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/why?**")
    expect(page.locator("main table").first).to_be_visible()


def test_findings_are_filtered(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/findings")
    tab_to(page, "select[name='severity']")
    page.keyboard.type("incomplete")
    tab_to(page, ".filters button")
    page.keyboard.press("Enter")
    page.wait_for_url("**severity=incomplete**")
    assert page.locator("main .badge.incomplete").count() > 0
    assert page.locator("main td .badge:not(.incomplete), main th .badge:not(.incomplete)").count() == 0


def test_explore_is_asked_by_its_form(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/explore?metric=obligations")
    tab_to(page, "#by-1")
    page.select_option("#by-1", "fiscal_year")
    tab_to(page, "#exploring button")
    page.keyboard.press("Enter")
    page.wait_for_url("**by=fiscal_year**")
    expect(page.locator("#answer table").first).to_contain_text("2025")


def _amount(text: str) -> float:
    return float(text.splitlines()[0].split(":")[0].replace("$", "").replace(",", ""))


def test_links_are_large_enough_to_hit(starter: str, visiting: Visiting) -> None:
    page = visiting(f"{starter}/money", viewport=PHONE)
    sizes: Mapping[str, list[float]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('header a, header button, footer li a, .onward a')]
             .filter(one => one.checkVisibility())
             .map(one => [one.outerHTML.slice(0, 80), [one.getBoundingClientRect().width,
                                                       one.getBoundingClientRect().height]]))"""
    )
    assert sizes
    assert {name: size for name, size in sizes.items() if min(size) < 24} == {}


def test_a_phone_folds_the_table_beside_a_drawing_and_a_desk_does_not(starter: str, visiting: Visiting) -> None:
    twin = visiting(f"{starter}/money").locator(".twin").first
    expect(twin.locator("table")).to_be_visible()
    expect(twin.locator("summary")).to_be_hidden()
    page = visiting(f"{starter}/money", viewport=PHONE)
    twin = page.locator(".twin").first
    expect(twin.locator("table")).to_be_hidden()
    twin.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(twin.locator("table")).to_be_visible()
