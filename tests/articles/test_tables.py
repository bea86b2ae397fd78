"""A number in a table is of what its column, its row and the line above the table say, where these can be trusted."""

from __future__ import annotations

import pytest

from tallystick.articles.asking import asked
from tallystick.articles.before import Before
from tallystick.articles.find import quantities
from tallystick.articles.known import Known
from tallystick.articles.reading import read
from tallystick.articles.tables import read_cells
from tallystick.articles.taken import article_of
from tests.articles.questions import known_of_records

TEXT = """Arrests were in the news for months, and nobody could tell what the agency had spent in that time.

{}

| {} | {} |
|---|---|
| {} | {} |
| Other | n/a |
"""


def _lines(data: str) -> list[tuple[str, str]]:
    """Each number of the rows as it stands, and the line that says it."""
    found = article_of(data.encode(), "table")
    return [
        (placed.text, line)
        for sentence in found.sentences
        for placed, line, _ in read_cells(sentence.text, sentence.cells)
    ]


@pytest.fixture(scope="module")
def known() -> Known:
    return known_of_records()[0]


@pytest.mark.parametrize(
    ("above", "heads", "row", "line"),
    [
        ("What ICE paid, fiscal year 2025", ("Vendor", "Obligations"), ("GEO Group", "$621 million"),
         "What ICE paid, fiscal year 2025 — GEO Group — Obligations: $621 million"),
        ("What ICE paid (in millions of dollars)", ("Vendor", "FY2025"), ("GEO Group", "621.4"),
         "What ICE paid — GEO Group — FY2025: $621.4 million"),
        ("People in ICE detention", ("Day", "Convicted (%)"), ("Feb. 2, 2026", "26"),
         "People in ICE detention — Feb. 2, 2026 — Convicted: 26%"),
        ("Removals by ICE", ("Fiscal year", "Removals"), ("2024", "271,484"),
         "Removals by ICE — fiscal year 2024 — Removals: 271,484"),
        ("Table 2. 287(g) agreements by state", ("State", "In force"), ("Texas", "387"),
         "287(g) agreements — Texas — In force: 387"),
        # of some rows, of a number in a heading and of two numbers in one cell it is not safe to say it
        ("Top vendors of ICE, fiscal year 2025", ("Vendor", "Obligations"), ("GEO Group", "$621 million"), ""),
        ("Arrests in 5 offices", ("Office", "Arrests"), ("Miami", "900"), ""),
        ("People in ICE detention", ("Day", "Detained"), ("Feb. 2, 2026", "70,766 (up 12)"), ""),
    ],
)  # fmt: skip
def test_a_cell_is_said_in_the_words_around_it(
    above: str, heads: tuple[str, str], row: tuple[str, str], line: str
) -> None:
    assert _lines(TEXT.format(above, *heads, *row))[0][1] == line


def test_a_total_is_of_the_rows_that_are_listed() -> None:
    ((_, line),) = _lines(TEXT.format("287(g) agreements", "State", "In force", "Total", "1,843"))
    assert "of the rows listed" in line


def test_the_table_of_a_page_is_read_as_that_of_a_text() -> None:
    page = """<!doctype html><article><p>{} It is told here at some length, so that the page has an article.</p>
    <table><caption>What ICE paid, fiscal year 2025</caption><tr><th>Vendor</th><th>Obligations</th></tr>
    <tr><td>GEO <b>Group</b><script>1</script></td><td>$621 million</td></tr></table>
    <p>The end of it.</p></article>"""
    lines = _lines(page.format("The agency has spent the money that was given to it for the centers. " * 3))
    assert lines == [("$621 million", "What ICE paid, fiscal year 2025 — GEO Group — Obligations: $621 million")]


def test_a_table_that_lays_out_a_page_is_prose() -> None:
    told = "ICE has spent the money that was given to it. " * 9
    page = f"<html><body><table><tr><td>Menu</td><td>{told}</td></tr><tr><td>1</td><td>2</td></tr></table>"
    assert all(not one.cells for one in article_of(page.encode(), "page").sentences)


def test_a_cell_asks_what_its_line_says(known: Known) -> None:
    text = TEXT.format("What ICE paid, fiscal year 2025", "Vendor", "Obligations", "GEO Group", "$621 million")
    rows = article_of(text.encode(), "it").sentences
    ((_, line, number),) = [one for row in rows for one in read_cells(row.text, row.cells)]
    assert number is not None
    its = read(line, quantities(line), known, Before())
    taken = [one.check for one in asked(number, its, known) if not one.against]
    assert [(one.metric, one.where["recipient"], str(one.end)) for one in taken] == [
        ("obligations", "geo-group", "2025-09-30")
    ]


def test_a_row_stands_where_its_article_says() -> None:
    found = article_of(TEXT.format("Removals by ICE", "Fiscal year", "Removals", "2024", "271,484").encode(), "it")
    for sentence in found.sentences:
        assert found.text[sentence.start : sentence.end] == sentence.text
        assert all(sentence.text[one.start : one.end].endswith(one.number[-3:]) for one in sentence.cells)
