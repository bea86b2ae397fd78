"""What `expect` in source.yml may say of groups, gaps, names and dates within one release."""

from __future__ import annotations

from tallystick.nouns.written import Words, Written


class Covers(Written, frozen=True, kw_only=True):
    """Which days a release says that it covers: `day` is the column judged, `first` and `last` those that say so.

    Where `first` and `last` are blank, `fiscal_year` is the column that names the whole year covered.
    """

    day: str
    first: str
    last: str
    fiscal_year: str


class CountedBy(Written, frozen=True, kw_only=True):
    """Rows are counted by the date `day`, and what they are about happened on the date `event`."""

    day: str
    event: str
    says: Words


class Groups(Written, frozen=True, kw_only=True):
    """Every row should name its group in `column`; `known` are the groups there are, `later` those made later.

    `later` gives, by the group's name, why a release may lack it.
    """

    column: str
    known: list[str] = []
    later: dict[str, str] = {}


class Missing(Written, frozen=True, kw_only=True):
    """A `column` whose share of blanks should not leap from one quarter of `by` to the next.

    `weight` is the column that says how many each row stands for, where it is not one.
    """

    column: str
    by: str
    weight: str | None = None


class Homonyms(Written, frozen=True, kw_only=True):
    """One `name` should stand for one `key`."""

    name: str
    key: str
