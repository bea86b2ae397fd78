"""The pages of sources, releases and Editions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from tallystick.bench import Bench
from tallystick.errors import UnknownName
from tallystick.views.left_out import left_out
from tests.views.html.conftest import Reader


def test_every_source_is_listed_and_those_of_which_nothing_is_held_say_so(starter_reader: Reader) -> None:
    page = starter_reader.reads("/sources")
    known = starter_reader.bench.pipeline.catalog.sources
    assert set(re.findall(r'href="/sources/(\w+)"', page)) == set(known)
    nothing_held = page[page.index("Known, and nothing held") :]
    assert set(re.findall(r'href="/sources/(\w+)"', nothing_held)) == {
        name for name in known if not list(starter_reader.bench.pipeline.ledger.releases(name))
    }


def test_the_page_of_a_source_has_every_release_with_its_whole_hash(starter_reader: Reader) -> None:
    for name in starter_reader.bench.pipeline.catalog.sources:
        page = starter_reader.reads(f"/sources/{name}")
        held = list(starter_reader.bench.pipeline.ledger.releases(name))
        for release in held:
            assert release.sha256 in page
            assert f'href="/releases/{release.id}"' in page
        assert held or "None is held." in page


def test_a_source_tells_what_is_left_out_and_how_many_cells_are_withheld(real_bench: Bench) -> None:
    sources = real_bench.pipeline.catalog.sources
    told = list(left_out(real_bench, sources["usaspending_transactions"]))
    officers = next(one for one in told if one.because == "names and pay of officers")
    assert "highly_compensated_officer_1_name" in officers.columns
    assert officers.cells is None
    masked = [one for one in left_out(real_bench, sources["ai_use_cases_2024"]) if one.cells is not None]
    found = [one for one in real_bench.findings() if one.kind == "withheld_cell"]
    its = {release.id for release in real_bench.pipeline.ledger.releases("ai_use_cases_2024")}
    assert sum(one.cells or 0 for one in masked) == sum(one.count for one in found if one.release in its) > 0
    page = Reader(real_bench).reads("/sources/usaspending_transactions")
    assert "highly_compensated_officer_1_name" in page
    assert "every one" in page


def test_the_page_of_a_release_tells_its_rows_by_table_and_its_neighbours(starter_reader: Reader) -> None:
    pipeline = starter_reader.bench.pipeline
    held = list(pipeline.ledger.releases("starter_actions"))
    for release in held:
        page = starter_reader.reads(f"/releases/{release.id}")
        (file,) = pipeline.readings.of(release).files
        assert f"{file['rows']:,}" in page
        assert f"{release.size:,} bytes" in page
    followed = [release for release in held if 'rel="next"' in starter_reader.reads(f"/releases/{release.id}")]
    years = {re.search(r"FY\d{4}", release.name)[0] for release in held}  # type: ignore[index]
    assert len(followed) == len(held) - len(years)


def test_a_day_that_nobody_stated_is_not_stated(starter_reader: Reader) -> None:
    undated = [one for one in starter_reader.bench.pipeline.ledger.releases() if one.provenance.published is None]
    assert undated
    for release in undated:
        facts = starter_reader.reads(f"/releases/{release.id}")
        assert re.search(r'<dt>Published</dt><dd>\s*<span class="absent">not stated</span>', facts)


def test_an_edition_lists_each_of_its_parts_over_its_pages(starter_reader: Reader) -> None:
    edition = starter_reader.bench.edition
    seen = []
    for number in range(1, -(-len(edition.parts) // 100) + 1):
        page = starter_reader.reads(f"/editions/{edition.id}", {"page": (str(number),)})
        seen += re.findall(r'title="sha256 ([0-9a-f]{64})"', page)
    assert sorted(seen) == sorted(part.sha256 for part in edition.parts)
    assert "This is the Edition that every figure here is made from." in page


def test_an_edition_of_a_past_day_that_was_built_is_told_apart(starter_reader: Reader) -> None:
    past = starter_reader.bench.at(date(2026, 3, 15)).edition
    page = unescape(starter_reader.reads(f"/editions/{past.id}"))
    assert "This is another Edition" in page
    told = re.search(r"--as-known-on (\d{4}-\d{2}-\d{2})", page)
    assert told, "it does not say as known on which day"
    assert starter_reader.bench.at(date.fromisoformat(told[1])).edition == replace(
        past, known_on=date.fromisoformat(told[1])
    )


@pytest.mark.parametrize("path", ["/sources/usaspending_capture", "/releases/zzz", "/editions/zzz"])
def test_a_name_that_there_is_not_is_refused(starter_reader: Reader, path: str) -> None:
    with pytest.raises(UnknownName):
        starter_reader.gets(path)


def test_a_release_and_its_findings_name_their_source_by_its_title(small_reader: Reader) -> None:
    ledger, sources = small_reader.bench.pipeline.ledger, small_reader.bench.pipeline.catalog.sources
    for release in list(ledger.releases())[:3]:
        title = sources[release.source].title
        link = f'<a href="/sources/{release.source}"><span>{title}</span></a>'
        assert link in unescape(small_reader.reads(f"/releases/{release.id}"))
    assert ">usaspending_captures" not in small_reader.reads("/findings")
