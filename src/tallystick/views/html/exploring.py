"""What a reader asks Explore for, from the parameters that its form sends and back."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.metric import Question
from tallystick.views.asked import Asked, asked_of, question_of
from tallystick.views.kinds.breakdown import Breakdown
from tallystick.views.kinds.summary import is_over_time
from tallystick.views.shown import Mark

TABLE = "table"
DRAWN = (Mark.BARS.value, Mark.LINE.value, Mark.AREAS.value, TABLE)
SORTED = ("value", "name")
MOST = 1000
_MOST_NAMES = 25
_MOST_TIMES = 366
_ASKED = ("metric", "where", "by", "from", "to", "day", "draw", "sort", "top", "dimension")


@dataclass(frozen=True)
class Exploring:
    """A question, and how its answer is shown: `draw` is a mark or a table, `sort` and `top` as of a breakdown."""

    question: Question
    draw: str = ""
    sort: str = ""
    top: int | None = None

    @property
    def breakdown(self) -> Breakdown:
        """The view that shows the answer of a question with breakdowns."""
        asked = self.question
        over_time = is_over_time(asked.by[0])
        drawn = self.draw or (Mark.LINE if over_time and len(asked.by) == 1 else Mark.BARS)
        return Breakdown(
            metric=asked.metric,
            where=asked.where,
            by=list(asked.by),
            start=asked.start,
            end=asked.end,
            day=asked.day,
            draw=None if drawn == TABLE else Mark(drawn),
            sort="name" if self.sort == "name" else "value" if self.sort else None,
            top=self.top or (_MOST_TIMES if over_time else _MOST_NAMES),
        )

    @property
    def asked(self) -> Asked:
        """The parameters that ask for it."""
        shown = {"draw": self.draw, "sort": self.sort, "top": str(self.top or "")}
        return {**asked_of(self.question), **{name: (value,) for name, value in shown.items() if value}}

    def command(self, known_on: date | None) -> str:
        """The same on the command line."""
        words = ["tallystick", "show", self.question.metric]
        for name, values in asked_of(self.question).items():
            if name != "metric":
                words += [word for value in values for word in (f"--{name}", value)]
        told = {"--sort": self.sort, "--top": str(self.top or ""), "--as-known-on": str(known_on or "")}
        words += [word for option, value in told.items() if value for word in (option, value)]
        return shlex.join(words)


def tidied(asked: Asked) -> Asked:
    """The parameters of Explore without empty ones, each `dimension` with its `value` made a filter."""
    full = {name: tuple(value for value in asked.get(name, ()) if value.strip()) for name in _ASKED}
    pairs = list(zip_longest(asked.get("dimension", ()), asked.get("value", ()), fillvalue=""))
    full["where"] += tuple(f"{name}={value.strip()}" for name, value in pairs if name.strip() and value.strip())
    full["dimension"] = tuple(name for name, value in pairs if name.strip() and not value.strip())
    return {name: tuple(dict.fromkeys(values)) for name, values in full.items() if values}


def exploring_of(asked: Asked) -> Exploring:
    """What tidied parameters ask for. Raises `UsageError` and `UnknownName` with what next."""
    question = question_of(asked)
    if len(question.by) > 2:
        raise UsageError("more than two breakdowns cannot be shown", next_step="choose one or two")
    return Exploring(
        question, _one_of("chart", asked, "draw", DRAWN), _one_of("order", asked, "sort", SORTED), _top(asked)
    )


def without(asked: Asked, name: str, value: str) -> Asked:
    """The parameters without one value."""
    left = {key: tuple(one for one in values if (key, one) != (name, value)) for key, values in asked.items()}
    return {key: values for key, values in left.items() if values}


def written_filters(asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Each filter as it was written, its dimension, its value."""
    for written in asked.get("where", ()):
        name, _, value = written.partition("=")
        yield written, name, value


def _one_of(noun: str, asked: Asked, name: str, known: tuple[str, ...]) -> str:
    written = asked.get(name, ("",))[-1]
    if written and written not in known:
        raise UnknownName(noun, written[:40], known)
    return written


def _top(asked: Asked) -> int | None:
    written = asked.get("top", ("",))[-1]
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and 1 <= int(written[:9]) <= MOST):
        raise UsageError(f"'{written[:40]}' is not a number of rows", next_step=f"write a number from 1 to {MOST:,}")
    return int(written)
