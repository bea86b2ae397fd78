"""Every phrase that the interface says, found where it is written: in templates, in Python, on pages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from tallystick import views
from tallystick.catalog import Catalog
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.finding import Severity, Verdict
from tallystick.nouns.judgement import DEPENDS, Role
from tallystick.nouns.page import Page, Prose, View
from tallystick.tables.graph import Graph
from tallystick.views.html.render import TEMPLATES
from tallystick.views.kinds.titles import dimension_title, metric_title
from tallystick.views.pages.read import pages

_VIEWS = Path(views.__file__).parent
_TEXTS_OF_A_VIEW = ("title", "says", "above")


def phrases(catalog: Catalog) -> dict[str, str]:
    """Each phrase with where it is written."""
    found = {str(word): "its noun" for word in (*Verdict, *Severity, *Role, DEPENDS)}
    for path in sorted(TEMPLATES.rglob("*.html")):
        found.update(dict.fromkeys(in_template(path.read_text(encoding="utf-8")), path.name))
    for path in sorted(_VIEWS.rglob("*.py")):
        found.update(dict.fromkeys(in_python(path.read_text(encoding="utf-8")), path.name))
    for page in pages(catalog).values():
        found.update(dict.fromkeys(on_page(page), f"{page.name}.md"))
    found.update(dict.fromkeys(heads(catalog), "the head of a column"))
    found.update({source.title: "source.yml" for source in catalog.sources.values()})
    return found


def heads(catalog: Catalog) -> Iterator[str]:
    """The heads of columns: every metric's breakdowns, and the metrics that pages show."""
    metrics = Metrics(catalog, Graph(catalog)).by_name
    for metric in metrics.values():
        yield from map(dimension_title, metric.by)
    for page in pages(catalog).values():
        for view in page.parts:
            if isinstance(view, View):
                names = [view.options.get("metric", ""), *view.options.get("also", [])]
                yield from (metric_title(name, metrics[name].unit) for name in names if name in metrics)


def in_template(text: str) -> Iterator[str]:
    """What a template says with `_('…')`."""
    for call in Environment(autoescape=True).parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and call.args:
            yield from _said(call.args[0])


def _said(said: nodes.Node) -> Iterator[str]:
    """A text, either of two, or any that a mapping chooses from."""
    if isinstance(said, nodes.Const) and isinstance(said.value, str):
        yield said.value
    elif isinstance(said, nodes.CondExpr):
        yield from _said(said.expr1)
        yield from _said(said.expr2 or nodes.Const(None))
    elif isinstance(said, nodes.Getitem) and isinstance(said.node, nodes.Dict):
        for pair in said.node.items:
            yield from _said(pair.value)


def in_python(text: str) -> Iterator[str]:
    """What Python says with `words('…')`, `visit.words('…')` or `self.words('…')`."""
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and call.args and _is_words(call.func):
            said = call.args[0]
            texts = [said.body, said.orelse] if isinstance(said, ast.IfExp) else [said]
            yield from (one.value for one in texts if isinstance(one, ast.Constant) and isinstance(one.value, str))


def on_page(page: Page) -> Iterator[str]:
    """The titles and the prose of a page."""
    yield page.title
    yield page.about
    yield from filter(None, [page.group])
    for part in page.parts:
        if isinstance(part, Prose):
            yield part.text
        else:
            yield from _in_view(part)


def _in_view(view: View) -> Iterator[str]:
    for name in _TEXTS_OF_A_VIEW:
        if isinstance(view.options.get(name), str):
            yield view.options[name]


def _is_words(called: ast.expr) -> bool:
    return getattr(called, "id", None) == "words" or getattr(called, "attr", None) == "words"
