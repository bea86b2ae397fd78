"""Numbers that need the day of an article which tells none: what is so now is told, and nothing against it."""

from __future__ import annotations

from dataclasses import replace

from tallystick.articles.judged import Answered, Word

_NO_DAY = "the article tells no day; this is read as if it were said now"
_UNLESS_NOW = "the article tells no day, and said now it would not be so; name its day"
_MOST = 3


def of_now(answer: Answered, now: Answered) -> Answered:
    """The answer without a day, or what is found of the same number `now` where that alone finds it so."""
    if answer.word is not Word.NOT_MATCHED:
        return answer
    if now.word is Word.SUPPORTED:
        return replace(now, beside="; ".join(one for one in (_NO_DAY, now.beside) if one))
    if now.word in (Word.CONTRADICTED, Word.DEPENDS) and now.match is not None:
        doubted = replace(now.match, against=_UNLESS_NOW)
        return replace(answer, candidates=(doubted, *answer.candidates)[:_MOST])
    return answer
