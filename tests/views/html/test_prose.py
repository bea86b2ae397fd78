"""Links that people write in the prose of pages, on a server and in a published site."""

from __future__ import annotations

from tallystick.views.html.render import prose
from tallystick.views.publish.links import StaticLinks
from tallystick.views.publish.names import Wanted
from tallystick.views.web.links import ServerLinks

TEXT = "See [ahead](/forecasts#made), [ICE](/offices/x?agency=ICE), [law](https://example.gov/a) and [here](#top)."


def test_a_link_of_prose_leads_to_a_file_of_the_site_and_has_it_made() -> None:
    wanted: list[Wanted] = []
    made = prose(TEXT, (), StaticLinks("es/deep/processes.html", wanted.append, "es"))
    assert 'href="../forecasts.html#made"' in made
    assert 'href="/' not in made
    assert 'href="https://example.gov/a"' in made
    assert 'href="#top"' in made
    assert wanted == [
        Wanted("/forecasts", (), "es"),
        Wanted("/offices/x", (("agency", ("ICE",)),), "es"),
    ]


def test_a_link_of_prose_keeps_the_language_and_the_day_of_a_server() -> None:
    links = ServerLinks({"lang": ("es",), "as_known_on": ("2026-01-31",)})
    made = prose(TEXT, (), links)
    for path, asked in (("/forecasts", {}), ("/offices/x", {"agency": ("ICE",)})):
        assert links.to(path, asked).replace("&", "&amp;") in made
    assert "as_known_on=2026-01-31" in made
