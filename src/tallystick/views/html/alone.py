"""A checked article as one HTML file that needs no server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import Markup

from tallystick.articles.answered import Checked
from tallystick.articles.article import Article
from tallystick.views.html.render import plain_document
from tallystick.views.marked import marked
from tallystick.views.words import Words

_ASSETS = Path(__file__).parent / "assets"
_STYLES = ("ground", "layout", "tables", "article")


@dataclass(frozen=True)
class _Alone:
    """What the templates need to know of a reader whom nobody knows."""

    words: Words


def alone(article: Article, found: Sequence[Checked], edition: str, day: date) -> bytes:
    """The article with its marks and notes; the rows behind each figure are told as commands."""
    styles = "\n".join((_ASSETS / f"{name}.css").read_text(encoding="utf-8") for name in _STYLES)
    words = Words()
    return plain_document(
        "article.html",
        name=article.name,
        marked=marked(article, found),
        styles=Markup(styles),
        edition=edition,
        day=day,
        visit=_Alone(words),
        links=None,
        _=words,
    )
