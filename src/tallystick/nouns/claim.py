"""Claim: a sentence somebody published, and what it would mean in metrics, under one or more definitions."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from tallystick.nouns.metric import Question, Values
from tallystick.nouns.written import Written

Day = date | None | msgspec.UnsetType


class Check(Written, frozen=True, kw_only=True):
    """One thing that must be so for the claim to hold. Exactly one of `metric`, `arithmetic` and `needs` is set.

    `metric` is asked under `where`, `from`, `to` and `day`; `arithmetic` is a sum over numbers and the names of
    earlier checks; `needs` says what data would be needed that is not held, and `settled_by` what would settle
    it. `is` is the comparison, in the language of `claims/compare.py`; a check without one only names a figure.
    `each` names a breakdown of the metric (`month`): then the comparison must hold in every row of it, and the figure
    is the one that decides.
    """

    name: str = ""
    metric: str | None = None
    arithmetic: str | None = None
    needs: str | None = None
    settled_by: str = ""
    where: dict[str, Values] = msgspec.field(default_factory=dict)
    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")
    day: date | None = None
    each: str = ""
    states: str | None = msgspec.field(default=None, name="is")

    def __post_init__(self) -> None:
        kinds = [kind for kind in (self.metric, self.arithmetic, self.needs) if kind is not None]
        if len(kinds) != 1:
            raise ValueError("a check has exactly one of 'metric', 'arithmetic' and 'needs'")
        if self.needs is not None and not self.settled_by:
            raise ValueError("a check that 'needs' data not held says what it is 'settled_by'")
        if self.each and (self.metric is None or self.states is None):
            raise ValueError("a check of 'each' compares a 'metric': it has an 'is'")

    @property
    def question(self) -> Question:
        """What a metric check asks. Raises `ValueError` for any other."""
        if self.metric is None:
            raise ValueError("only a metric check asks a question")
        by = (self.each,) if self.each else ()
        return Question(self.metric, self.where, by, self.start, self.end, self.day)


class Alternative(Written, frozen=True, kw_only=True):
    """Another definition that a fair reader could have meant: what is given here takes the place of the check's own.

    `of` names the checks it is about; all metric checks, if none. A dimension in `where` given as an empty list is
    left out, and so are an `each` given as an empty text and a `from` or `to` given as null. `because` says why a
    reader could have meant it.
    """

    name: str
    of: list[str] = msgspec.field(default_factory=list)
    metric: str | None = None
    where: dict[str, Values] | None = None
    start: Day = msgspec.field(default=msgspec.UNSET, name="from")
    end: Day = msgspec.field(default=msgspec.UNSET, name="to")
    each: str | None = None
    because: str = ""

    def put_to(self, check: Check) -> Check:
        """`check` under this definition; itself where the alternative is not about it."""
        if check.metric is None or (self.of and check.name not in self.of):
            return check
        return msgspec.structs.replace(
            check,
            metric=self.metric or check.metric,
            where=check.where if self.where is None else self.where,
            start=check.start if self.start is msgspec.UNSET else self.start,
            end=check.end if self.end is msgspec.UNSET else self.end,
            each=check.each if self.each is None else self.each,
        )


class Claim(Written, frozen=True, kw_only=True):
    """What was `said`, in our own words, by what kind of speaker, on which day, and where to read it.

    `cites` says what the citation is: the `sentence` as it was said, or a `record` that it speaks of, which nobody
    may take for its source. `day_is` says how sure `on` is when the citation does not give the day itself. `also` are
    the other definitions that a fair reader could have meant: these are judged. `parts` (a piece of what was said)
    and `context` (another or a wider thing, a whole firm for one order) are figures beside it and are not.
    """

    said: str
    by: str
    on: date
    citation: str
    checks: list[Check]
    cites: Literal["sentence", "record"] = "record"
    day_is: str = ""
    also: list[Alternative] = msgspec.field(default_factory=list)
    parts: list[Alternative] = msgspec.field(default_factory=list)
    context: list[Alternative] = msgspec.field(default_factory=list)
    note: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        if not self.checks:
            raise ValueError("a claim has at least one check")
        named = [check.name for check in self.checks if check.name]
        if len(named) != len(set(named)):
            raise ValueError("two checks of one claim have the same name")
        others = [*self.also, *self.parts, *self.context]
        names = [other.name for other in others]
        if len(names) != len(set(names)):
            raise ValueError("two definitions, parts or contexts of one claim have the same name")
        for alternative in others:
            for unknown in set(alternative.of) - set(named):
                raise ValueError(f"'{alternative.name}' is about a check that is not there: '{unknown}'")
