"""The page that checks an article: a form, and what was pasted into it with its numbers marked. It keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tallystick.articles.taken import article_of
from tallystick.errors import UsageError
from tallystick.nouns.days import refuse_far
from tallystick.views.asked import day_of
from tallystick.views.html.render import document
from tallystick.views.marked import marked
from tallystick.views.visit import Document, Visit

PATH = "/check"
MOST_LETTERS = 60_000
_NAME = "what was pasted"
_NO_STORE = {"cache-control": "no-store"}


@dataclass(frozen=True)
class Pasted:
    """What somebody pasted, and the day of the article in the form of a date; '' where none was given."""

    text: str
    on: str = ""


def check(visit: Visit, _: Mapping[str, str]) -> Document:
    """The empty form."""
    return _page(visit, Pasted(""), headers={})


def checked_page(visit: Visit, pasted: Pasted) -> Document:
    """What was pasted, checked; or what is wrong with it above the form."""
    try:
        if len(pasted.text) > MOST_LETTERS:
            raise UsageError(
                f"this has {len(pasted.text):,} letters; a page takes {MOST_LETTERS:,}",
                next_step="paste less, or check a file at a command line",
            )
        on = day_of({"on": (pasted.on,)}, "on") if pasted.on else None
        refuse_far(on, "on")
        article = article_of(pasted.text.encode(), _NAME)
        return _page(visit, pasted, marked=marked(article, visit.bench.articles.check(article, on)))
    except UsageError as error:
        return _page(visit, pasted, 400, error=error)


def _page(visit: Visit, pasted: Pasted, status: int = 200, *, headers: Mapping[str, str] = _NO_STORE,
          **told: object) -> Document:  # fmt: skip
    shown = {"marked": None, "error": None, **told}
    made = document("check.html", visit, status, pasted=pasted, most=MOST_LETTERS, **shown)
    return replace(made, headers=headers)
