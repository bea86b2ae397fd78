"""What a written file refers to, and the anchors that it offers: HTML, SVG, feeds, sitemaps, stylesheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as Tree

import msgspec

from tallystick.views.charts.mapped import LEFT_OUT

_LEADS = ("href", "src", "action", "poster", "data", "cite")
_DRAWN = ("svg", "img", "table", "picture")
_IN_CSS = re.compile(r"""url\(\s*['"]?([^'")]+)['"]?\s*\)|@import\s+['"]([^'"]+)['"]""")
_IN_MARKDOWN = re.compile(r"\]\(([^)\s]+)\)")
_CATALOGS = ("data.json", "datapackage.json")
_LEADS_IN_CATALOGS = ("@id", "homepage", "identifier", "landingPage", "downloadURL")
_TITLE = "{http://www.w3.org/2000/svg}title"
_LEADS_IN_JSON = ("url", "home_page_url", "feed_url", "icon", "favicon")


@dataclass
class References:
    """`leads` are links as written, `anchors` the ids that others may link to, `empty` the charts not drawn.

    `left_out` are the maps that only say that they are none.
    """

    leads: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    empty: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def references(file: str, body: bytes) -> References:
    """The references of a file, by its ending; a file of another kind has none."""
    match file.rpartition(".")[2]:
        case "html":
            reader = _Html()
            reader.feed(body.decode())
            reader.close()
            return reader.found
        case "svg" | "atom" | "xml":
            return _of_xml(body)
        case "css":
            return References({one or other for one, other in _IN_CSS.findall(body.decode())})
        case "json":
            return References(set(_of_json(file, msgspec.json.decode(body))))
        case "txt":
            return References(set(_IN_MARKDOWN.findall(body.decode())))
    return References()


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = References()
        self._figures: list[bool] = []
        self._title = ""
        self._titling = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is None:
                continue
            if name == "id" or (name == "name" and tag == "a"):
                self.found.anchors.add(value)
            elif name.rpartition(":")[2] in _LEADS:
                self.found.leads.add(value)
            elif name == LEFT_OUT:
                self.found.left_out.append(" ".join(self._title.split()))
            elif name == "srcset":
                self.found.leads.update(part.split()[0] for part in value.split(",") if part.split())
        if tag == "figure":
            self._figures.append(False)
        elif tag in _DRAWN and self._figures:
            self._figures[-1] = True
        if tag in ("h1", "h2", "h3", "h4"):
            self._title, self._titling = "", True

    def handle_data(self, data: str) -> None:
        if self._titling:
            self._title += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3", "h4"):
            self._titling = False
        elif tag == "figure" and self._figures and not self._figures.pop():
            self.found.empty.append(" ".join(self._title.split()))


def _of_xml(body: bytes) -> References:
    found = References()
    for element in Tree.fromstring(body).iter():
        for name, value in element.items():
            plain = name.rpartition("}")[2]
            if plain == "id":
                found.anchors.add(value)
            elif plain in _LEADS:
                found.leads.add(value)
            elif plain == LEFT_OUT:
                found.left_out.append(str(element.findtext(_TITLE, "")))
        if element.tag.rpartition("}")[2] == "loc" and element.text:
            found.leads.add(element.text.strip())
    return found


def _of_json(file: str, told: Any) -> Iterator[str]:
    """The links of a catalog and of a JSON Feed; any other JSON is data, of which nothing is a link."""
    if file in _CATALOGS:
        yield from _of_catalog(told)
    elif isinstance(told, dict) and str(told.get("version", "")).startswith("https://jsonfeed.org/"):
        for one in (told, *told["items"]):
            yield from (str(one[name]) for name in _LEADS_IN_JSON if one.get(name))


def _of_catalog(told: Mapping[str, Any]) -> Iterator[str]:
    """The links of DCAT-US and of a Data Package; what they cite lies elsewhere."""
    sets = told.get("dataset", ())
    for one in (told, *sets, *(file for its in sets for file in its["distribution"])):
        yield from (one[name] for name in _LEADS_IN_CATALOGS if name in one)
    yield from (one["path"] for one in told.get("resources", ()))
