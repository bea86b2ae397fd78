"""A claim's page tells machines what was judged and how."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import islice
from typing import Any

import msgspec

from tallystick.nouns.judgement import Judgement
from tallystick.views.claim_review import claim_review
from tallystick.views.html.render import document
from tallystick.views.visit import Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import Words
from tests.views.html.conftest import Reader

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def told(reader: Reader, judgement: Judgement) -> Any:
    (data,) = DATA.findall(reader.reads(f"/claims/{judgement.claim.name}"))
    return json.loads(data)


def test_a_claims_page_says_what_was_judged_by_whom_and_with_which_verdict(starter_reader: Reader) -> None:
    for judgement in islice(starter_reader.bench.claims(), 3):
        review = told(starter_reader, judgement)
        assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
        assert review["claimReviewed"] == judgement.claim.said
        assert review["reviewRating"]["alternateName"] == judgement.now.word
        assert "ratingValue" not in review["reviewRating"]
        assert review["url"].endswith(f"/claims/{judgement.claim.name}")
        assert review["author"]["name"] == "Tallystick"
        item = review["itemReviewed"]
        assert (item["@type"], item["datePublished"]) == ("Claim", judgement.claim.on.isoformat())
        assert item["author"]["name"] == judgement.claim.by
        assert ("appearance" in item) == (judgement.claim.cites == "sentence")


def test_a_sentence_cannot_end_the_data_that_tells_of_it(starter_reader: Reader) -> None:
    enemy = "</script><script>alert(1)</script><!-- \u2028"
    judgement = next(starter_reader.bench.claims())
    hostile = replace(judgement, claim=msgspec.structs.replace(judgement.claim, said=enemy))
    visit = Visit(starter_reader.bench, {}, Words(), ServerLinks(), "/claims/x")
    page = document(
        "claim.html", visit, judgement=hostile, readings=(), nothing="", specifications=(), beside=(),
        has_evidence=False, review=claim_review(hostile, visit.links),
    ).body.decode()  # fmt: skip
    (data,) = DATA.findall(page)
    assert json.loads(data)["claimReviewed"] == enemy
    assert "<script>alert" not in page
