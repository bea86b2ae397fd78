"""Catalogs of data: as the standards ask, and true of what is held."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tallystick.bench import Bench
from tallystick.views.html.routes import ROUTES, Maker
from tallystick.views.metadata.datapackage import datapackage
from tallystick.views.metadata.dcat import data_json
from tallystick.views.metadata.llms import llms_txt
from tallystick.views.pages.read import pages
from tallystick.views.visit import Document, Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import Words

SITE = "https://example.org"
# https://resources.data.gov/resources/dcat-us/: what every data set of a publisher that is no federal agency has
NEEDED = {
    "title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier", "accessLevel",
}  # fmt: skip
# https://datapackage.org/standard/table-schema/: the types of fields that are used here
TYPES = {"string", "integer", "number", "date", "datetime", "boolean"}


def visit(bench: Bench, here: str = "/", asked: Mapping[str, tuple[str, ...]] | None = None) -> Visit:
    """A reader's visit to a site over the bench."""
    found = pages(bench.pipeline.catalog)
    return Visit(bench, found, Words(), ServerLinks(site=SITE), here, asked or {})


def read(make: Maker, bench: Bench) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(make(visit(bench), {}).body)
    return told


def followed(link: str, bench: Bench) -> Document:
    """What lies at a link of ours."""
    path, asked = urlsplit(link).path, parse_qs(urlsplit(link).query)
    route = next(route for route in ROUTES if route.path == path)
    return route.make(visit(bench, path, {name: tuple(values) for name, values in asked.items()}), {})


def test_the_catalog_has_what_dcat_us_asks_of_each_data_set(small_bench: Bench) -> None:
    catalog = read(data_json, small_bench)
    assert catalog["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    for one in catalog["dataset"]:
        assert set(one) >= NEEDED, one["identifier"]
        assert all(one[name] for name in NEEDED)
        assert one["accessLevel"] in {"public", "restricted public", "non-public"}
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", one["modified"])
        assert re.fullmatch(r"mailto:[\w.+-]+@[\w.-]+\.[\w.-]+", one["contactPoint"]["hasEmail"])
        assert all(form["downloadURL"].startswith(SITE) and "/" in form["mediaType"] for form in one["distribution"])


def test_each_data_set_has_a_name_of_its_own_and_there_is_one_for_each_metric(small_bench: Bench) -> None:
    named = [one["identifier"] for one in read(data_json, small_bench)["dataset"]]
    assert len(set(named)) == len(named) == len(small_bench.metrics.by_name)


def test_the_package_has_what_the_standard_asks_of_each_resource(small_bench: Bench) -> None:
    package = read(datapackage, small_bench)
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["id"] == small_bench.edition.id
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names) > 100
    for one in package["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", one["name"])
        assert one["path"].startswith(f"{SITE}/data?")
        assert {field["type"] for field in one["schema"]["fields"]} <= TYPES
        assert one["schema"]["fields"][-1] | {"unit": "", "type": ""} == {
            "name": "value", "type": "", "unit": "", "description": "An empty cell is hidden or unknown, never zero.",
        }  # fmt: skip
        assert all(licence["name"] and licence["path"] for licence in one.get("licenses", []))
        assert all(source["title"] for source in one["sources"])


@pytest.mark.parametrize("metric", ["obligations", "actions", "agreements_in_force"])
def test_the_columns_of_a_file_are_those_that_its_description_says(metric: str, small_bench: Bench) -> None:
    (told,) = (one for one in read(datapackage, small_bench)["resources"] if one["name"] == metric)
    header, *rows = csv.reader(io.StringIO(followed(told["path"], small_bench).body.decode()))
    assert header == [field["name"] for field in told["schema"]["fields"]]
    assert all(len(row) == len(header) for row in rows)


def test_llms_txt_has_the_layout_that_is_asked_and_tells_of_every_page_and_metric(small_bench: Bench) -> None:
    text = llms_txt(visit(small_bench), {}).body.decode()
    first, _, second, *_ = text.splitlines()
    assert first == "# Tallystick"
    assert second.startswith("> ")
    heads = re.findall(r"^## (.+)$", text, re.M)
    assert heads == ["Pages", "API", "Metrics", "Optional"]
    listed = re.findall(r"^- \[([^\]]+)\]\((\S+)\)", text, re.M)
    assert {name for name, _ in listed} >= set(small_bench.metrics.by_name)
    assert all(link.startswith(SITE) for _, link in listed)
    assert "`GET /api/v1/metrics/{name}/answer`" in text
