"""What is known of a file before anyone reads it: from what was stated, its name, and notes on its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

from tallystick.nouns.release import Provenance
from tallystick.nouns.source import Source


def stated_of(source: Source, sha256: str, stated: Provenance, inside: Iterable[str] = ()) -> Provenance:
    """Complete what was stated with what the notes on these bytes, the file's name and its members' names say.

    A note is believed more than a name: some names are typed wrongly.
    """
    as_of, published = stated.as_of, stated.published
    for note in source.releases.dated:
        if note.sha256 == sha256:
            as_of, published = as_of or note.as_of, published or note.published
    for name, pattern in product((stated.name, *inside), source.releases.match):
        if found := re.fullmatch(pattern, Path(name).name):
            groups = found.groupdict()
            as_of = as_of or _day(groups.get("as_of")) or _day_of_parts(groups)
            published = published or _day(groups.get("published"))
    return replace(stated, as_of=as_of, published=published)


def _day_of_parts(groups: Mapping[str, str | None]) -> date | None:
    """The day that a file's name writes in an order of its own, from its groups `year` (of two digits or four),
    `month` and `day`; None where one is lacking or they name no day."""
    year, month, day = (groups.get(part) for part in ("year", "month", "day"))
    if not (year and month and day):
        return None
    return _day(f"{int(year) % 2000 + 2000:04}-{int(month):02}-{int(day):02}")


def _day(written: str | None) -> date | None:
    """The day that a file's name writes as YYYYMMDD or YYYY-MM-DD; None where it writes no day."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
