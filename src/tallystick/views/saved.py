"""Matches of an article as claim files, which people complete and `tallystick claims` judges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from tallystick.articles.answered import Checked
from tallystick.articles.article import Article
from tallystick.articles.judged import kept
from tallystick.errors import TallystickError
from tallystick.nouns.claim import Claim

_LEFT_OUT = {"note", "name", "day_is", "parts", "context", "cites"}
_MOST_LETTERS = 60


def saved(article: Article, found: Sequence[Checked], records: Path, day: date, cited: str = "") -> list[Path]:
    """A claim file in `records` for each number that a metric answers; those of claims already written are not.

    `day` is that of the article where it says none, `cited` where it can be read. Raises `TallystickError` when a
    file cannot be written, or is there with other words.
    """
    said_on = article.day or day
    made = []
    for one, number, matched in _of_metrics(found):
        claim = msgspec.structs.replace(
            matched, on=said_on, by="news report", citation=cited or f"an article: {article.name}"
        )
        made.append(_write(claim, one.sentence.text, number, records / "claims" / str(said_on.year)))
    return made


def _of_metrics(found: Sequence[Checked]) -> Iterator[tuple[Checked, str, Claim]]:
    """Each sentence with a number of it, and the claim that is judged as the number was."""
    for one in found:
        for answer in one.answers:
            if (claim := kept(answer)) is not None:
                yield one, answer.quantity.text, claim


def _write(claim: Claim, sentence: str, number: str, folder: Path) -> Path:
    path = folder / f"{_name(sentence, number)}.yml"
    text = yaml.safe_dump(_plain(claim), sort_keys=False, allow_unicode=True, width=118)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_text(encoding="utf-8") != text:
            raise TallystickError(
                "a claim of this name is there, and says something else",
                where=str(path),
                next_step="name another folder with --save, or move that file",
            )
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TallystickError(
            f"this claim cannot be written: {error.strerror or error}",
            where=str(path),
            next_step="name a folder that can be written with --save",
        ) from error
    return path


def _name(sentence: str, number: str) -> str:
    """A short name of the sentence and its number, in small letters."""
    words = re.sub(r"[^a-z0-9]+", "-", sentence.lower()).strip("-")
    told = re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-")
    short = words[:_MOST_LETTERS].rsplit("-", 1)[0] if len(words) > _MOST_LETTERS else words
    return f"{short}-{told}"


def _plain(claim: Claim) -> dict[str, Any]:
    """The claim as people write one: what is empty is left out."""
    told: dict[str, Any] = msgspec.to_builtins(claim, builtin_types=(date,))
    kept = {name: value for name, value in told.items() if name not in _LEFT_OUT and value not in ("", [], None)}
    for named in ("checks", "also"):
        if named in kept:
            kept[named] = [_filled(one, named == "also") for one in kept[named]]
    return kept


def _filled(one: dict[str, Any], alternative: bool) -> dict[str, Any]:
    """A check or definition without what is empty; of a definition a day of null says something."""
    days = {"from", "to"} if alternative else set[str]()
    return {name: value for name, value in one.items() if name in days or value not in ("", [], {}, None)}
