"""What is new, as Atom (RFC 4287) and as JSON Feed 1.1: what each asks for, and the same news in both."""

from __future__ import annotations

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import UnknownName
from tallystick.views.feeds.feed import Entry, Feed
from tallystick.views.feeds.gathered import KINDS
from tallystick.views.feeds.written import as_atom, as_json_feed
from tests.views.html.conftest import Reader

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}:tallystick/\S+")


def atom(reader: Reader, what: str) -> ElementTree.Element:
    made = reader.gets(f"/feeds/{what}.atom")
    assert made.media_type.startswith("application/atom+xml")
    return ElementTree.fromstring(made.body)


def text(element: ElementTree.Element, name: str) -> str:
    (found,) = element.findall(f"{ATOM}{name}")
    return found.text or ""


@pytest.mark.parametrize("what", KINDS)
def test_an_atom_feed_has_what_the_rfc_asks_for(starter_reader: Reader, what: str) -> None:
    root = atom(starter_reader, what)
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    for element in (root, *root.findall(f"{ATOM}entry")):
        assert TAG.fullmatch(text(element, "id"))
        assert text(element, "title")
        assert RFC_3339.fullmatch(text(element, "updated"))
    names = [text(entry, "id") for entry in root.findall(f"{ATOM}entry")]
    assert len(names) == len(set(names))
    times = [text(entry, "updated") for entry in root.findall(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    assert not times or times[0] == text(root, "updated")


@pytest.mark.parametrize("what", KINDS)
def test_a_json_feed_has_what_its_version_asks_for_and_the_same_news(starter_reader: Reader, what: str) -> None:
    made = starter_reader.gets(f"/feeds/{what}.json")
    told = json.loads(made.body)
    assert made.media_type.startswith("application/feed+json")
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["title"]
    assert all(
        item["id"] and item["content_text"] and RFC_3339.fullmatch(item["date_published"]) for item in told["items"]
    )
    root = atom(starter_reader, what)
    assert [item["id"] for item in told["items"]] == [text(entry, "id") for entry in root.findall(f"{ATOM}entry")]


def test_every_release_and_finding_known_is_in_its_feed(small_reader: Reader) -> None:
    releases = json.loads(small_reader.gets("/feeds/releases.json").body)["items"]
    assert {item["title"] for item in releases} == {"CBP_ICE_FY2025_asof_20260820_small.csv", "naics.csv"}
    findings = json.loads(small_reader.gets("/feeds/findings.json").body)["items"]
    assert {item["url"].rpartition("/")[2] for item in findings} == {one.id for one in small_reader.bench.findings()}


def test_a_verdict_that_changed_is_news_under_a_name_that_says_from_what_to_what(starter_reader: Reader) -> None:
    items = json.loads(starter_reader.gets("/feeds/verdicts.json").body)["items"]
    changed = [one for one in starter_reader.bench.claims() if one.then.word != one.now.word]
    assert {item["url"].rpartition("/")[2] for item in items} == {one.claim.name for one in changed}
    assert changed


def test_the_same_edition_gives_the_same_bytes(small_reader: Reader) -> None:
    for what in ("releases.atom", "findings.json"):
        assert small_reader.gets(f"/feeds/{what}").body == small_reader.gets(f"/feeds/{what}").body


@pytest.mark.parametrize("wrong", ["release.atom", "releases.rss"])
def test_a_feed_that_is_not_there_gets_near_names(small_reader: Reader, wrong: str) -> None:
    with pytest.raises(UnknownName) as caught:
        small_reader.gets(f"/feeds/{wrong}")
    assert "releases.atom" in caught.value.next_step


@given(st.text(), st.text())
def test_any_text_leaves_a_feed_well_formed(title: str, says: str) -> None:
    entry = Entry("tag:x,2026:y", title, "https://example.org/?a=1&b=2", date(2026, 1, 2), says, (title,))
    feed = Feed("tag:x,2026:z", title, says, "https://example.org", "https://example.org", (entry,), date(2026, 1, 2))
    root = ElementTree.fromstring(as_atom(feed))
    assert root.find(f"{ATOM}entry/{ATOM}link").get("href") == entry.link  # type: ignore[union-attr]
    assert json.loads(as_json_feed(feed))["items"][0]["content_text"] == says


def test_pages_tell_readers_where_the_feeds_are(small_reader: Reader) -> None:
    page = small_reader.reads("/explore")
    for what in KINDS:
        assert f'type="application/atom+xml" title="{KINDS[what].title}" href="/feeds/{what}.atom"' in page
        assert f'href="/feeds/{what}.json"' in page
