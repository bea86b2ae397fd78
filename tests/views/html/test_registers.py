"""What readers see of registers: entries with their citations, as of what was told by the day known on."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest

from tallystick.bench import Bench
from tallystick.errors import UnknownName, UsageError
from tests.views.html.conftest import Reader

CLEARVIEW = "/registers/technologies/clearview-ai"


class Rows(HTMLParser):
    """The body rows of every table, each with the addresses that it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_body = tag == "tbody" or (self._in_body and tag != "table")
        if tag == "tr" and self._in_body:
            self.rows.append([])
        elif tag == "a" and self._in_body and self.rows:
            self.rows[-1].append(dict(attrs)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._in_body = self._in_body and tag != "tbody"


def test_every_row_of_an_entry_has_its_citation(small_reader: Reader) -> None:
    page = Rows()
    page.feed(small_reader.reads(CLEARVIEW))
    assert len(page.rows) >= 3
    assert all(any(link.startswith("https://") for link in row) for row in page.rows)


def test_an_entry_tells_what_a_term_means_and_what_the_register_never_does(small_reader: Reader) -> None:
    html = small_reader.reads(CLEARVIEW)
    assert "compares an image of a face with others" in html
    assert "Nothing here identifies, matches, scores or follows anyone" in html


def test_what_an_entry_has_no_row_of_was_not_found_as_of_a_day(small_reader: Reader) -> None:
    bench = small_reader.bench
    empty = [name for name, rows in bench.entry("technologies", "clearview-ai").lists.items() if not rows]
    html = small_reader.reads(CLEARVIEW)
    assert html.count("not found as of 20") >= len(empty) > 0
    assert ">none<" not in html


def test_an_entry_draws_its_timeline_with_the_same_as_a_table(small_reader: Reader) -> None:
    html = small_reader.reads(CLEARVIEW)
    events = small_reader.bench.entry("technologies", "clearview-ai").lists["events"]
    drawn, _, table = html.partition("</figure>")
    assert "<svg" in drawn
    assert "2025-09-05: bought (events)" in drawn
    assert all(str(row["event_period"]) in table for row in events)


def test_an_entry_told_later_is_not_there(small_bench: Bench) -> None:
    first = min(one.facts["told_date"] for one in small_bench.entries("technologies"))
    early = Reader(small_bench.at(date.fromordinal(first.toordinal() - 1)))
    html = early.reads("/registers/technologies")
    assert "0 of 0 entries" in html
    assert "What was told later is not here" in html
    with pytest.raises(UnknownName):
        early.reads(CLEARVIEW)


def test_entries_are_narrowed_by_the_terms_of_their_fields(small_reader: Reader) -> None:
    bench = small_reader.bench
    faces = [one for one in bench.entries("technologies") if one.facts["capability"] == "facial-recognition"]
    html = small_reader.reads("/registers/technologies", {"capability": ("facial-recognition",)})
    assert f"{len(faces)} of {len(bench.entries('technologies'))} entries" in html
    with pytest.raises(UsageError, match="no capability here is 'mind-reading'"):
        small_reader.reads("/registers/technologies", {"capability": ("mind-reading",)})


def test_an_entry_leads_to_the_claims_that_ask_about_it(small_reader: Reader) -> None:
    assert '/claims/clearview-3-75-million"' in small_reader.reads(CLEARVIEW)


def test_the_pages_of_registers_show_their_entries(small_reader: Reader) -> None:
    assert CLEARVIEW in small_reader.reads("/technologies")
    assert "four quantities and never one" in small_reader.reads("/data-sharing")
