"""Every document of the workbench: the path that it lies at, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tallystick.views.html.addresses import addresses
from tallystick.views.html.chart import chart
from tallystick.views.html.check import check
from tallystick.views.html.claims import claim
from tallystick.views.html.data import data
from tallystick.views.html.definitions import definition
from tallystick.views.html.embed import embed
from tallystick.views.html.explore import explore
from tallystick.views.html.feeds import feed
from tallystick.views.html.findings import finding
from tallystick.views.html.oembed import oembed
from tallystick.views.html.registers import entry, every, exported, graph, register
from tallystick.views.html.sheets import area, county, state
from tallystick.views.html.sources import edition, release, source
from tallystick.views.html.staffing import staffing
from tallystick.views.html.targets import target
from tallystick.views.html.why import why
from tallystick.views.html.written import overview, written
from tallystick.views.metadata.datapackage import datapackage
from tallystick.views.metadata.dcat import data_json
from tallystick.views.metadata.llms import llms_txt
from tallystick.views.report.report import report
from tallystick.views.visit import Document, Visit

Maker = Callable[[Visit, Mapping[str, str]], Document]


RELOAD = "reload"
"""The parameter that says `no` where a page that is not whole shall not ask for itself again."""
KNOWN = frozenset({"metric", "where", "by", "from", "to", "day", "as_known_on", "lang", RELOAD})
"""The parameters that every document takes, whether or not it shows anything of them."""


@dataclass(frozen=True)
class Route:
    """A path with its `{parts}`, and the maker of the documents that lie there.

    `takes` are the parameters that it knows, whether or not its maker happens to look at them, besides those of every
    document. One that is in neither and that the maker did not look at is refused.
    """

    path: str
    make: Maker
    takes: frozenset[str] = frozenset()


EXPLORES = frozenset({"dimension", "value", "draw", "sort", "top"})

ROUTES = (
    Route("/", overview),
    Route("/why", why),
    Route("/claims/{name}", claim),
    Route("/explore", explore, EXPLORES),
    Route("/check", check),
    Route("/staffing", staffing),
    Route("/data", data, frozenset({"format"})),
    Route("/embed", embed, EXPLORES),
    Route("/chart.svg", chart, EXPLORES | {"of", "claim", "check", "page", "view"}),
    Route("/oembed", oembed, frozenset({"url", "format", "maxwidth", "maxheight"})),
    Route("/feeds/{what}.{form}", feed),
    Route("/findings/{id}", finding),
    Route("/api", addresses),
    Route("/data.json", data_json),
    Route("/datapackage.json", datapackage),
    Route("/llms.txt", llms_txt),
    Route("/sources/{id}", source),
    Route("/releases/{id}", release),
    Route("/editions/{id}", edition),
    Route("/definitions/{metric}", definition),
    Route("/targets/{name}", target),
    Route("/area/{name}", area),
    Route("/place/{state}", state),
    Route("/place/{state}/{county}", county),
    Route("/registers", every),
    Route("/registers/{register}", register),
    Route("/registers/{register}/{file}.{form}", exported),
    Route("/registers/{register}/{entry}", entry),
    Route("/registers/{register}/{entry}/graph.svg", graph),
    Route("/reports/{page}.pdf", report),
    Route("/{page}", written),
)
"""In the order in which they are tried: the pages that people write come last."""
