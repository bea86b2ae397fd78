"""Of an article without a day, what is so now is told, and what is not so is left with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tallystick.articles.find import quantities
from tallystick.articles.judged import Answered, Word
from tallystick.articles.match import Match
from tallystick.articles.undated import of_now
from tallystick.nouns.claim import Check, Claim

(NUMBER,) = quantities("There are 1,800 agreements")
CHECK = Check(name="figure", metric="agreements_in_force", states="= 1800")
CLAIM = Claim(said="so", by="article", on=date(2025, 10, 22), citation="the article", checks=[CHECK])
MATCH = Match(CLAIM, CHECK, NUMBER, 0.9)
LEFT = Answered(NUMBER, Word.NOT_MATCHED, "of which time is not said")


def test_what_is_so_now_is_told_as_read_now() -> None:
    told = of_now(LEFT, Answered(NUMBER, Word.SUPPORTED, "", MATCH, beside="nearly"))
    assert told.word is Word.SUPPORTED
    assert told.beside == "the article tells no day; this is read as if it were said now; nearly"


@pytest.mark.parametrize("word", [Word.CONTRADICTED, Word.DEPENDS])
def test_what_is_not_so_now_is_left_with_the_reason(word: Word) -> None:
    told = of_now(LEFT, Answered(NUMBER, word, "", MATCH))
    assert told.word is Word.NOT_MATCHED
    assert "name its day" in told.candidates[0].against


def test_what_needed_no_day_stays_as_it_was() -> None:
    for word in (Word.SUPPORTED, Word.CONTRADICTED, Word.NOT_CHECKABLE):
        answer = replace(LEFT, word=word)
        assert of_now(answer, Answered(NUMBER, Word.SUPPORTED, "", MATCH)) is answer
    assert of_now(LEFT, Answered(NUMBER, Word.NOT_CHECKABLE, "", MATCH)) is LEFT
