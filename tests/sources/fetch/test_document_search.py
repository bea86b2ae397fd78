"""Documents of the Federal Register are captured whole, whatever the site does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tallystick.pipeline import Pipeline
from tallystick.settings import Network, Settings
from tests.sources.fetch.publisher import START, Answer, Asked, Publisher, Time, told

PLACE = "www.federalregister.gov/api/v1/documents.json"
DOCUMENTS = """
title: Documents
publisher: a test
licence: us-public-domain
citation: https://www.federalregister.gov/developers/documentation/api/v1
cadence: daily
refresh:
  - interface: document_search
    hosts: [www.federalregister.gov]
    search: https://www.federalregister.gov/api/v1/documents.json
    days: 30
    page_size: 10
    max_bytes: 100000
    parameters: {"conditions[type][]": [NOTICE], "conditions[agencies][]": [one, two]}
    fields: [document_number, publication_date]
    file_name: documents_{first:%Y%m%d}_{last:%Y%m%d}.json
publishes:
  documents_published:
    grain: one document
    columns: {document_number: {type: code}, publication_date: {type: date}}
"""
READ = """
import json


def read(member):
    return json.loads(member.path.read_text())["results"]
"""


@pytest.fixture
def pipeline(settings: Settings, site: Publisher, tmp_path: Path) -> Pipeline:
    folder = tmp_path / "own" / "sources" / "us" / "documents"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(DOCUMENTS)
    (folder / "read.py").write_text(READ)
    own = replace(settings, records=(*settings.records, tmp_path / "own"), network=Network(loopback=site.address))
    return Pipeline(own)


def published(count: int, a_day: int = 1) -> list[dict[str, Any]]:
    first = START.date() - timedelta(days=30)
    return [
        {"document_number": f"2026-{n:05}", "publication_date": f"{first + timedelta(days=n // a_day)}"}
        for n in range(count)
    ]


def documents(site: Publisher, all_of_them: list[dict[str, Any]], lost: int = 0) -> None:
    def search(asked: Asked) -> Answer:
        first, last = (asked.query[f"conditions[publication_date][{end}]"] for end in ("gte", "lte"))
        found = [d for d in all_of_them if first <= d["publication_date"] <= last]
        page = found[: int(asked.query["per_page"])][lost:]
        whole = {"count": len(found), "description": "Documents", "total_pages": 1, "results": page}
        return told(whole if found else {"count": 0, "description": "Documents"})

    site.routes[PLACE] = search


def test_a_stretch_with_more_than_a_page_is_captured_in_halves(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    documents(site, published(25))
    pipeline.refresh("documents", timing=time.clock)
    (release,) = pipeline.ledger.releases()
    with pipeline.store.open(release.sha256) as file:
        kept = json.loads(file.read())
    assert kept["count"] == 25
    assert [d["document_number"] for d in kept["results"]] == [f"2026-{n:05}" for n in range(25)]
    assert (release.name, release.speaks_for) == ("documents_20260721_20260820.json", date(2026, 8, 20))
    assert all(asked.query["fields[]"] == "document_number" for asked in site.asked)


def test_the_same_documents_are_no_new_release(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    documents(site, published(5))
    pipeline.refresh("documents", timing=time.clock)
    pipeline.refresh("documents", timing=time.clock)
    assert len(list(pipeline.ledger.releases())) == 1


def test_days_without_a_document_give_no_release(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    documents(site, [])
    outcome = pipeline.refresh("documents", timing=time.clock)
    assert not outcome.refused
    assert not list(pipeline.ledger.releases())


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([told({"errors": {"per_page": "is too large"}})], "not of the form that the publisher documents"),
        ([Answer(b"<!doctype html><title>Request limit</title>")], "not of the form that the publisher documents"),
        ([Answer(b"no", 403)], "refused with status 403"),
        ([Answer(b"busy", 503)], "did not answer in 5 tries; the last was status 503"),
        ([Answer(b'{"count": 5, "results": [', length=500)], "the connection broke within the answer"),
        (
            [told({"count": 1, "results": [{"document_number": "1", "publication_date": "1999-01-01"}]})],
            "another day",
        ),
        ([told({"count": 1, "results": [{"publication_date": "2026-08-01"}]})], "of which 1 differ"),
    ],
)
def test_what_does_not_come_whole_is_refused_and_nothing_archived(
    pipeline: Pipeline, site: Publisher, time: Time, answers: list[Answer], says: str
) -> None:
    site.routes[PLACE] = answers
    outcome = pipeline.refresh("documents", timing=time.clock)
    assert says in outcome.refused[0].why.what
    assert not list(pipeline.ledger.releases())


def test_fewer_documents_than_counted_are_refused(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    documents(site, published(5), lost=1)
    outcome = pipeline.refresh("documents", timing=time.clock)
    assert "counts 5 documents and gave 4" in outcome.refused[0].why.what


def test_more_of_one_day_than_a_page_holds_are_refused(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    documents(site, published(11, a_day=11))
    outcome = pipeline.refresh("documents", timing=time.clock)
    assert outcome.refused[0].why.what.startswith("11 documents were published on 2026-07-21")


def test_a_site_that_stumbles_once_is_asked_again(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    whole = told({"count": 1, "results": published(1)})
    site.routes[PLACE] = [Answer(b"busy", 503), Answer(b'{"count"', cut=4), whole]
    pipeline.refresh("documents", timing=time.clock)
    assert len(list(pipeline.ledger.releases())) == 1
