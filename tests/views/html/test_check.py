"""The page that checks what is pasted into it."""

from __future__ import annotations

from tallystick.views.html.check import MOST_LETTERS, Pasted, checked_page
from tests.views.html.conftest import Reader

TEXT = "ICE committed more than $100 in contracts between January 1 and September 1, 2025."
HOSTILE = '</textarea><script>alert("no")</script><img src=x onerror=alert(1)> ICE kept "> 12 drones & 3 goats.'


def _pasted(reader: Reader, text: str, lang: str = "en") -> tuple[int, str]:
    made = checked_page(reader.visit("/check", lang=lang), Pasted(text))
    assert made.headers == {"cache-control": "no-store"}
    return made.status, made.body.decode()


def test_the_empty_form_says_that_nothing_is_kept(small_reader: Reader) -> None:
    page = small_reader.reads("/check")
    assert 'method="post" action="/check"' in page
    assert "in no log, no cache and no file" in page
    assert '<a href="/check" aria-current="page">Check an article</a>' in page


def test_each_mark_leads_to_its_note_and_the_note_to_its_rows(small_reader: Reader) -> None:
    status, page = _pasted(small_reader, TEXT)
    assert status == 200
    assert '<mark class="supported" id="mark-1">more than $100<a class="to-note" href="#note-1">' in page
    assert '<li id="note-1">' in page
    assert 'href="/why?metric=obligations&amp;where=agency=ICE&amp;from=2025-01-01&amp;to=2025-09-01"' in page


def test_what_is_pasted_is_shown_and_never_run(small_reader: Reader) -> None:
    _, page = _pasted(small_reader, HOSTILE)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page


def test_too_much_nothing_and_another_language_are_told_in_words(small_reader: Reader) -> None:
    for text, says in (
        ("", "there is no text in this"),
        ("long " * MOST_LETTERS, "a page takes 60,000"),
        ("\x00\x01\x02", "it has zero bytes"),
        ("Die Behörde hat im letzten Jahr nach eigenen Angaben " * 12, "this seems to be German"),
    ):
        status, page = _pasted(small_reader, text)
        assert status == 400
        assert says in page


def test_the_words_for_numbers_are_told_in_spanish(small_reader: Reader) -> None:
    _, page = _pasted(small_reader, TEXT, lang="es")
    assert "respaldado" in page
    assert "Comprobar un artículo" in page
