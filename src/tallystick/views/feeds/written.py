"""Feeds as Atom (RFC 4287) and as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from xml.etree import ElementTree

from tallystick.views.feeds.feed import Entry, Feed
from tallystick.views.formats import as_json

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_atom(feed: Feed) -> bytes:
    """The feed as Atom; signs that XML cannot hold are shown as a question mark."""
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
    _told(root, {"id": feed.id, "title": feed.title, "subtitle": feed.says, "updated": _instant(feed.day)})
    _link(root, feed.here, "self", "application/atom+xml")
    _link(root, feed.home, "alternate", "text/html")
    _told(ElementTree.SubElement(root, "author"), {"name": "Tallystick", "uri": feed.home})
    _told(root, {"generator": "Tallystick"})
    for entry in feed.entries:
        _entry(ElementTree.SubElement(root, "entry"), entry)
    ElementTree.indent(root)
    told: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{told}\n'.encode()


def as_json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed."""
    return as_json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "description": feed.says,
            "home_page_url": feed.home,
            "feed_url": feed.here,
            "language": feed.language,
            "authors": [{"name": "Tallystick", "url": feed.home}],
            "items": [_item(entry) for entry in feed.entries],
        }
    )


def _entry(element: ElementTree.Element, entry: Entry) -> None:
    when = _instant(entry.day)
    _told(element, {"id": entry.id, "title": entry.title, "updated": when, "published": when})
    _link(element, entry.link, "alternate", "text/html")
    for term in entry.about:
        ElementTree.SubElement(element, "category", {"term": _clean(term)})
    ElementTree.SubElement(element, "content", {"type": "text", "xml:lang": "en"}).text = _clean(entry.says)


def _item(entry: Entry) -> Mapping[str, Any]:
    return {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_text": entry.says,
        "date_published": _instant(entry.day),
        "date_modified": _instant(entry.day),
        "tags": entry.about,
        "language": "en",
    }


def _told(element: ElementTree.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(element, name).text = _clean(text)


def _link(element: ElementTree.Element, href: str, rel: str, kind: str) -> None:
    ElementTree.SubElement(element, "link", {"rel": rel, "type": kind, "href": href})


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("?", text)
