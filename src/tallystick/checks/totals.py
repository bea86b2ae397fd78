"""Do amounts make sense beside the totals they are part of?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tallystick.checks.profile import amount_column
from tallystick.checks.subject import Subject, usd
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity

_ROWS_TO_JUDGE_BY = 50
_OF_ALL_OTHERS = Decimal("0.5")
_TIMES_THE_NEXT = 5


def implausible_amount(subject: Subject) -> Iterator[Finding]:
    """Severe where one action is half as large as all others of its scope together, and five times the next.

    Both at once: early in a year one order may be a third of everything, and amounts have long tails, so the
    ratio to the next alone says little. A thousandfold slip in a large award meets both.
    """
    amount = amount_column(subject.publication)
    for scope, profile in subject.profiles.items():
        if amount is None or profile.rows < _ROWS_TO_JUDGE_BY or not profile.largest or profile.turnover is None:
            continue
        others, second = profile.turnover - profile.largest, profile.second or Decimal(0)
        if profile.largest < others * _OF_ALL_OTHERS or profile.largest < second * _TIMES_THE_NEXT:
            continue
        rows = subject.query(
            f"SELECT * EXCLUDE (release_id, misfits) FROM {subject.rows} "
            f"WHERE scope = {quoted(scope)} AND abs({named(amount)}) = {profile.largest}"
        )
        yield subject.finding(
            "implausible_amount",
            Severity.SEVERE,
            f"{scope} in {subject.release.name} has one action of {usd(rows[0][amount])}, beside {usd(others)} for "
            f"all {profile.rows - 1:,} others together; the next largest is {usd(second)}",
            scope,
            evidence=rows,
            count=len(rows),
            next_step="look the action up at the publisher; correct it in source.yml, or accept it with the reason",
        )
