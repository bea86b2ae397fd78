"""The list of claims and the page of one."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html import unescape

import pytest

from tallystick.errors import UnknownName, UsageError
from tallystick.views.answer import figure
from tallystick.views.cli.main import outcome
from tests.views.html.conftest import Reader

WEAPONS = "ice-weapons-70-million"


def test_every_claim_is_listed_with_its_sentence_and_both_verdicts(small_reader: Reader) -> None:
    page = unescape(small_reader.reads("/claims"))
    for judgement in small_reader.bench.claims():
        assert f'<a href="/claims/{judgement.claim.name}">{judgement.claim.said}</a>' in page
    assert page.count('class="badge') == 2 * len(small_reader.bench.claim_names)


def test_claims_are_narrowed_by_their_verdict_and_say_how_many_there_are_in_all(small_reader: Reader) -> None:
    every = list(small_reader.bench.claims())
    fails = [one.claim.name for one in every if one.word == "fails"]
    page = small_reader.reads("/claims", {"verdict": ("fails",)})
    assert f"{len(fails)} of {len(every)} claims." in page
    assert re.findall(r'class="said" lang="en"><a href="/claims/([^"]+)"', page) == fails
    with pytest.raises(UsageError, match="fals"):
        small_reader.gets("/claims", {"verdict": ("fals",)})


def test_a_claims_figures_are_those_of_the_command_line(
    small_reader: Reader, capfd: pytest.CaptureFixture[str]
) -> None:
    home = str(small_reader.bench.pipeline.settings.home)
    assert outcome(["claims", WEAPONS, "--format", "json", "--home", home]) == 0
    told = json.loads(capfd.readouterr().out)
    page = small_reader.reads(f"/claims/{WEAPONS}")
    figures = [row for row in told["figures"] if row["known"] == "now"]
    known = [row for row in figures if row["value"] is not None]
    assert known
    for row in known:
        assert figure(Decimal(str(row["value"])), row["unit"]) in page
    for row in figures:
        assert row["definition"] in unescape(page)


def test_each_figure_of_a_claim_links_to_its_why(small_reader: Reader) -> None:
    page = unescape(small_reader.reads(f"/claims/{WEAPONS}"))
    now = small_reader.bench.claim(WEAPONS).now
    (stated, _) = now.stated.figures
    assert stated.question is not None
    why = f"/why?metric=obligations&where=agency=ICE&where=naics=332994&from={stated.question.start}"
    assert why in page


def test_a_check_with_figures_is_drawn_as_a_specification(small_reader: Reader) -> None:
    page = small_reader.reads(f"/claims/{WEAPONS}")
    assert "<svg" in page[page.index('class="shown specification"') :]
    assert "Said to be" in page


def test_a_claim_that_nothing_settles_says_what_would(small_reader: Reader) -> None:
    unknown = [one for one in small_reader.bench.claims() if one.settled_by]
    for judgement in unknown:
        page = unescape(small_reader.reads(f"/claims/{judgement.claim.name}"))
        assert "What would settle it" in page
        assert judgement.settled_by[0] in page
    assert unknown


def test_a_claim_that_there_is_not_is_refused_with_near_names(small_reader: Reader) -> None:
    with pytest.raises(UnknownName) as refused:
        small_reader.gets("/claims/ice-weapon-70-million")
    assert WEAPONS in refused.value.next_step


def test_a_record_that_a_claim_speaks_of_does_not_pass_for_its_source(small_reader: Reader) -> None:
    for name, cites in (("geissele-9-million", "record"), ("287g-more-than-doubled-to-76", "sentence")):
        claim = small_reader.bench.claim(name).claim
        assert claim.cites == cites
        page = unescape(small_reader.reads(f"/claims/{name}"))
        before = page[: page.index(f'<a href="{claim.citation}"')]
        said = "Where it was said:" if cites == "sentence" else "A public record that it speaks of:"
        assert before.rstrip().endswith(said)


def test_a_check_is_said_in_the_unit_of_its_figure_and_no_name_is_a_machines(small_reader: Reader) -> None:
    page = unescape(small_reader.reads("/claims/geissele-9-million"))
    page = page[page.index("<main") :]
    assert "about $9 million" in page
    assert "9e6" not in page
    assert "gross obligations" in page
    assert "contract number 70CMSW25FR0000135" in page


def test_the_two_verdicts_of_a_listed_claim_are_named(small_reader: Reader) -> None:
    page = small_reader.reads("/claims")
    many = len(small_reader.bench.claim_names)
    assert page.count("<dt>Now</dt><dd>") == page.count("<dt>As known that day</dt><dd>") == many
