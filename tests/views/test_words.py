"""The interface speaks each of its languages whole."""

from __future__ import annotations

import string

import pytest

from tallystick.catalog import Catalog
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.page import View
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph
from tallystick.views.pages.read import pages
from tallystick.views.words import ENGLISH, Words, languages
from tests.views.phrases import in_python, in_template, phrases

CATALOG = Catalog((bundled_records(),))
LANGUAGES = {tag: words for tag, words in languages(CATALOG).items() if tag != ENGLISH}


def test_spanish_is_spoken() -> None:
    assert "es" in LANGUAGES


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_no_phrase_of_the_interface_is_missing_from_a_language(words: Words) -> None:
    missing = [f"{where}: {phrase}" for phrase, where in phrases(CATALOG).items() if not words.knows(phrase)]
    assert missing == []


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_what_the_metrics_of_pages_count_is_said_in_each_language(words: Words) -> None:
    metrics = Metrics(CATALOG, Graph(CATALOG)).by_name
    views = [part for page in pages(CATALOG).values() for part in page.parts if isinstance(part, View)]
    shown = {str(view.options.get("metric", "")) for view in views}
    assert [name for name in shown if name in metrics and not words.knows(metrics[name].title)] == []


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_a_translation_has_the_parts_of_its_phrase(words: Words) -> None:
    wrong = [phrase for phrase, said in words.phrases.items() if _parts(phrase) != _parts(said)]
    assert wrong == []


def test_a_phrase_that_nobody_translated_stays_english() -> None:
    words = Words("es", {"Money": "Dinero"})
    assert (words("Money"), words("Tallies"), words.knows("Tallies")) == ("Dinero", "Tallies", False)


def test_a_sentence_that_came_filled_in_is_said_with_what_filled_it() -> None:
    told = {"rests on one release, {name} of {day}": "descansa en una publicación, {name} de {day}"}
    words = Words("es", {"no stated day": "día no declarado"}, told)
    assert words.said("rests on one release, a.csv of no stated day") == (
        "descansa en una publicación, a.csv de día no declarado"
    )
    assert words.knows("rests on one release, a.csv of 2026-01-01")
    assert words.said("rests on nothing") == "rests on nothing"


def test_of_two_sentences_that_fit_the_one_with_more_words_of_its_own_is_said() -> None:
    words = Words("es", {}, {"on {day}": "el {day}", "on {day}, the newest": "el {day}, lo último"})
    assert words.said("on 2026-01-01, the newest") == "el 2026-01-01, lo último"


def test_what_was_found_of_an_article_is_told_in_spanish() -> None:
    found = "nothing says this safely; the nearest is not it: it says more: denver"
    assert (
        LANGUAGES["es"].told(found) == "nada dice esto con seguridad; lo más cercano no lo es: dice algo más: denver"
    )


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_a_sentence_has_the_parts_of_its_english(words: Words) -> None:
    assert [told for told, said in words.sentences.items() if _parts(told) != _parts(said)] == []


def test_phrases_are_found_in_templates_whichever_way_they_are_said() -> None:
    text = "{{ _('one') }}{% call go(_('two')) %}{{ _('three' if wide else 'four') }}{% endcall %}{{ _(name) }}"
    text += "{{ _({'now': 'five', 'then': 'six'}[when]) }}"
    assert set(in_template(text)) == {"one", "two", "three", "four", "five", "six"}


def test_phrases_are_found_in_python_whichever_way_they_are_said() -> None:
    text = "words('one')\nvisit.words('two' if up else 'three', size=2)\nwords(name)\nother('four')\n"
    assert set(in_python(text)) == {"one", "two", "three"}


def _parts(text: str) -> set[str]:
    """The `{parts}` of a phrase; prose that is never filled in may hold braces."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return set()
