"""The menu: every page once, below a heading, in the order of the headings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tallystick.nouns.page import Page
from tallystick.views.html.menu import Entry, menu

_GROUPS = st.lists(st.sampled_from(["", "Money", "Oversight", "The record"]), max_size=12)


def pages(groups: list[str]) -> list[Page]:
    return [Page(f"p{place}", f"P {place}", "A page.", place, (), group=group) for place, group in enumerate(groups)]


@given(_GROUPS)
def test_every_page_stands_under_its_heading_once_and_in_order(groups: list[str]) -> None:
    made = menu(pages(groups), with_registers=False)
    listed = [(group.title, entry.title) for group in made for entry in group.entries]
    assert sorted(listed) == sorted((page.group, page.title) for page in pages(groups))
    assert len({group.title for group in made}) == len(made), "a heading comes once"
    for group in made:
        assert list(group.entries) == sorted(group.entries, key=lambda entry: int(entry.title[2:]))


@given(_GROUPS)
def test_pages_without_a_heading_come_last_but_for_the_registers(groups: list[str]) -> None:
    titles = [group.title for group in menu(pages(groups), with_registers=False)]
    assert "" not in titles[:-1]
    assert menu(pages(groups), with_registers=True)[-1 if "The record" not in groups else 0].entries


def test_the_page_of_a_reader_is_marked_and_the_one_above_it() -> None:
    claims = Entry("Claims", "/claims")
    assert [claims.current(here) for here in ("/claims", "/claims/x", "/claimsx", "/")] == ["page", "true", "", ""]
    assert Entry("Overview", "/").current("/money") == ""
