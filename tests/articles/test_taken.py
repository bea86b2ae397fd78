"""Articles are taken in from text, pages and PDFs, and what is none is refused with a word on what to do."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from tallystick.articles.article import Article
from tallystick.articles.language import is_english, other_language
from tallystick.articles.sentences import cut
from tallystick.articles.taken import MOST_BYTES, article_from, article_in, article_of
from tallystick.errors import UsageError

TWO = b"ICE spent $70 million on arms.\nThat is more than before.\n\nThe U.S. agency did not reply. Mr. Doe did."


def _texts(found: Article) -> list[str]:
    return [sentence.text for sentence in found.sentences]


def _or_refused(data: bytes) -> Article:
    """The article, or one without a sentence where it was refused in words; any other error is a fault."""
    try:
        return article_of(data, "it")
    except UsageError:
        return Article("it", "", ())


def test_a_text_becomes_sentences_with_their_places() -> None:
    found = article_of(TWO, "two.txt")
    assert _texts(found) == [
        "ICE spent $70 million on arms.",
        "That is more than before.",
        "The U.S. agency did not reply.",
        "Mr. Doe did.",
    ]
    assert [sentence.paragraph for sentence in found.sentences] == [1, 1, 2, 2]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=300))
def test_a_sentence_stands_where_it_says_and_nothing_but_blanks_is_lost(text: str) -> None:
    places = list(cut(text))
    assert "".join("".join(text[a:b] for a, b in places).split()) == "".join(text.split())
    assert all(a < b for a, b in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_refused_in_words(data: bytes) -> None:
    found = _or_refused(b"text " + data)
    assert all(found.text[s.start : s.end] == s.text for s in found.sentences)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("On Jan. 20 ICE signed No. 5 with Acme Inc. of Ohio.", 1),
        ("It was $9.7 million. The next was 3.5 times that.", 2),
        ("“We deny it.” She left.", 2),
        ("It grew in the U.S. The agency agreed.", 2),
        ("Sen. J. Doe asked at 5 p.m. for it.", 1),
    ],
)
def test_short_forms_end_no_sentence(text: str, count: int) -> None:
    assert len(list(cut(text))) == count


def test_a_page_gives_its_article_and_nothing_else() -> None:
    page = b"""<!doctype html><html><head><title>no</title><style>p{}</style></head><body><nav>Menu 1</nav>
    <article><h1>Arms</h1><p>ICE spent <b>$70&nbsp;million</b> on arms.</p><script>steal(99)</script>
    <p hidden>Never 1</p><div style="display: none">Never 2</div><ul><li>One order</li></ul></article>
    <footer>Call 555-0100</footer></body></html>"""
    assert _texts(article_of(page, "page.html")) == ["Arms", "ICE spent $70 million on arms.", "One order"]


def test_a_page_of_much_else_is_read_by_its_article() -> None:
    body = b"<p>" + b"The agency spent money on it. " * 20 + b"</p>"
    page = b"<html><body><div>Read more: 12 stories</div><article>" + body + b"</article></body></html>"
    assert set(_texts(article_of(page, "page.html"))) == {"The agency spent money on it."}


@pytest.mark.parametrize(
    "page",
    [
        b"<html>" + b"<div>" * 100_000 + b"deep",
        b"<html>" + b"<p>" * 100_000 + b"wide",
        b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html><p>&b; <a href="file:///etc/passwd">x</a>',
        b'<html><meta charset="utf-7"><p>\x00+ADw-script+AD4-',
        b"<html><!-- <p> unclosed",
        b"<html><p " + b'a="1" ' * 50_000 + b">attributes",
    ],
)
def test_hostile_pages_are_read_or_refused(page: bytes) -> None:
    found = _or_refused(page)
    assert "root:" not in found.text
    assert len(found.text) < 1000


def test_a_pdf_gives_its_text_by_page(tmp_path: Path) -> None:
    written = typst.compile(b"ICE spent \\$70 million on arms.\n#pagebreak()\nThe next page is here.")
    path = tmp_path / "article.pdf"
    path.write_bytes(written)
    found = article_in(path)
    assert [(s.text, s.page) for s in found.sentences] == [
        ("ICE spent $70 million on arms.", 1),
        ("The next page is here.", 2),
    ]


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"%PDF-1.4\n" + bytes(range(256)) * 50])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="PDF"):
        article_of(data, "a.pdf")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no text"),
        (b" \n\t ", "no text"),
        (b"<html><body><script>1</script></body></html>", "no text"),
        (b"ab\x00cd", "zero bytes"),
        (b"PK\x03\x04rest", "ZIP"),
        (bytes(range(1, 32)) * 20, "no text that can be read"),
        (b"many words " * 120_000, "letters"),
        ("Die Behörde hat im vergangenen Jahr mehr als siebzig Millionen Dollar für Waffen ausgegeben, und das ist "
         "viel mehr als in den Jahren davor, wie aus den Akten des Bundes hervorgeht, die jeder lesen kann.".encode(),
         "seems to be German; English is the one"),
        (b"ICE arrested 1, 2, 3. " * 1500, "4,500 numbers"),
        ("移民局去年花费超过七千万美元购买武器。这比前一年多得多。".encode(), "English"),
    ],
)  # fmt: skip
def test_what_is_no_english_article_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        article_of(data, "it")
    assert refused.value.where == "it"
    assert refused.value.next_step


def test_no_more_of_a_stream_is_read_than_an_article_can_have() -> None:
    stream = BytesIO(b"x" * (MOST_BYTES + 1000))
    with pytest.raises(UsageError, match="20 MB"):
        article_from(stream, "standard input")
    assert stream.tell() == MOST_BYTES + 1


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            article_in(path)


def test_old_windows_text_and_marked_text_are_read() -> None:
    assert _texts(article_of("ICE’s arms cost it.".encode("cp1252"), "a")) == ["ICE’s arms cost it."]
    assert _texts(article_of("ICE’s arms cost it.".encode("utf-16"), "a")) == ["ICE’s arms cost it."]


def test_few_words_are_taken_for_english_and_spanish_is_told() -> None:
    assert is_english("Gastos: 70")
    spanish = (
        "La agencia gastó más de setenta millones de dólares en armas durante el año pasado, según los registros "
        "públicos que cualquier persona puede consultar en el portal del gobierno federal de Estados Unidos."
    )
    assert not is_english(spanish)
    assert other_language(spanish) == "Spanish"
    assert other_language("Gastos: 70") == ""


def test_points_of_a_list_and_rows_of_a_table_are_paragraphs() -> None:
    text = b"ICE removals:\n- 2023: 142,580\n- 2024: 271,484\n  and more\nyear | number\n2025 | 319,980\nSo it is."
    assert [sentence.paragraph for sentence in article_of(text, "it").sentences] == [1, 2, 3, 4, 5, 6]


def test_the_day_of_a_dateline_is_that_of_the_article() -> None:
    text = b"A title\n\nOct. 3, 2025 (Newswire) - ICE was holding 59,762 people in detention on Sept. 24, 2025."
    assert article_of(text, "it").day == date(2025, 10, 3)
