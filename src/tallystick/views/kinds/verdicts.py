"""Claims whose verdict changed: since they were made, and with the last change of what is held."""

from __future__ import annotations

from typing import Any

from tallystick.nouns.judgement import Judgement
from tallystick.views.kinds.kind import Kind
from tallystick.views.shown import Column, Shown
from tallystick.views.visit import Visit

_COLUMNS = (
    Column("said", "claim"),
    Column("on", "said on"),
    Column("then", "as known then"),
    Column("before", "before the last change"),
    Column("now", "as known now"),
)


class Verdicts(Kind, frozen=True, kw_only=True):
    """The claims judged otherwise now than by what was known on the day they were made, or a week ago.

    When nothing came in the last week, what was known before the last change takes its place.
    """

    def shown(self, visit: Visit) -> Shown:
        """Those that the last change moved first."""
        bench, words = visit.bench, visit.words
        before = bench.arrivals().before
        earlier = bench.at(before)
        same = earlier.edition.id == bench.edition.id
        judged = list(zip(bench.claim_names, bench.claims(), strict=True))
        rows = [
            _row(name, judgement, judgement.now.word if same else earlier.reading(name).word)
            for name, judgement in judged
        ]
        lately = [row for row in rows if row["before"] != row["now"]]
        since = [row for row in rows if row["before"] == row["now"] != row["then"]]
        told = {"lately": len(lately), "since": len(lately) + len(since), "all": len(judged), "day": before}
        by_then = words(
            "Of {all} claims, {lately} have another verdict today than with the files known on {day}.", **told
        )
        listed = words(
            "Listed are the {since} whose verdict changed since that day, or since the claim was made.", **told
        )
        return Shown(
            self.title or "Claims whose verdict changed", f"{by_then} {listed}", _COLUMNS, (*lately, *since),
            edition=bench.edition.id, template="verdicts",
        )  # fmt: skip


def _row(name: str, judgement: Judgement, before: str) -> dict[str, Any]:
    claim = judgement.claim
    return {
        "name": name,
        "said": claim.said,
        "on": claim.on,
        "then": judgement.then.word,
        "before": before,
        "now": judgement.now.word,
    }
