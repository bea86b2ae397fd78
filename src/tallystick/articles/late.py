"""A count of a day in a release of some days later: workbooks on detention count the day some five days before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec

from tallystick.articles.filled import AT_BEGINNING
from tallystick.articles.match import Match
from tallystick.nouns.claim import Check


def of_later(match: Match) -> Match | None:
    """The same question of the release that counts the day said, where it comes later; None where none does."""
    ask = match.ask
    if ask is None or not ask.late or not any(check.end for check in match.claim.checks):
        return None
    checks = [_later(check, ask.late) for check in match.claim.checks]
    also = [other for other in match.claim.also if other.name != AT_BEGINNING]
    claim = msgspec.structs.replace(match.claim, checks=checks, also=also)
    return replace(match, claim=claim, check=checks[match.claim.checks.index(match.check)])


def _later(check: Check, days: int) -> Check:
    if check.metric is None or check.end is None:
        return check
    return msgspec.structs.replace(check, start=check.end, end=check.end + timedelta(days=days))
