"""The interface speaks each of its languages whole."""

from __future__ import annotations

import string

import pytest

from tallystick.catalog import Catalog
from tallystick.settings import bundled_records
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
def test_a_translation_has_the_parts_of_its_phrase(words: Words) -> None:
    wrong = [phrase for phrase, said in words.phrases.items() if _parts(phrase) != _parts(said)]
    assert wrong == []


def test_a_phrase_that_nobody_translated_stays_english() -> None:
    words = Words("es", {"Money": "Dinero"})
    assert (words("Money"), words("Tallies"), words.knows("Tallies")) == ("Dinero", "Tallies", False)


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
