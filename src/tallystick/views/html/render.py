"""Turns pages and what they show into HTML; everything is escaped unless it was made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markdown_it import MarkdownIt
from markupsafe import Markup

from tallystick.views.answer import figure
from tallystick.views.asked import asked_of, narrowed
from tallystick.views.cells import cell, plain, told
from tallystick.views.charts.draw import drawing
from tallystick.views.hidden import seen
from tallystick.views.html.contents import anchors
from tallystick.views.html.embedded import discovered
from tallystick.views.html.menu import menu
from tallystick.views.kinds.titles import dimension_title
from tallystick.views.shown import Shown
from tallystick.views.urls import address
from tallystick.views.visit import Document, Links, Visit

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(discovered=discovered)
    made.filters.update(in_words=_in_words, of_group=_of_group)
    made.globals.update(
        asked_of=asked_of,
        narrowed=narrowed,
        drawn=_drawn,
        figure=figure,
        readable=cell,
        told=told,
        seen=seen,
        plain=plain,
        prose=_prose,
        anchors=anchors,
        menu=menu,
        source_title=_source_title,
        titled=dimension_title,
    )
    return made


def document(template: str, visit: Visit, status: int = 200, **told: Any) -> Document:
    """The document that a template makes of a visit and what is `told` to it; it sees `visit`, `words`, `links`."""
    made = _environment().get_template(template)
    html = made.render(visit=visit, _=visit.words, links=visit.links, bench=visit.bench, status=status, **told)
    return Document(html.encode(), status=status)


def plain_document(template: str, **told: Any) -> bytes:
    """The HTML that a template makes without a visit: nothing in it is a figure."""
    return _environment().get_template(template).render(**told).encode()


def _in_words(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    """The cells of these columns, that are no figures, as a link's name says them; those that are none left out."""
    said = (told(row, column) for column in columns)
    return ", ".join(str(one) for one in said if one is not None and one != "")


def _of_group(name: str, group: Mapping[str, Any]) -> str:
    return "" if group.get(name) is None else str(group[name])


@pass_context
def _prose(context: Context, text: str, anchors: Sequence[str] = ()) -> Markup:
    """Prose of which a link to another page leads there from where the document will lie, in its language."""
    return prose(text, anchors, context.get("links"))


def prose(text: str, anchors: Sequence[str] = (), links: Links | None = None) -> Markup:
    """Markdown as HTML; HTML written in it is shown as text, never run. Its headings get these `anchors` in order.

    A link to a page of ours (`/money?agency=ICE#top`) becomes what `links` make of it.
    """
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = made.parse(text)
    headings = [token for token in tokens if token.type == "heading_open"]
    for token, anchor in zip(headings, anchors, strict=False):
        token.attrSet("id", anchor)
    for token in (child for one in tokens for child in one.children or () if child.type == "link_open"):
        token.attrSet("href", _led(str(token.attrGet("href")), links))
    return Markup(made.renderer.render(tokens, made.options, {}))


def _led(written: str, links: Links | None) -> str:
    """A link of prose as `links` make it, if it leads to a page of ours."""
    if links is None or not written.startswith("/") or written.startswith("//"):
        return written
    lead, sign, anchor = written.partition("#")
    return links.to(lead.partition("?")[0], address(lead).asked) + sign + anchor


@pass_context
def _source_title(context: Context, name: str) -> str:
    """What readers call a source; the name itself where no record of it is held any more."""
    source = context["bench"].pipeline.catalog.sources.get(name)
    return source.title if source else name


@pass_context
def _drawn(context: Context, shown: Shown) -> Markup:
    return Markup(drawing(shown, context["_"]))
