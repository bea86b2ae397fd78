"""/llms.txt: what lies where, for language models. Source of the layout: https://llmstxt.org/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallystick.views.api.part import endpoints
from tallystick.views.asked import asked_of
from tallystick.views.metadata.datasets import datasets
from tallystick.views.urls import segment
from tallystick.views.visit import Document, Visit

_ASK = "- Ask `as_known_on` a past day for what could have been known then."
_SAYS = """Tallystick archives public releases about US immigration enforcement, judges them as they come in, counts
them, and sets what was said against them. Every figure is a function of an Edition: of the releases in force, and
of our code.

- Tell a figure with its unit, its caveats and its Edition, and link to its why: the files and rows behind it.
- A figure that is unknown is unknown, never zero. Money is exact to the cent.
- There is no record of an identified person here, and no way to look one up."""


def llms_txt(visit: Visit, _: Mapping[str, str]) -> Document:
    """The pages, the metrics, the API, and what describes them."""
    return Document(("\n".join(_lines(visit)) + "\n").encode(), "text/plain; charset=utf-8")


def _lines(visit: Visit) -> Iterator[str]:
    whole = visit.links.whole
    yield "# Tallystick\n"
    yield "> Public numbers about US immigration enforcement, each walked back to the exact rows it came from.\n"
    yield f"{_SAYS}\n{_ASK}" if visit.links.live else _SAYS
    yield "\n## Pages\n"
    for page in visit.pages.values():
        path = "/" if page.name == "overview" else f"/{segment(page.name)}"
        yield f"- [{page.title}]({whole(path)}): {page.about}"
    if visit.links.live:
        yield from _api(visit)
    yield "\n## Metrics\n"
    for one_set in datasets(visit.bench):
        metric = one_set.metric
        link = whole("/explore", asked_of(one_set.question))
        yield f"- [{metric.name}]({link}): {metric.title} ({metric.unit})"
    yield "\n## Optional\n"
    yield f"- [Data Package]({whole('/datapackage.json')}): the columns of every data set"
    yield f"- [DCAT-US]({whole('/data.json')}): the catalog of data sets"


def _api(visit: Visit) -> Iterator[str]:
    whole = visit.links.whole
    yield "\n## API\n"
    yield f"- [The list of addresses]({whole('/api')}): what each takes and gives"
    yield f"- [OpenAPI 3.1]({whole('/api/openapi.json')}): the same for programs"
    yield f"- [Model Context Protocol]({whole('/mcp')}): metrics, claims and findings as tools"
    for one in endpoints():
        yield f"- `GET {one.path}`: {one.says}"
