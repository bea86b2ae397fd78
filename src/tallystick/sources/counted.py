"""Does an answer of a paged search hold as many things as it counts?"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.member import Member
from tallystick.nouns.release import Release
from tallystick.nouns.source import Source


def short_of_count(release: Release, member: Member, source: Source) -> Iterator[Finding]:
    """A JSON answer that counts more things than it holds is a page of several: every row is true, and some lack.

    Of a source that says under `releases.counted` where the count stands and where the things; of any other nothing.
    """
    told = source.releases.counted
    if told is None or not member.name.lower().endswith(".json"):
        return
    answer = msgspec.json.decode(member.path.read_bytes())
    counted, held = answer.get(told.total), answer.get(told.rows)
    if not isinstance(held, list):
        return
    if not str(counted).isdecimal() or int(counted) <= len(held):
        return
    yield Finding(
        release.id,
        "truncated_capture",
        Severity.INCOMPLETE,
        f"{member.name} counts {int(counted):,} under {told.total} and holds {len(held):,} under {told.rows}: it is "
        "one page of several, or was cut off",
        evidence=({"member": member.name, told.total: counted, "held": len(held)},),
        count=int(counted) - len(held),
        next_step="ask the search again for the pages that lack, or for fewer days, and add one file that holds all",
    )
