"""Whatever stands in the parameters of any address: never a fault of ours, and never SQL in what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.bench import Bench
from tallystick.catalog import Catalog
from tallystick.current import Current
from tallystick.errors import TallystickError
from tallystick.settings import Settings
from tallystick.views.api.part import endpoints
from tallystick.views.html.routes import ROUTES, Route
from tallystick.views.pages.read import pages
from tallystick.views.urls import segment
from tallystick.views.visit import Visit
from tallystick.views.web.app import make_app
from tallystick.views.web.links import ServerLinks
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import languages

PATHS = [one.path for one in endpoints()]
NAMES = sorted(
    {one.name for endpoint in endpoints() for one in endpoint.parameters}
    | {name for route in ROUTES for name in route.takes}
    | {"metric", "lang", "as_known_on"}
)
SLY = [
    "obligations", "agency=ICE", "agency='; DROP TABLE x; --", "1=1", "fiscal_year", "2025-01-20", "2025-02-30",
    "9999-12-31", "0001-01-01", "csv", "xlsx", "-1", "0", "1e9", "../../etc/passwd", "<script>", "%00", "*", "'", '"',
    "agency=*", "value", "2999-01-01", "1900-01-01", "2199-12-31", "agency", "agency,agency",
    "month", "release_id=' OR 1=1", "piid=%_%", "🙂=🙂", "NaN", "null",
]  # fmt: skip
TELLTALE = ("SELECT ", "Traceback", "duckdb", "/home/", "site-packages")

texts = st.sampled_from(SLY) | st.text(max_size=30)
parameters = st.lists(st.tuples(st.sampled_from(NAMES), texts), max_size=5)


@pytest.fixture(scope="module")
def whole(small_home: Settings) -> Iterator[TestClient]:
    """The server with all its layers, and no page to make beforehand."""
    catalog, current = Catalog(small_home.records), Current(small_home)
    bench = Workbench(current, {}, languages(catalog), "http://testserver")
    with TestClient(make_app(bench), raise_server_exceptions=False) as client:
        yield client
    current.close()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(path=st.sampled_from(PATHS), part=texts, asked=parameters)
def test_no_parameter_breaks_an_address_of_the_api(
    whole: TestClient, path: str, part: str, asked: list[tuple[str, str]]
) -> None:
    filled = "/".join(segment(part) if "{" in piece else piece for piece in path.split("/"))
    reply = whole.get(filled, params=urlencode(asked), follow_redirects=False)
    assert reply.status_code in {200, 307, 400, 404, 406, 409, 414, 422, 429, 503}, reply.text
    if reply.status_code >= 400:
        assert not [word for word in TELLTALE if word in reply.text]


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(route=st.sampled_from(ROUTES), part=texts, asked=parameters)
def test_no_parameter_breaks_a_page(
    small_bench: Bench, route: Route, part: str, asked: list[tuple[str, str]]
) -> None:
    catalog = small_bench.pipeline.catalog
    told = {name: tuple(value for its, value in asked if its == name) for name, _ in asked}
    visit = Visit(small_bench, pages(catalog), languages(catalog)["en"], ServerLinks(), route.path, told)
    names = re.findall(r"{(\w+)}", route.path)
    said = ""
    try:
        route.make(visit, dict.fromkeys(names, part))
    except TallystickError as error:
        said = str(error)
    assert not [word for word in TELLTALE if word in said]


def test_an_answer_that_is_held_already_is_not_sent_again(whole: TestClient) -> None:
    first = whole.get("/api/v1/metrics/obligations/answer")
    again = whole.get("/api/v1/metrics/obligations/answer", headers={"If-None-Match": first.headers["etag"]})
    other = whole.get("/api/v1/metrics/obligations/answer", headers={"Accept": "text/csv"})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert other.headers["etag"] != first.headers["etag"]
    assert "Accept" in first.headers["vary"]


WRONG = [
    "by=agency&by=agency", "by=agency,fiscal_year,agency", "from=0001-01-01&to=9999-12-31", "from=0001-01-01",
    "to=9999-12-31", "to=2200-01-01", "day=2025-06-01", "as_known_on=2999-01-01", "as_known_on=9999-12-31",
    "as_known_on=0001-01-01",
]  # fmt: skip


@pytest.mark.parametrize("asked", WRONG)
@pytest.mark.parametrize(
    "address",
    ["/api/v1/metrics/obligations/answer?", "/api/v1/metrics/obligations/why?", "/data?metric=obligations&",
     "/why?metric=obligations&"],
)  # fmt: skip
def test_what_no_figure_can_answer_is_refused_by_the_page_and_the_api_alike(
    whole: TestClient, address: str, asked: str
) -> None:
    reply = whole.get(address + asked, follow_redirects=False)
    assert reply.status_code == 400, reply.text[:2000]
    assert re.search("named twice|too far away|looks ahead from no day|not known yet", reply.text)


@pytest.mark.parametrize("asked", ["from=1900-01-01&to=2199-12-31", "by=month&from=1900-01-01&to=2199-12-31"])
def test_the_longest_period_that_may_be_asked_about_is_answered(whole: TestClient, asked: str) -> None:
    for address in ("/api/v1/metrics/obligations/answer?", "/data?metric=obligations&", "/why?metric=obligations&"):
        assert whole.get(address + asked).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/chart.svg?metric=obligations&by=nothing", 404),
        ("/data?metric=obligations&day=2025-06-01", 400),
        ("/feeds/nope.atom", 404),
        ("/oembed?url=http://x", 404),
        ("/oembed?url=http://x&format=xml", 501),
        ("/data?metric=obligations&lang=xx", 400),
    ],
)
def test_programs_are_told_of_every_error_in_one_shape(whole: TestClient, address: str, status: int) -> None:
    reply = whole.get(address)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    told = reply.json()
    assert told["status"] == status
    assert told["detail"]
    assert told.get("next") or told.get("where")


def test_a_language_that_there_is_none_of_is_no_english(whole: TestClient) -> None:
    refused = whole.get("/explore?lang=xx")
    assert refused.status_code == 400
    assert "no language is called" in refused.text
    assert whole.get("/explore?lang=").status_code == 200
