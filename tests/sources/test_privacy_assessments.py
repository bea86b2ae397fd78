"""Lists of privacy impact assessments in the layouts that the department has used; every page here is made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from tallystick.catalog import Catalog
from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.sources.read import reader

COMPONENTS = st.sampled_from(["ICE", "CBP", "ALL", "USCIS", "S&T"])
WORDS = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=20).map(str.strip).filter(bool)


def read(catalog: Catalog, folder: Path, body: str) -> list[dict[str, Any]]:
    function = reader(catalog.source("privacy_assessments_listed"))
    assert function is not None
    path = folder / "dhs_privacy_documents_20250301_ice.html"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    made = function(Member(path.name, path))
    assert made is not None
    assert not isinstance(made, Mapping)
    return [dict(row) for row in made]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("DHS/ICE/PIA-039(a) - Plates", "DHS/ICE/PIA-039(a)"),
        ("DHS/ICE/PIA \u2013 039 Plates", "DHS/ICE/PIA-039"),
        ("DHS/ICE/PIA-039 (A) Plates", "DHS/ICE/PIA-039(a)"),
        ("dhs-ice-pia-039-Plates", "DHS/ICE/PIA-039"),
        ("DHS/ICE/PTA-7: Plates", "DHS/ICE/PTA-007"),
    ],
)
def test_a_number_is_one_however_it_is_spelled(catalog: Catalog, tmp_path: Path, printed: str, number: str) -> None:
    (row,) = read(catalog, tmp_path, f"<h3>{printed}</h3><p>March 2015</p>")
    assert (row["number"], row["title"], row["published_month"]) == (number, "Plates", "2015-03")


def test_a_number_within_a_sentence_begins_no_assessment(catalog: Catalog, tmp_path: Path) -> None:
    rows = read(catalog, tmp_path, "<h3>DHS/ICE/PIA-039 Plates</h3><p>It updates DHS/ICE/PIA-038.</p>")
    assert [row["number"] for row in rows] == ["DHS/ICE/PIA-039"]


def test_a_list_of_links_gives_titles_addresses_days_and_systems(catalog: Catalog, tmp_path: Path) -> None:
    body = (
        '<ul><li><a href="/publication/one">DHS/ICE/PIA-062 Alternatives (ATD)</a> They oversee them. March 2023</li>'
        '<li><a href="/publication/two">DHS/CBP/PIA-006 Targeting</a> See DHS/CBP-006 and DHS/ICE\u2013011.</li></ul>'
    )
    one, two = read(catalog, tmp_path, body)
    assert (one["title"], one["link"], one["published_month"]) == (
        "Alternatives (ATD)",
        "/publication/one",
        "2023-03",
    )
    assert (two["title"], two["systems"], two["published_date"]) == ("Targeting", "DHS/CBP-006|DHS/ICE-011", None)


def test_a_publications_own_page_gives_the_day_of_its_file(catalog: Catalog, tmp_path: Path) -> None:
    body = (
        "<h1>DHS/ICE/PIA-039 Plates</h1><p>In 2017 access was bought.</p><table><tr><th>Attachment</th><th>Date</th>"
        '</tr><tr><td><a href="/sites/plates.pdf">Plates, PDF</a></td><td>07/23/2021</td></tr></table>'
    )
    (row,) = read(catalog, tmp_path, body)
    assert (row["published_date"], row["link"]) == (date(2021, 7, 23), "/sites/plates.pdf")


def test_what_stands_under_a_heading_of_retirement_is_retired(catalog: Catalog, tmp_path: Path) -> None:
    body = "<h4>DHS/ICE/PIA-003 New</h4><h2>Retired</h2><h4>DHS/ICE/PIA-001 Old</h4>"
    assert [row["is_retired"] for row in read(catalog, tmp_path, body)] == [False, True]


@pytest.mark.parametrize("body", ["", "<h1>Page not found</h1>", "<p>Privacy documents are moving.</p>"])
def test_a_page_that_lists_none_is_refused(catalog: Catalog, tmp_path: Path, body: str) -> None:
    with pytest.raises(ReleaseError, match="lists no privacy impact assessment"):
        read(catalog, tmp_path, body)


@tried(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(COMPONENTS, st.integers(1, 999), st.sampled_from(["", "(a)", "(b)"]), WORDS, st.booleans()),
        min_size=1,
        max_size=8,
        unique_by=lambda item: item[:3],
    )
)
def test_any_assessments_are_listed_each_once_whatever_the_layout(
    catalog: Catalog, tmp_path: Path, told: list[tuple[str, int, str, str, bool]]
) -> None:
    body = "".join(
        f"<ul><li><a href='/publication/x'>DHS/{part.replace('&', '&amp;')}/PIA-{n:03}{letter} {words}</a></li></ul>"
        if as_list
        else f"<h3>DHS/{part.replace('&', '&amp;')}/PIA-{n:03}{letter} - {words}</h3><p>Words.</p>"
        for part, n, letter, words, as_list in told
    )
    rows = read(catalog, tmp_path, body)
    assert [(row["number"], row["title"]) for row in rows] == [
        (f"DHS/{part}/PIA-{n:03}{letter}", " ".join(words.split())) for part, n, letter, words, _ in told
    ]
