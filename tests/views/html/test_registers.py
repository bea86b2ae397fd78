"""What readers see of registers: entries with their citations, as of what was told by the day known on."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import ibis
import pytest

from tallystick import crosscheck
from tallystick.bench import Bench
from tallystick.errors import NotYetTold, UnknownName, UsageError
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
    before, _, money = small_reader.reads(CLEARVIEW).partition("<h2>Money</h2>")
    page.feed(before + money[money.index('<h2 id="events">') :])
    assert len(page.rows) >= 3
    assert all(any(link.startswith("https://") for link in row) for row in page.rows)


def test_an_entry_tells_what_a_term_means_and_what_the_register_never_does(small_reader: Reader) -> None:
    html = small_reader.reads(CLEARVIEW)
    assert "compares an image of a face with others" in html
    assert "Nothing here identifies, matches, scores or follows anyone" in html


def test_what_an_entry_has_no_row_of_was_not_found_as_of_a_day(small_reader: Reader) -> None:
    bench = small_reader.bench
    empty = [name for name, rows in bench.kept.one("technologies", "clearview-ai").lists.items() if not rows]
    html = small_reader.reads(CLEARVIEW)
    assert html.count("not found in this register as of 20") >= len(empty) > 0
    assert ">none<" not in html


def test_an_entry_draws_its_timeline_with_the_same_as_a_table(small_reader: Reader) -> None:
    html = small_reader.reads(CLEARVIEW)
    events = small_reader.bench.kept.one("technologies", "clearview-ai").lists["events"]
    drawn, _, table = html.partition("</figure>")
    assert "<svg" in drawn
    assert "2025-09-05: bought (events)" in drawn
    assert all(str(row["event_period"]) in table for row in events)


def test_an_entry_told_later_is_not_there(small_bench: Bench) -> None:
    first = min(one.facts["told_date"] for one in small_bench.kept.of("technologies"))
    early = Reader(small_bench.at(date.fromordinal(first.toordinal() - 1)))
    html = early.reads("/registers/technologies")
    assert "0 of 0 entries" in html
    assert "What was told later is not here" in html
    with pytest.raises(
        NotYetTold, match=str(small_bench.kept.one("technologies", "clearview-ai").facts["told_date"])
    ):
        early.reads(CLEARVIEW)
    with pytest.raises(UnknownName, match="no technology is called 'clearview'"):
        early.reads("/registers/technologies/clearview")


def test_entries_are_narrowed_by_the_terms_of_their_fields(small_reader: Reader) -> None:
    bench = small_reader.bench
    faces = [one for one in bench.kept.of("technologies") if one.facts["capability"] == "facial-recognition"]
    html = small_reader.reads("/registers/technologies", {"capability": ("facial-recognition",)})
    assert f"{len(faces)} of {len(bench.kept.of('technologies'))} entries" in html
    with pytest.raises(UsageError, match="no capability here is 'mind-reading'"):
        small_reader.reads("/registers/technologies", {"capability": ("mind-reading",)})


def test_an_entry_leads_to_the_claims_that_ask_about_it(small_reader: Reader) -> None:
    assert '/claims/clearview-3-75-million"' in small_reader.reads(CLEARVIEW)


def test_the_pages_of_registers_show_their_entries(small_reader: Reader) -> None:
    assert CLEARVIEW in small_reader.reads("/technologies")
    assert "four quantities and never one" in small_reader.reads("/data-sharing")


@crosscheck(severity="warning", next_step="look for a paper")
def without_vendor(technologies: ibis.Table) -> ibis.Table:
    """Every technology has a paper.

    One that has none was not looked for.
    """
    told = technologies.filter(technologies.technology == "clearview-ai")
    return told.select(
        "capability",
        "citation",
        about=ibis.literal("technologies/clearview-ai"),
        says=ibis.literal("no paper was found of it"),
    )


@pytest.fixture
def checking(small_bench: Bench) -> Reader:
    """A reader of a bench with one crosscheck, of which one row does not hold."""
    bench = small_bench.again()
    vars(bench)["_crosschecks"] = {"without_vendor": without_vendor}
    return Reader(bench)


def test_a_finding_between_registers_has_a_page_with_its_evidence_and_leads_to_the_entry(checking: Reader) -> None:
    (found,) = checking.bench.kept.crosschecked
    html = checking.reads(f"/findings/{found.id}")
    assert "no paper was found of it" in html
    assert "Every technology has a paper." in html
    assert f'href="{CLEARVIEW}"' in html
    assert "<td>facial-recognition</td>" in html
    assert f'/findings/{found.id}"' in checking.reads(CLEARVIEW)


def test_findings_between_registers_have_a_section_and_are_narrowed_to(checking: Reader) -> None:
    (found,) = checking.bench.kept.crosschecked
    html = checking.reads("/findings", {"among": ("registers",)})
    assert "Between registers" in html
    assert set(re.findall(r'href="/findings/([0-9a-f]{10})"', html)) == {found.id}
    assert found.id not in checking.reads("/findings", {"among": ("releases",)})


def test_findings_between_registers_are_in_the_feed(checking: Reader) -> None:
    (found,) = checking.bench.kept.crosschecked
    assert found.id in checking.reads("/feeds/findings.atom")


def test_the_neighbourhood_of_an_entry_is_drawn_alike_each_time_and_told_as_a_list(small_reader: Reader) -> None:
    drawn = small_reader.gets(f"{CLEARVIEW}/graph.svg")
    assert drawn.media_type == "image/svg+xml"
    assert drawn.body == small_reader.gets(f"{CLEARVIEW}/graph.svg").body
    root = ElementTree.fromstring(drawn.body)
    assert root.find("{http://www.w3.org/2000/svg}desc") is not None
    near = small_reader.bench.kept.near("technologies", "clearview-ai")
    html = unescape(small_reader.reads(CLEARVIEW))
    assert near.near
    assert all(
        one.thing.title in html and one.citation.split("/")[2].removeprefix("www.") in html for one in near.near
    )


def test_two_entries_are_near_where_both_name_the_same(small_bench: Bench) -> None:
    near = small_bench.kept.near("technologies", "clearview-ai")
    vendor = next(one for one in near.near if one.thing.kind == "recipient")
    same = [
        one.name
        for one in small_bench.kept.of("technologies")
        if one.facts["vendor"] == "clearview-ai" and one.name != "clearview-ai"
    ]
    assert [other.name for other in vendor.others] == sorted(same)


@pytest.mark.parametrize("page", ["technologies", "data-sharing", "recommendations", "oversight"])
def test_the_pages_of_registers_are_made_with_what_the_project_carries(small_reader: Reader, page: str) -> None:
    made = small_reader.gets(f"/{page}", lang="es")
    assert made.status == 200
    assert b'lang="es"' in made.body


def test_an_entry_shows_the_money_that_its_sheet_asks_for_and_each_figure_leads_to_its_why(
    small_reader: Reader,
) -> None:
    html = unescape(small_reader.reads(CLEARVIEW))
    assert "Obligated" in html
    assert "/why?metric=technology_obligations&where=technology=clearview-ai" in html or "unknown" in html


def test_the_registers_are_listed_and_each_leads_back_to_the_list(small_reader: Reader) -> None:
    listed = small_reader.gets("/registers").body.decode()
    for name in small_reader.bench.kept.schemas:
        assert f'/registers/{name}"' in listed
    assert '/registers"' in small_reader.gets("/registers/technologies").body.decode()


def test_a_recommendation_has_a_page_that_leads_to_its_report_and_to_what_it_is_about(small_reader: Reader) -> None:
    html = small_reader.reads("/registers/recommendations/OIG-23-61-3")
    assert 'href="/registers/reports/OIG-23-61"' in html
    assert 'href="/registers/technologies/venntel"' in html
    assert "unknown: nothing held tells" in html
    assert "six months from issue" in html
    assert 'id="states"' in html
    assert "day not stated" in html
    assert "never counted as closed" in html
    report = small_reader.reads("/registers/reports/OIG-18-77")
    assert '/claims/287g-report-three-of-four-agreed"' in report
    listed = small_reader.reads("/registers/recommendations", {"status": ("closed",)})
    assert 'href="/registers/recommendations/OIG-10-63-1"' in listed
    assert "OIG-23-61-3" not in listed


def test_advice_about_a_technology_leads_to_the_recommendation(small_reader: Reader) -> None:
    html = small_reader.reads("/registers/technologies/venntel")
    advice = html[html.index('id="advice"') :]
    assert 'href="/registers/recommendations/OIG-23-61-3"' in advice
    assert 'href="/registers/reports/OIG-23-61"' in advice


def test_what_releases_do_not_tell_says_where_and_until_when_it_was_looked_for(small_reader: Reader) -> None:
    html = small_reader.reads(CLEARVIEW)
    told = small_reader.bench.kept.schemas["technologies"].beside["technology_accounts"]
    assert f"not found as of {small_reader.bench.day}, in <span>{told.looked_in}</span>." in html


def test_the_money_of_an_entry_without_a_contract_is_unknown_in_one_sentence(small_reader: Reader) -> None:
    kept = small_reader.bench.kept
    unpaid = next(one for one in kept.of("technologies") if not one.lists["contracts"])
    html = small_reader.reads(f"/registers/{unpaid.about}")
    assert "A contract that pays for it was not found in this register as of" in html
    assert "settle it" not in html


def test_numbers_of_a_timeline_are_said_as_people_say_them(small_reader: Reader) -> None:
    html = small_reader.reads("/registers/data_sharing/irs-ice-2025")
    assert "requested: about 1,280,000 names" in html
    assert "000000 " not in html


def test_what_was_told_without_a_day_is_told_and_not_called_not_found(small_reader: Reader) -> None:
    undated = [one for one in small_reader.bench.kept.of("posts") if one.lists["events"]]
    undated = [one for one in undated if all(row["event_period"] is None for row in one.lists["events"])]
    assert undated
    html = small_reader.reads(f"/registers/{undated[0].about}")
    assert "No day of what happened to it is told." in html
    assert "No event of it was found" not in html
    listed = small_reader.reads("/registers/posts")
    assert '<span lang="en">reported</span>, <span class="absent">day not stated</span>' in listed
