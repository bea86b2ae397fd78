"""Does a source that is believed more hold less? Then it would take the place of a fuller record of the same stretch.

Drift is looked for within one source. Between sources precedence decides, so a whole year could give way to forty
rows of a source that is believed more: here the two are held beside one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tallystick.checks.subject import usd
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.finding import Finding, Severity

# As much fewer as stops a release beside the last one of its own source (`row_count_drift`).
_LEAST = Decimal("0.8")
_ROWS_TO_JUDGE_BY = 50


@dataclass(frozen=True)
class Measure:
    """The rows that a table holds of a scope, and their money (USD): `gross` obligations and the `net` of all."""

    rows: int
    gross: Decimal
    net: Decimal


Measured = Callable[[str, str], Measure | None]
"""Measures the rows in force of a published table in a scope; None where the table has no money."""


def displaced(
    sources: Sequence[str], coverage: Sequence[Coverage], holders: Mapping[tuple[str, str], str], measured: Measured
) -> Iterator[Finding]:
    """Each scope of which a whole release holds under four fifths of what a less believed source's whole one holds.

    `sources` are the published tables that one canonical table is made from, the most believed first; `holders`
    says by table and scope which release restates it. The Finding is incomplete: the release speaks for the scope
    only where nothing whole does.
    """
    whole = {
        (held.table, held.scope): held
        for held in coverage
        if held.table in sources and held.release is not None and not held.incomplete and not held.only_amends
    }
    for scope in sorted({scope for _, scope in whole}):
        offers = [whole[table, scope] for table in sources if (table, scope) in whole]
        if len(offers) < 2:
            continue
        first, *others = ((offer, measured(offer.table, scope)) for offer in offers)
        for other, its in others:
            found = _beside(first, (other, its), holders.get((first[0].table, scope)))
            if found is not None:
                yield found
                break


def _beside(
    first: tuple[Coverage, Measure | None], other: tuple[Coverage, Measure | None], holder: str | None
) -> Finding | None:
    (speaks, its), (gives_way, theirs) = first, other
    if its is None or theirs is None or holder is None or theirs.rows < _ROWS_TO_JUDGE_BY:
        return None
    if its.rows >= theirs.rows * _LEAST and its.gross >= theirs.gross * _LEAST:
        return None
    return Finding(
        holder,
        "displaces_fuller",
        Severity.INCOMPLETE,
        f"{speaks.scope} has {its.rows:,} row(s), {usd(its.gross)} gross and {usd(its.net)} net, in {speaks.name} "
        f"({speaks.speaks_for}), and {theirs.rows:,}, {usd(theirs.gross)} and {usd(theirs.net)} in {gives_way.name} "
        f"({gives_way.speaks_for}), whose place it would take",
        speaks.scope,
        evidence=tuple(
            {"table": told.table, "release": told.name, "speaks_for": str(told.speaks_for), "rows": measure.rows,
             "gross": str(measure.gross), "net": str(measure.net)}
            for told, measure in ((speaks, its), (gives_way, theirs))
        ),
        count=abs(theirs.rows - its.rows),
        next_step="see whether the file is a part, a sample or older; the fuller one speaks until this is accepted",
    )  # fmt: skip
