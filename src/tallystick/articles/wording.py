"""Wording: in which words prose asks a metric, and what it calls the values of a dimension."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from tallystick.nouns.claim import Alternative
from tallystick.nouns.metric import Values
from tallystick.nouns.written import Words, Written

Kind = Literal["money", "count", "share", "rate"]
When = Literal["no", "may", "must", "day", "fiscal year", "over", "inventory"]


class Asking(Written, frozen=True, kw_only=True):
    """One question that prose asks. Exactly one of `metric` and `needs` is set.

    A number that is `of` this kind (and `per` this, for a rate) asks it where of each list of `says` one word or
    phrase stands; `*` is any ending. None of `never` may stand, and beyond the names, the period and words that
    change nothing only those of `says` and `beside`: any other could turn the meaning round. `counts` are what the
    number may be of. `ways` are those in which it may be said (planned, possible, asked); `who` are the agencies that
    the figures are of. `takes` are the dimensions that the sentence names, which it `must` or `may`; `when` says
    whether it names a period, a day of a stock, or a year (fiscal, of an inventory) that the metric is filtered by.
    `instead` is what a value of a dimension stands for to this question alone, where that is another filter.

    `about` are names, by dimension, that the sentence has or that were named last before it, and that filter nothing.
    `from` and `to` are the days that the metric counts, where it counts no other: the sentence must speak of them.

    `nearest` is set where the metric counts not quite what the words say: how far apart the two may lie, as a share.
    `late` is set where releases count a day before their own: so many days later one may be that counts the day said.
    `also` are other definitions that the words allow, each `where` laid over the stated one; `loosely` those that the
    words are used for without saying so: they weaken a contradiction and never a support. Of a `rest` the number is
    one less the metric's share; of a `limit` it is the most there may be, so that `up to` bounds nothing. What
    `needs` a record that is not held says what it is `settled_by`; `because` says why a nearest series is taken.
    """

    metric: str | None = None
    needs: str | None = None
    of: Kind
    per: str = ""
    says: list[list[str]]
    about: dict[str, str] = msgspec.field(default_factory=dict)
    counts: list[str] = msgspec.field(default_factory=list)
    beside: list[str] = msgspec.field(default_factory=list)
    never: list[str] = msgspec.field(default_factory=list)
    ways: list[str] = msgspec.field(default_factory=list)
    who: list[str] = msgspec.field(default_factory=list)
    where: dict[str, Values] = msgspec.field(default_factory=dict)
    takes: dict[str, Literal["must", "may"]] = msgspec.field(default_factory=dict)
    instead: dict[str, dict[str, dict[str, Values]]] = msgspec.field(default_factory=dict)
    when: When = "no"
    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")
    nearest: float | None = None
    late: int = 0
    rest: bool = False
    limit: bool = False
    also: list[Alternative] = msgspec.field(default_factory=list)
    loosely: list[Alternative] = msgspec.field(default_factory=list)
    settled_by: str = ""
    because: str = ""

    def __post_init__(self) -> None:
        if (self.metric is None) == (self.needs is None):
            raise ValueError("a question that prose asks has exactly one of 'metric' and 'needs'")
        if self.needs is not None and not self.settled_by:
            raise ValueError("what 'needs' a record not held says what it is 'settled_by'")
        if not self.says or not all(self.says):
            raise ValueError("'says' lists the words, and each list has one at least")


class Wording(Written, frozen=True, kw_only=True):
    """The questions of one field, in the words of prose."""

    asks: list[Asking]
    name: str = ""


class Meant(Written, frozen=True, kw_only=True):
    """What a word stands for where no single value does: filters, and the other definitions of it."""

    where: dict[str, Values]
    also: list[Alternative] = msgspec.field(default_factory=list)


class Called(Written, frozen=True, kw_only=True):
    """What prose calls the values of a `dimension`, besides what registers and tables call them.

    `*` is any ending. `means` says of a value which other filters it stands for.
    """

    dimension: Words
    called: dict[str, list[str]]
    means: dict[str, Meant] = msgspec.field(default_factory=dict)
    name: str = ""


class Span(Written, frozen=True, kw_only=True):
    """A time that prose names by what happened: it begins on `start` and, if it is over, ends on `end`."""

    called: list[str]
    start: date = msgspec.field(name="from")
    end: date | None = msgspec.field(default=None, name="to")


class Times(Written, frozen=True, kw_only=True):
    """Times by name: terms of office."""

    times: list[Span]
    name: str = ""


class Plain(Written, frozen=True, kw_only=True):
    """Words that change nothing of what a number says."""

    words: list[Words]
    name: str = ""
