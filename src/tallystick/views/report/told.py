"""A page as a report tells it: its parts as plain values, every text and figure as a page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as Tree

from markdown_it import MarkdownIt

from tallystick.nouns.page import Page, Prose
from tallystick.views.cells import cell, told
from tallystick.views.charts.alone import standalone
from tallystick.views.charts.canvas import DESK, Canvas
from tallystick.views.charts.draw import picture
from tallystick.views.charts.framed import Around
from tallystick.views.hidden import seen
from tallystick.views.kinds.every import shown
from tallystick.views.shown import Shown
from tallystick.views.visit import Visit

MOST_ROWS = 60
Part = Mapping[str, Any]


def told_page(page: Page, visit: Visit) -> Mapping[str, Any]:
    """All that stands in the report of a page."""
    parts: list[Part] = []
    sources: dict[str, str] = {}
    for part in page.parts:
        if isinstance(part, Prose):
            parts += _prose(visit.words(part.text))
            continue
        view = shown(part, page, visit)
        under = any(one["kind"] == "heading" for one in parts)
        parts.append({**_view(view, visit), "under": under})
        sources |= _sources(view, visit)
    words, bench = visit.words, visit.bench
    return {
        "language": words.language,
        "title": words(page.title),
        "day": bench.day.isoformat(),
        "edition": f"{words('Edition')} {bench.edition.id}, {words('speaks for {day}', day=bench.day)}",
        "parts": parts,
        "beside": words("What must be read with these figures"),
        "sources": {"title": words("Sources"), "of": [sources[name] for name in sorted(sources)]},
    }


def _prose(text: str) -> Iterator[Part]:
    """Headings and paragraphs as plain text."""
    level = 0
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "inline":
            plain = "".join(child.content if child.content else " " for child in token.children or ())
            yield {"kind": "heading" if level else "text", "text": " ".join(plain.split())}
            level = 0


def _view(view: Shown, visit: Visit) -> Part:
    words = visit.words
    units = [_units(view, place) for place in range(len(view.rows[:MOST_ROWS]))]
    rows = [[_cell(row, name, unit, visit) for name, unit in its] for row, its in zip(view.rows, units, strict=False)]
    more = "" if len(view.rows) <= MOST_ROWS else words(
        "The first {shown} of {all} rows.", shown=MOST_ROWS, all=len(view.rows)
    )  # fmt: skip
    return {
        "kind": "view",
        "title": words(view.title),
        "says": view.says,
        "charts": list(_charts(view, visit)),
        "columns": [{"title": words(one.title), "is_figure": bool(one.unit)} for one in view.columns],
        "rows": rows,
        "more": more,
        "caveats": [words.said(caveat) for caveat in view.caveats],
    }


def _units(view: Shown, place: int) -> list[tuple[str, str]]:
    """The columns of a row with the unit of each: of single figures each row has its own."""
    if view.template != "figures":
        return [(one.name, one.unit) for one in view.columns]
    unit = view.about[place].now.unit
    return [(one.name, unit if one.name in ("value", "before") else one.unit) for one in view.columns]


def _cell(row: Mapping[str, Any], name: str, unit: str, visit: Visit) -> str:
    return cell((seen(row, name) if name in row else None) if unit else told(row, name), unit, visit.words)


def _charts(view: Shown, visit: Visit) -> Iterator[Part]:
    several = [one.shown for one in view.about] if view.template == "maps" else [view]
    for one in several:
        if one.chart is not None and one.rows:
            svg = standalone(
                Tree.tostring(
                    picture(one.in_the_chart, one.chart, Canvas(DESK, visit.words), Around(one.title, "")),
                    encoding="unicode",
                )
            )
            yield {"of": one.title if len(several) > 1 else "", "svg": svg, "says": one.says or view.title}


def _sources(view: Shown, visit: Visit) -> Mapping[str, str]:
    """The sources of the rows behind a view, each with its publisher and licence."""
    catalog = visit.bench.pipeline.catalog
    asked = [question for question in view.questions[:1] if question.metric]
    names = {release.source for question in asked for release in visit.bench.releases_behind(question)}
    found = [catalog.source(name) for name in names]
    return {one.id: ". ".join(filter(None, (one.title, one.publisher, one.licence))) for one in found}
